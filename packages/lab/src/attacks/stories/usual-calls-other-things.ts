import { toThisEnd } from '../attack-story.ts';
import { story } from '../story.ts';
import { kindsInHabits, usualCallElsewhere } from '../usual-call-elsewhere.ts';

/** Nothing but the things is unusual: same actions, same place and tool, what others own. */
export const usualCallsOtherThings = story(
  {
    id: 'usual-calls-other-things',
    title: 'Usual calls from the usual place, on what belongs to others',
    half: 'test',
    kinds: ['function', 'instance', 'scheduled-user', 'pipeline', 'person'],
    needs: (member) => kindsInHabits(member).length > 0,
    sources: [
      'OWASP, "API1:2023 Broken Object Level Authorization", 2023, https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
      'N. Novaes Neto et al., "A Case Study of the Capital One Data Breach", MIT, 2020, https://web.mit.edu/smadnick/www/wp/2020-07.pdf',
      'ATT&CK T1530 Data from Cloud Storage, https://attack.mitre.org/techniques/T1530/',
    ],
  },
  (tale) => {
    const { victim, random, pace } = tale;
    const kinds = kindsInHabits(victim);
    const rounds = tale.by({ loud: 6, medium: 2, quiet: 2 });
    for (let round = 0; round < rounds; round++) {
      const kind = random.pick(kinds);
      const names = tale.others(kind, tale.by({ loud: 8, medium: 3, quiet: 1 }));
      const count = tale.by({ loud: random.int(12, 25), medium: 5, quiet: 2 });
      const calls = Array.from({ length: count }, () => usualCallElsewhere(tale, kind, random.pick(names)));
      tale.step(
        'things-of-others',
        victim.session(pace.now(), random),
        tale.usual(tale.by({ loud: 0, medium: 1, quiet: 2 }), 'T1530'),
        toThisEnd('T1530', ...calls),
      );
      tale.rest(tale.by({ loud: 1, medium: 15, quiet: 200 }));
    }
  },
);
