import { DAY_MS, type EpochMs } from '@portcullis/event';
import { workingHours } from '../pace.ts';
import { story } from '../story.ts';
import { daysLeft } from '../tale.ts';

/** Daily growth, and how many days it goes on. */
const GROWTH = {
  loud: { rate: 0.25, days: 7 },
  medium: { rate: 0.1, days: 12 },
  quiet: { rate: 0.04, days: 20 },
};

/**
 * Data leave with the victim's usual calls, each day some per cent more, so that what is usual grows along.
 *
 * The look-alike is a workload whose custom grows: the same calls at the same hours.
 */
export const workGrownSlowly = story(
  {
    id: 'work-grown-slowly',
    title: 'Data leave through a workload’s usual calls, a few per cent more each day',
    half: 'tuning',
    kinds: ['function', 'instance', 'scheduled-user'],
    needs: ({ callsPerActiveDay, cadence, habits }) =>
      cadence === 'daily' && callsPerActiveDay >= 10 && callsPerActiveDay <= 1500 && habits.length > 0,
    twin: true,
    sources: [
      'B. Biggio and F. Roli, "Wild Patterns: Ten Years After the Rise of Adversarial Machine Learning", 2018, https://arxiv.org/abs/1712.03141',
      'ATT&CK T1030 Data Transfer Size Limits, https://attack.mitre.org/techniques/T1030/',
      'ATT&CK T1530 Data from Cloud Storage, https://attack.mitre.org/techniques/T1530/',
    ],
  },
  (tale) => {
    const { victim, random, at, organization } = tale;
    const { rate, days } = GROWTH[tale.loudness];
    const hours = workingHours(victim, organization.start);
    const session = (time: EpochMs) => victim.session(time, random);
    for (let day = 1; day <= daysLeft(tale, days); day++) {
      const opens = hours.opens(at + day * DAY_MS);
      const more = victim.callsPerActiveDay * ((1 + rate) ** day - 1);
      tale.scatter('growing-share', session, tale.usual(random.count(more), 'T1030'), opens, hours.spanMs);
    }
  },
);
