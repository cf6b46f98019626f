import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { similarTo } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { ownThings } from '../targets.ts';

/**
 * Somebody of the team works in a colleague's session: the same sort of calls, from the same office.
 *
 * What gives it away is small: another colleague's tool or home, what the victim has nothing to do with, sometimes only that
 * it works more than it does.
 */
export const colleagueSession = story(
  {
    id: 'colleague-session',
    title: 'A colleague uses somebody else’s unlocked session for work that must not be traced to him',
    half: 'tuning',
    kinds: ['person'],
    needs: (member, { members }) => similarTo(member, members) !== undefined,
    sources: [
      'U.S. Attorney, Southern District of New York, "Former Employee Of Technology Company Sentenced", 2023, https://www.justice.gov/usao-sdny/pr/former-employee-technology-company-sentenced-six-years-prison-stealing-confidential',
      'CERT Division, Carnegie Mellon University, "Common Sense Guide to Mitigating Insider Threats", 7th edition, 2022, https://insights.sei.cmu.edu/library/common-sense-guide-to-mitigating-insider-threats-seventh-edition/',
      'ATT&CK T1550.001 Application Access Token, https://attack.mitre.org/techniques/T1550/001/',
    ],
  },
  (tale) => {
    const { victim, random, organization, loudness } = tale;
    const insider = similarTo(victim, organization.members) ?? victim;
    const own = loudness === 'quiet' ? undefined : insider.client(tale.at, random);
    const session = victim.session(tale.pace.now(), random, own);

    tale.step('borrowed-session', session, lookAround(tale, 'storage', 'secrets'));
    const rounds = tale.by({ loud: 6, medium: 3, quiet: 2 });
    const theirs = [...ownThings(insider, 'secret'), ...tale.others('secret', 3)];
    const secrets = tale.some(random.shuffled([...new Set(theirs)]), { loud: 8, medium: 2, quiet: 0 });
    for (let round = 0; round < rounds; round++) {
      const calls = Array.from({ length: tale.by({ loud: 12, medium: 5, quiet: 4 }) }, () =>
        random.weighted([...insider.habits, ...victim.habits]).make(random),
      );
      tale.step('work-in-anothers-name', session, toThisEnd('T1550.001', ...calls));
      tale.rest(tale.by({ loud: 5, medium: 30, quiet: 90 }));
    }
    tale.step(
      'secrets',
      session,
      toThisEnd('T1555.006', ...secrets.map((name) => getSecretValue(victim.account, name))),
    );
  },
);
