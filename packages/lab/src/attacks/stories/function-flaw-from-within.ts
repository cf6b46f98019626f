import { getObject } from '../../calls/data.ts';
import { listTables, scanTable } from '../../calls/databases.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { invoke, listFunctions } from '../../calls/lambda.ts';
import { getParameter, listSecrets } from '../../calls/secrets.ts';
import { receiveMessages } from '../../calls/serverless.ts';
import { toThisEnd } from '../attack-story.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

const INSIDE =
  'Boto3/1.40.4 md/Botocore#1.40.4 ua/2.1 os/linux#5.10.245-266.983.amzn2.x86_64 lang/python#3.13.7 exec-env/AWS_Lambda_python3.13';

/** Code run inside the function itself: its credentials never leave its network. */
export const functionFlawFromWithin = story(
  {
    id: 'function-flaw-from-within',
    title: 'Commands injected into a function run inside it, and read what its role can reach',
    half: 'test',
    kinds: ['function'],
    sources: [
      'OWASP, "Serverless Top 10: SLS1 Injection", https://owasp.org/www-project-serverless-top-10/',
      'Cado Security, "Cado Discovers Denonia: The First Malware Specifically Targeting Lambda", 2022, https://www.cadosecurity.com/blog/cado-discovers-denonia-the-first-malware-specifically-targeting-lambda',
      'ATT&CK T1190 Exploit Public-Facing Application, https://attack.mitre.org/techniques/T1190/',
    ],
  },
  (tale) => {
    const { victim, random, pace } = tale;
    const { account } = victim;
    const inside = victim.client(pace.now(), random);
    const userAgent = tale.by({
      loud: INSIDE,
      medium: random.pick([INSIDE, inside.userAgent]),
      quiet: inside.userAgent,
    });
    const session = victim.session(pace.now(), random, { ...inside, userAgent });
    const usual = () => tale.usual(tale.by({ loud: 0, medium: 1, quiet: 4 }), 'T1190');

    tale.step(
      'injected',
      session,
      usual(),
      toThisEnd('T1190', ...tale.by({ loud: [getCallerIdentity()], medium: [getCallerIdentity()], quiet: [] })),
    );
    tale.step(
      'tried-from-within',
      session,
      inVain(
        'T1526',
        ...tale.some([listFunctions(), listSecrets(), listTables(), listFunctions(), listSecrets()], {
          loud: 5,
          medium: 1,
          quiet: 0,
        }),
      ),
    );
    const tables = tale.others('table', tale.by({ loud: 5, medium: 2, quiet: 1 }));
    for (const table of tables) {
      tale.step(
        'tables-read',
        session,
        usual(),
        toThisEnd(
          'T1213.006',
          ...Array.from({ length: tale.by({ loud: random.int(5, 12), medium: 2, quiet: 1 }) }, () =>
            scanTable(account, table),
          ),
        ),
      );
      tale.rest(tale.by({ loud: 1, medium: 8, quiet: 120 }));
    }
    const [bucket = `${victim.team}-data`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    tale.step(
      'neighbours-used',
      session,
      toThisEnd('T1552.001', ...tale.others('parameter', tale.by({ loud: 4, medium: 1, quiet: 0 })).map(getParameter)),
      toThisEnd(
        'T1648',
        ...tale.others('function', tale.by({ loud: 3, medium: 1, quiet: 0 })).map((name) => invoke(account, name)),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: 20, medium: 3, quiet: 2 }) }, () =>
          getObject(bucket, `uploads/${random.hex(8)}`),
        ),
      ),
      toThisEnd(
        'T1119',
        ...Array.from({ length: tale.by({ loud: 8, medium: 1, quiet: 0 }) }, () =>
          receiveMessages(account, `${victim.team}-jobs`),
        ),
      ),
    );
  },
);
