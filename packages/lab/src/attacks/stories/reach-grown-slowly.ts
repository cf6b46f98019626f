import { DAY_MS, type EpochMs } from '@portcullis/event';
import { workingHours } from '../pace.ts';
import { story } from '../story.ts';
import { daysLeft } from '../tale.ts';
import { kindsInHabits, usualCallElsewhere } from '../usual-call-elsewhere.ts';

/** How many days it takes, and by how much the calls on what is not the victim's own grow each day. */
const GROWTH = {
  loud: { days: 5, firstDay: 8, rate: 0.6 },
  medium: { days: 10, firstDay: 3, rate: 0.2 },
  quiet: { days: 18, firstDay: 1, rate: 0.07 },
};

/**
 * A workload reads ever more that is not its own, one thing more every other day.
 *
 * The look-alike is a workload that takes over a neighbour's duties bit by bit.
 */
export const reachGrownSlowly = story(
  {
    id: 'reach-grown-slowly',
    title: 'With the same calls as ever a workload reads a little more of what is not its own each day',
    half: 'test',
    kinds: ['function', 'instance', 'scheduled-user', 'pipeline'],
    needs: (member) => member.cadence === 'daily' && kindsInHabits(member).length > 0,
    twin: true,
    sources: [
      'M. Barreno et al., "The security of machine learning", Machine Learning 81, 2010, https://doi.org/10.1007/s10994-010-5188-5',
      'ATT&CK T1029 Scheduled Transfer, https://attack.mitre.org/techniques/T1029/',
      'ATT&CK T1530 Data from Cloud Storage, https://attack.mitre.org/techniques/T1530/',
    ],
  },
  (tale) => {
    const { victim, random, at, organization } = tale;
    const { days, firstDay, rate } = GROWTH[tale.loudness];
    const hours = workingHours(victim, organization.start);
    const session = (time: EpochMs) => victim.session(time, random);
    const kind = random.pick(kindsInHabits(victim));
    const names = tale.others(kind, 12);
    for (let day = 1; day <= daysLeft(tale, days); day++) {
      const reachable = names.slice(0, 1 + Math.floor(day / 2));
      const count = Math.max(
        1,
        Math.round(firstDay * (1 + rate) ** day * Math.min(4, 0.5 + victim.callsPerActiveDay / 200)),
      );
      const calls = Array.from({ length: count }, () => ({
        technique: 'T1029',
        call: usualCallElsewhere(tale, kind, random.pick(reachable)),
      }));
      tale.scatter('growing-reach', session, calls, hours.opens(at + day * DAY_MS), hours.spanMs);
    }
  },
);
