import { getObject, listBuckets, listObjects, putObject } from '../../calls/data.ts';
import {
  deleteObjects,
  encryptInPlace,
  expireObjects,
  getBucketVersioning,
  suspendVersioning,
} from '../../calls/storage.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** Objects are encrypted under a key that only the intruder has, and set to expire. */
export const bucketRansom = story(
  {
    id: 'bucket-ransom',
    title: 'Objects are encrypted in place with a foreign key, versions switched off, and a note left',
    half: 'tuning',
    kinds: ['scheduled-user', 'person', 'instance', 'function'],
    sources: [
      'Halcyon, "Abusing AWS Native Services: Ransomware Encrypting S3 Buckets with SSE-C", 2025, https://www.halcyon.ai/blog/abusing-aws-native-services-ransomware-encrypting-s3-buckets-with-sse-c',
      'Rhino Security Labs, "S3 Ransomware Part 1: Attack Vector", 2019, https://rhinosecuritylabs.com/aws/s3-ransomware-part-1-attack-vector/',
      'ATT&CK T1486 Data Encrypted for Impact, https://attack.mitre.org/techniques/T1486/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const buckets = tale.some([...tale.own('bucket'), ...tale.others('bucket', 3)], { loud: 3, medium: 1, quiet: 1 });
    tale.step('look-around', asVictim, lookAround(tale, 'storage'));
    for (const bucket of buckets.length > 0 ? buckets : [`${victim.team}-exports`]) {
      const keys = Array.from(
        { length: tale.by({ loud: random.int(20, 45), medium: 5, quiet: 3 }) },
        () => `${random.pick(['2024', '2025', 'current'])}/${random.hex(8)}`,
      );
      tale.step(
        'objects-read',
        asVictim,
        toThisEnd(
          'T1619',
          ...tale.by({ loud: [listBuckets(), listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] }),
        ),
        toThisEnd(
          'T1530',
          ...keys.slice(0, tale.by({ loud: 45, medium: 3, quiet: 3 })).map((key) => getObject(bucket, key)),
        ),
      );
      tale.step(
        'recovery-blocked',
        asVictim,
        toThisEnd(
          'T1490',
          ...tale.by({
            loud: [getBucketVersioning(bucket), suspendVersioning(bucket)],
            medium: [suspendVersioning(bucket)],
            quiet: [],
          }),
        ),
      );
      tale.step('objects-encrypted', asVictim, toThisEnd('T1486', ...keys.map((key) => encryptInPlace(bucket, key))));
      tale.step(
        'deadline-set',
        asVictim,
        toThisEnd(
          'T1485.001',
          ...tale.by({ loud: [expireObjects(bucket, 7)], medium: [expireObjects(bucket, 7)], quiet: [] }),
        ),
        toThisEnd(
          'T1485',
          ...tale.by({ loud: Array.from({ length: 5 }, () => deleteObjects(bucket)), medium: [], quiet: [] }),
        ),
        toThisEnd(
          'T1657',
          putObject(bucket, random.pick(['README_RESTORE.txt', 'warning.txt', 'HOW_TO_RECOVER.html'])),
        ),
      );
    }
  },
);
