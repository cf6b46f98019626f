import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { workingHours } from '../pace.ts';
import { story } from '../story.ts';

/** Nothing but the amount is unusual: who, what, where from and when are the victim's own. */
export const usualCallsMoreOfThem = story(
  {
    id: 'usual-calls-more-of-them',
    title: 'Through a flaw in the workload its usual calls are repeated to copy what it may read',
    half: 'tuning',
    kinds: ['function', 'instance', 'scheduled-user', 'person', 'pipeline'],
    needs: ({ callsPerActiveDay, habits }) => callsPerActiveDay <= 12_000 && habits.length > 0,
    sources: [
      'OWASP, "API1:2023 Broken Object Level Authorization", 2023, https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
      'ATT&CK T1119 Automated Collection, https://attack.mitre.org/techniques/T1119/',
    ],
  },
  (tale) => {
    const { victim, random, at, hourly, organization } = tale;
    const session = (time: EpochMs) => victim.session(time, random);
    const calls = (mean: number) => tale.usual(Math.ceil(mean), 'T1119');
    if (tale.loudness === 'quiet') {
      const hours = workingHours(victim, organization.start);
      for (let day = 1; day <= 3; day++) {
        const more = victim.callsPerActiveDay * (0.2 + 0.15 * random.float());
        tale.scatter('more-of-the-same', session, calls(more), hours.opens(at + day * DAY_MS), hours.spanMs);
      }
      return;
    }
    const { times, stretch } = tale.by({
      loud: { times: 5 + 4 * random.float(), stretch: 1 },
      medium: { times: 1.5 + random.float(), stretch: 3 },
      quiet: { times: 0, stretch: 0 },
    });
    const extra = Math.max(tale.by({ loud: 40, medium: 8, quiet: 0 }), hourly * times);
    tale.scatter('more-of-the-same', session, calls(extra * stretch), at, stretch * HOUR_MS);
  },
);
