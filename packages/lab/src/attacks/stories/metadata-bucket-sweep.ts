import { getObject, listBuckets, listObjects } from '../../calls/data.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** A web server made to fetch its own metadata hands out its role; the role reads buckets. */
export const metadataBucketSweep = story(
  {
    id: 'metadata-bucket-sweep',
    title:
      'Instance credentials, fetched through a forwarded request to the metadata service, copy bucket after bucket',
    half: 'tuning',
    kinds: ['instance'],
    sources: [
      'N. Novaes Neto et al., "A Case Study of the Capital One Data Breach", MIT, 2020, https://web.mit.edu/smadnick/www/wp/2020-07.pdf',
      'Mandiant, "Old Services, New Tricks: Cloud Metadata Abuse by UNC2903", 2022, https://cloud.google.com/blog/topics/threat-intelligence/cloud-metadata-abuse-unc2903/',
      'ATT&CK T1552.005 Cloud Instance Metadata API, https://attack.mitre.org/techniques/T1552/005/',
    ],
  },
  (tale) => {
    const { asVictim, random } = tale;
    tale.step(
      'metadata-credentials',
      asVictim,
      toThisEnd('T1552.005', ...tale.by({ loud: [listBuckets(), listBuckets()], medium: [listBuckets()], quiet: [] })),
      lookAround(tale, 'storage', 'compute'),
    );
    const buckets = [
      ...tale.own('bucket').slice(0, 1),
      ...tale.others('bucket', tale.by({ loud: 8, medium: 2, quiet: 1 })),
    ];
    for (const bucket of buckets) {
      tale.rest(5);
      tale.step(
        'bucket-copied',
        asVictim,
        toThisEnd(
          'T1619',
          ...tale.by({ loud: [listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] }),
        ),
        toThisEnd(
          'T1530',
          ...Array.from({ length: tale.by({ loud: random.int(12, 30), medium: 3, quiet: 2 }) }, () =>
            getObject(bucket, `${random.pick(['applications', 'customers', 'statements'])}/${random.hex(6)}.csv.gz`),
          ),
        ),
      );
    }
  },
);
