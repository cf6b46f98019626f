import { getObject, listObjects } from '../../calls/data.ts';
import {
  createDatabaseSnapshot,
  describeDatabaseSnapshots,
  describeDatabases,
  exportSnapshot,
  exposeDatabase,
  resetMasterPassword,
} from '../../calls/databases.ts';
import { getUser } from '../../calls/iam-credentials.ts';
import { listAttachedUserPolicies, simulatePrincipalPolicy } from '../../calls/iam-grants.ts';
import { arnOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { otherRoles } from '../characters.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A key bought from somebody; its new owner takes days and asks little. */
export const leakedKeyPatient = story(
  {
    id: 'leaked-key-patient',
    title: 'A bought long-term key is looked at, left alone, and then used to write a database into a bucket',
    half: 'test',
    kinds: ['scheduled-user', 'infrastructure'],
    sources: [
      'Rapid7, "Crimson Collective: A New Threat Group Observed Operating in the Cloud", 2025, https://www.rapid7.com/blog/post/tr-crimson-collective-a-new-threat-group-observed-operating-in-the-cloud/',
      'Google Threat Intelligence, "Widespread Data Theft Targets Salesforce Instances via Salesloft Drift", 2025, https://cloud.google.com/blog/topics/threat-intelligence/data-theft-salesforce-instances-via-salesloft-drift',
      'ATT&CK T1213.006 Databases, https://attack.mitre.org/techniques/T1213/006/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, principalName } = victim;
    const self = arnOf(account, 'iam', `user/${principalName}`);
    const looks = [
      getUser(),
      listAttachedUserPolicies(principalName),
      simulatePrincipalPolicy(self, ['rds:CreateDBSnapshot', 's3:PutObject']),
      describeDatabases(),
      describeDatabaseSnapshots(),
    ];
    tale.step('key-looked-at', asVictim, toThisEnd('T1087.004', ...tale.some(looks, { loud: 3, medium: 1, quiet: 0 })));
    tale.rest(tale.by({ loud: 120, medium: 20 * 60, quiet: 500 }));
    tale.step(
      'databases-found',
      asVictim,
      toThisEnd('T1580', ...tale.some(looks.slice(3), { loud: 2, medium: 1, quiet: 0 })),
    );

    const [role = 'rds-export'] = otherRoles(tale, 1);
    const [key = random.uuid()] = tale.others('key', 1);
    const [bucket = `${victim.team}-exports`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    for (const database of tale.others('database', tale.by({ loud: 3, medium: 1, quiet: 1 }))) {
      const snapshot = `${database}-${random.pick(['weekly', 'pre-upgrade', 'manual'])}`;
      tale.step(
        'database-copied',
        asVictim,
        inVain('T1098', ...tale.by({ loud: [resetMasterPassword(database)], medium: [], quiet: [] })),
        toThisEnd('T1098', ...tale.by({ loud: [resetMasterPassword(database)], medium: [], quiet: [] })),
        toThisEnd('T1578.005', ...tale.by({ loud: [exposeDatabase(database)], medium: [], quiet: [] })),
        toThisEnd('T1578.001', createDatabaseSnapshot(account, database, snapshot)),
      );
      tale.rest(tale.by({ loud: 20, medium: 60, quiet: 200 }));
      tale.step(
        'database-written-out',
        asVictim,
        toThisEnd('T1213.006', exportSnapshot(account, snapshot, bucket, role, key)),
      );
    }
    tale.rest(tale.by({ loud: 30, medium: 240, quiet: 400 }));
    tale.step(
      'files-fetched',
      asVictim,
      toThisEnd(
        'T1619',
        ...tale.by({ loud: [listObjects(bucket, 'export/')], medium: [listObjects(bucket, 'export/')], quiet: [] }),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(40, 80), medium: 7, quiet: 4 }) }, (_, part) =>
          getObject(bucket, `export/public.customers/part-${part}.gz.parquet`),
        ),
      ),
    );
  },
);
