import { terminateInstances } from '../../calls/compute.ts';
import { deleteSnapshot } from '../../calls/data.ts';
import {
  deleteDatabase,
  deleteDatabaseSnapshot,
  deleteTable,
  disablePointInTimeRecovery,
} from '../../calls/databases.ts';
import { deleteSecret } from '../../calls/fleet.ts';
import { deleteAccessKey, deleteLoginProfile } from '../../calls/iam-credentials.ts';
import {
  deleteBackupVault,
  deleteRecoveryPoint,
  disableKey,
  listBackupVaults,
  listRecoveryPoints,
  scheduleKeyDeletion,
} from '../../calls/keys-and-backups.ts';
import { deleteFunction } from '../../calls/serverless.ts';
import { deleteBucket, deleteObjects } from '../../calls/storage.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** First the ways back, then the things themselves. */
export const destructionDay = story(
  {
    id: 'destruction-day',
    title: 'Backups, keys and then everything else are deleted, and owners locked out',
    half: 'test',
    kinds: ['person', 'infrastructure', 'scheduled-user', 'pipeline'],
    sources: [
      'AWS Security Blog, "The anatomy of ransomware event targeting data residing in Amazon S3", 2023, https://aws.amazon.com/blogs/security/anatomy-of-a-ransomware-event-targeting-data-in-amazon-s3/',
      'Invictus Incident Response, "Ransomware in the cloud", 2024, https://www.invictus-ir.com/news/ransomware-in-the-cloud',
      'ATT&CK T1485 Data Destruction, https://attack.mitre.org/techniques/T1485/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, team } = victim;
    const vault = random.pick(['Default', `${team}-backups`]);
    const points = Array.from({ length: tale.by({ loud: 8, medium: 2, quiet: 0 }) }, () => random.uuid());
    const keys = tale.others('key', tale.by({ loud: 3, medium: 1, quiet: 1 }));
    const users = tale.others('user', tale.by({ loud: 3, medium: 0, quiet: 0 }));
    const things = random.shuffled([
      ...tale.others('table', 4).flatMap((name) => [disablePointInTimeRecovery(name), deleteTable(account, name)]),
      ...tale.others('database', 3).map(deleteDatabase),
      ...tale.others('snapshot', 6).map(deleteSnapshot),
      ...tale.others('function', 4).map(deleteFunction),
      ...tale.others('bucket', 3).flatMap((name) => [deleteObjects(name), deleteObjects(name), deleteBucket(name)]),
      ...tale.others('secret', 4).map((name) => deleteSecret(account, name)),
      terminateInstances(tale.others('instance', 5)),
      deleteDatabaseSnapshot(`${team}-final`),
    ]);

    tale.step(
      'backups-found',
      asVictim,
      lookAround(tale, 'data'),
      toThisEnd(
        'T1580',
        ...tale.some([listBackupVaults(), listRecoveryPoints(vault)], { loud: 2, medium: 1, quiet: 0 }),
      ),
    );
    tale.step(
      'no-way-back',
      asVictim,
      toThisEnd('T1490', ...points.map((id) => deleteRecoveryPoint(account, vault, id))),
      inVain('T1490', ...tale.by({ loud: [deleteBackupVault(vault)], medium: [], quiet: [] })),
      toThisEnd(
        'T1485',
        ...keys.flatMap((key) =>
          tale.by({
            loud: [disableKey(account, key), scheduleKeyDeletion(account, key)],
            medium: [scheduleKeyDeletion(account, key)],
            quiet: [scheduleKeyDeletion(account, key)],
          }),
        ),
      ),
    );
    tale.rest(tale.by({ loud: 5, medium: 60, quiet: 240 }));
    const destroyed = tale.some(things, { loud: 30, medium: 5, quiet: 2 });
    tale.step('destroyed', asVictim, toThisEnd('T1485', ...destroyed));
    tale.step(
      'owners-locked-out',
      asVictim,
      toThisEnd(
        'T1531',
        ...users.flatMap((user) => [
          deleteLoginProfile(user),
          deleteAccessKey(user, accessKeyIdOf('AKIA', account.id, user, 'first')),
        ]),
      ),
    );
  },
);
