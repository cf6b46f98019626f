import { toThisEnd } from '../attack-story.ts';
import { neighborOf } from '../intruder-networks.ts';
import { story } from '../story.ts';

/** Nothing but the network is unusual; the tool is the victim's own. */
export const usualCallsFromElsewhere = story(
  {
    id: 'usual-calls-from-elsewhere',
    title: 'A replayed session does the victim’s usual work with its usual tool from another network',
    half: 'test',
    kinds: ['person', 'function', 'instance', 'scheduled-user', 'pipeline', 'infrastructure'],
    needs: ({ habits }) => habits.length > 0,
    sources: [
      'Elastic Security Labs, "Bit ByBit: emulation of the DPRK’s largest cryptocurrency heist", 2025, https://www.elastic.co/security-labs/bit-bybit',
      'CircleCI, "CircleCI incident report for January 4, 2023 security incident", 2023, https://circleci.com/blog/jan-4-2023-incident-report/',
      'ATT&CK T1550.001 Application Access Token, https://attack.mitre.org/techniques/T1550/001/',
    ],
  },
  (tale) => {
    const { victim, random, pace } = tale;
    const own = victim.client(pace.now(), random);
    const addresses = tale.by({
      loud: Array.from({ length: 3 }, () => tale.abroad().address),
      medium: [tale.abroad(['residential', 'vpn', 'other-region']).address],
      quiet: [neighborOf(own.address, random)],
    });
    for (const address of addresses) {
      const count = tale.by({ loud: random.int(20, 45), medium: random.int(8, 14), quiet: random.int(5, 8) });
      const calls = tale.usual(count).map(({ call }) => call);
      tale.step(
        'replayed-session',
        victim.session(pace.now(), random, { ...own, address }),
        toThisEnd('T1550.001', ...calls),
      );
      tale.rest(10);
    }
  },
);
