import { toThisEnd } from '../attack-story.ts';
import { similarTo } from '../characters.ts';
import { story } from '../story.ts';

/**
 * A workload's session in the hands of its sister: the same sort of code on the same sort of machines.
 *
 * The victim's credentials do what the sister does; quiet tellings keep to what both do.
 */
export const sisterWorkload = story(
  {
    id: 'sister-workload',
    title: 'A workload taken over uses the credentials of its sister for the sister’s sort of work on its own data',
    half: 'test',
    kinds: ['function', 'pipeline', 'instance', 'infrastructure'],
    needs: (member, { members }) => similarTo(member, members) !== undefined && member.habits.length > 0,
    sources: [
      'Datadog Security Labs, "No keys attached: Exploring GitHub-to-AWS keyless authentication flaws", 2023, https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/',
      'Unit 42, "Compromised Cloud Compute Credentials: Case Studies From the Wild", 2022, https://unit42.paloaltonetworks.com/compromised-cloud-compute-credentials/',
      'ATT&CK T1550.001 Application Access Token, https://attack.mitre.org/techniques/T1550/001/',
    ],
  },
  (tale) => {
    const { victim, random, organization, pace } = tale;
    const sister = similarTo(victim, organization.members) ?? victim;
    const share = tale.by({ loud: 1, medium: 0.6, quiet: 0.25 });
    const rounds = tale.by({ loud: 4, medium: 3, quiet: 3 });
    for (let round = 0; round < rounds; round++) {
      const at = pace.now();
      const client = tale.by({
        loud: sister.client(at, random),
        medium: sister.client(at, random),
        quiet: victim.client(at, random),
      });
      const count = tale.by({ loud: random.int(15, 30), medium: random.int(4, 7), quiet: random.int(3, 4) });
      const calls = Array.from({ length: count }, () => {
        const habits = random.chance(share) && sister.habits.length > 0 ? sister.habits : victim.habits;
        return random.weighted(habits).make(random);
      });
      tale.step('sister-session', victim.session(at, random, client), toThisEnd('T1550.001', ...calls));
      tale.rest(tale.by({ loud: 3, medium: 25, quiet: 150 }));
    }
  },
);
