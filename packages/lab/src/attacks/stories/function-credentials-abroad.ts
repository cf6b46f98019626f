import { getObject, listObjects, tableItem } from '../../calls/data.ts';
import { scanTable } from '../../calls/databases.ts';
import { ADMINISTRATOR_POLICY } from '../../calls/iam-grants.ts';
import { attachUserPolicy, createAccessKey, createUser, getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { intrudersUser, plausibleName } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Credentials read out of a function's environment, used from the intruder's own machine. */
export const functionCredentialsAbroad = story(
  {
    id: 'function-credentials-abroad',
    title: 'Credentials of a function, read out of its environment, are used from outside to take secrets and tables',
    half: 'tuning',
    kinds: ['function'],
    sources: [
      'Unit 42, "Compromised Cloud Compute Credentials: Case Studies From the Wild", 2022, https://unit42.paloaltonetworks.com/compromised-cloud-compute-credentials/',
      'Hacking the Cloud, "Steal IAM Credentials and Event Data from Lambda", https://hackingthe.cloud/aws/exploitation/lambda-steal-iam-credentials/',
      'ATT&CK T1078.004 Cloud Accounts, https://attack.mitre.org/techniques/T1078/004/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const user = intrudersUser(account, plausibleName(tale, 'user'), tale.client);

    tale.step(
      'stolen-credentials',
      asVictim,
      ...tale.by({ loud: [toThisEnd('T1078.004', getCallerIdentity())], medium: [], quiet: [] }),
      lookAround(tale, 'storage', 'functions', 'secrets', 'identity'),
    );
    tale.rest(20);
    const secrets = [...tale.others('secret', tale.by({ loud: 8, medium: 3, quiet: 1 }))];
    tale.step('secrets', asVictim, toThisEnd('T1555.006', ...secrets.map((name) => getSecretValue(account, name))));
    tale.rest(15);
    if (tale.by({ loud: true, medium: random.chance(0.5), quiet: false })) {
      tale.step(
        'persistence-tried',
        asVictim,
        inVain(
          'T1136.003',
          createUser(account, String(user.caller.identity.userName)),
          createAccessKey(victim.principalName, user.keyId),
        ),
        inVain('T1098.003', attachUserPolicy(String(user.caller.identity.userName), ADMINISTRATOR_POLICY)),
      );
    }
    const [bucket = `${victim.team}-data`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    const [table = `${victim.team}-records`] = [...tale.own('table'), ...tale.others('table', 1)];
    tale.step(
      'collection',
      asVictim,
      toThisEnd('T1619', ...tale.by({ loud: [listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] })),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(40, 90), medium: 6, quiet: 2 }) }, () =>
          getObject(bucket, `data/${random.hex(8)}.json`),
        ),
      ),
      toThisEnd(
        'T1213.006',
        ...tale.by({
          loud: Array.from({ length: 12 }, () => scanTable(account, table)),
          medium: [scanTable(account, table), tableItem(account, 'Query', table)],
          quiet: [tableItem(account, 'Query', table)],
        }),
      ),
    );
  },
);
