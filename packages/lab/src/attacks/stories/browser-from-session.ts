import { getBucketPolicy, getObject, listBuckets } from '../../calls/data.ts';
import { describeDatabases } from '../../calls/databases.ts';
import { getAccountSummary } from '../../calls/iam-credentials.ts';
import { listRoles, listUsers } from '../../calls/identity.ts';
import { listFunctions } from '../../calls/lambda.ts';
import { describeAlarms, describeInstances, describeSecurityGroups, getCostAndUsage } from '../../calls/operations.ts';
import { getSecretValue, listSecrets } from '../../calls/secrets.ts';
import { getSigninToken, linkLogin } from '../../calls/tokens.ts';
import { toThisEnd } from '../attack-story.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A program's session is opened in a browser, for browsing. */
export const browserFromSession = story(
  {
    id: 'browser-from-session',
    title: 'A stolen role session is traded for a console link and browsed with',
    half: 'test',
    kinds: ['person', 'pipeline', 'function', 'instance'],
    sources: [
      'Expel, "Incident report: From CLI to console, chasing an attacker in AWS", 2022, https://expel.com/blog/incident-report-from-cli-to-console-chasing-an-attacker-in-aws/',
      'Hacking the Cloud, "Create a Console Session from IAM Credentials", https://hackingthe.cloud/aws/post_exploitation/create_a_console_session_from_iam_credentials/',
      'ATT&CK T1538 Cloud Service Dashboard, https://attack.mitre.org/techniques/T1538/',
    ],
  },
  (tale) => {
    const { victim, random, pace } = tale;
    const { account } = victim;
    const { userAgent, address } = tale.browser(['residential', 'vpn']);
    const own = victim.client(pace.now(), random);
    const seat = tale.by({ loud: address, medium: random.pick([address, own.address]), quiet: own.address });
    const session = victim.session(pace.now(), random, {
      address: seat,
      userAgent: tale.by({ loud: userAgent, medium: userAgent, quiet: own.userAgent }),
    });
    const browsing = { ...session, console: true };
    const pages = random.shuffled([
      listBuckets(),
      describeInstances(),
      describeSecurityGroups(),
      listFunctions(),
      listRoles(),
      listUsers(),
      listSecrets(),
      describeDatabases(),
      describeAlarms(),
      getCostAndUsage(),
      getAccountSummary(),
      ...tale.others('bucket', 5).map(getBucketPolicy),
    ]);
    tale.step(
      'link',
      session,
      tale.usual(tale.by({ loud: 0, medium: 2, quiet: 3 })),
      toThisEnd('T1550.001', getSigninToken()),
    );
    tale.step('link', session, toThisEnd('T1550.001', linkLogin()));
    // a page of the console asks the same and more, again and again
    const views = tale.by({ loud: 3, medium: 1, quiet: 1 });
    for (let view = 0; view < views; view++) {
      const seen = tale.some(pages, { loud: 16, medium: 5, quiet: 0 });
      tale.step(
        'browsing',
        browsing,
        seen.map((call) => ({
          technique: 'T1538',
          call,
          refused: random.chance(victim.kind === 'person' ? 0.05 : 0.4),
        })),
      );
    }
    const [bucket = `${victim.team}-docs`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    tale.step(
      'taken',
      browsing,
      tale.usual(tale.by({ loud: 0, medium: 1, quiet: 3 })),
      inVain(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 3, medium: 0, quiet: 0 }))
          .map((name) => getSecretValue(account, name)),
      ),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 5, medium: 2, quiet: 1 }))
          .map((name) => getSecretValue(account, name)),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: 10, medium: 2, quiet: 1 }) }, () => getObject(bucket, random.hex(8))),
      ),
    );
  },
);
