import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { workingHours } from '../pace.ts';
import { story } from '../story.ts';

/**
 * Nothing but the time is unusual. Loud and medium tellings lie half a day off the victim's hours; the quiet one lies at
 * the very end of them, or for a job of few days a month on a day that is likely none of its own.
 */
export const offHours = story(
  {
    id: 'off-hours',
    title: 'Usual calls from the usual place at a time when their owner does not work',
    half: 'tuning',
    kinds: ['person', 'scheduled-user', 'pipeline', 'infrastructure', 'instance'],
    needs: ({ hours: [from, to], habits }) => to - from <= 14 && habits.length > 0,
    sources: [
      'Expel, "Incident report: From CLI to console, chasing an attacker in AWS", 2022, https://expel.com/blog/incident-report-from-cli-to-console-chasing-an-attacker-in-aws/',
      'ATT&CK T1078.004 Cloud Accounts, https://attack.mitre.org/techniques/T1078/004/',
    ],
  },
  (tale) => {
    const { victim, random, at, organization } = tale;
    const hours = workingHours(victim, organization.start);
    const session = (time: EpochMs) => victim.session(time, random);
    const opens = hours.opens(at + random.int(1, 3) * DAY_MS);
    if (tale.loudness === 'quiet') {
      const tail = hours.spanMs * 0.08;
      const count = Math.max(2, Math.min(6, Math.round(victim.callsPerActiveDay / 8)));
      const from = victim.cadence === 'periodic' ? opens : opens + hours.spanMs - tail;
      tale.scatter(
        'at-an-odd-time',
        session,
        tale.usual(count),
        from,
        victim.cadence === 'periodic' ? hours.spanMs : tail,
      );
      return;
    }
    const opposite = opens + hours.spanMs / 2 + 12 * HOUR_MS;
    const calls = tale.by({
      loud: Math.max(30, victim.callsPerActiveDay),
      medium: Math.max(8, victim.callsPerActiveDay / 4),
      quiet: 0,
    });
    const spanMs = tale.by({ loud: 1, medium: 3, quiet: 0 }) * HOUR_MS;
    tale.scatter('at-an-odd-time', session, tale.usual(Math.ceil(Math.min(calls, 800))), opposite, spanMs);
  },
);
