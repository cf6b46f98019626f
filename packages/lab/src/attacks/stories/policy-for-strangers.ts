import { shareRepository } from '../../calls/containers.ts';
import { getBucketPolicy, getObject, putBucketPolicy } from '../../calls/data.ts';
import { shareSecret } from '../../calls/fleet.ts';
import { openKey } from '../../calls/keys-and-backups.ts';
import { addPermission } from '../../calls/lambda.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import {
  deletePublicAccessBlock,
  getBucketReplication,
  getPublicAccessBlock,
  replicateTo,
} from '../../calls/storage.ts';
import { arnOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { fromAccount } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Nothing is copied; a stranger is let in by the things' own policies. */
export const policyForStrangers = story(
  {
    id: 'policy-for-strangers',
    title: 'Policies of buckets, secrets, keys and images let a foreign account in, which then fetches',
    half: 'test',
    kinds: ['person', 'infrastructure', 'pipeline', 'function'],
    sources: [
      'Datadog, "Stratus Red Team: Backdoor an S3 Bucket via its Bucket Policy", https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.s3-backdoor-bucket-policy/',
      'AWS, "Threat Technique Catalog for AWS", https://aws-samples.github.io/threat-technique-catalog-for-aws/',
      'ATT&CK T1537 Transfer Data to Cloud Account, https://attack.mitre.org/techniques/T1537/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign } = tale;
    const { account, team } = victim;
    const buckets = tale.others('bucket', tale.by({ loud: 4, medium: 2, quiet: 1 }));
    const secrets = tale.others('secret', tale.by({ loud: 4, medium: 1, quiet: 1 }));
    const [bucket = `${team}-exports`] = buckets;
    const stranger = { AWS: `arn:aws:iam::${foreign}:root` };
    const opened = random.shuffled([
      ...secrets.map((name) => shareSecret(account, name, foreign)),
      ...tale.others('key', 2).map((key) => openKey(account, key, foreign)),
      shareRepository(`${team}/api`, foreign),
      ...tale.others('function', 2).map((name) => addPermission(name, 'lambda:InvokeFunction', foreign)),
      replicateTo(bucket, arnOf(account, 'iam', `role/${team}-replication`), 'mirror-store', foreign),
    ]);

    tale.step('look-around', asVictim, lookAround(tale, 'storage'));
    for (const name of buckets) {
      const looks = [getBucketPolicy(name), getPublicAccessBlock(name), getBucketReplication(name)];
      tale.step(
        'buckets-opened',
        asVictim,
        toThisEnd('T1619', ...tale.some(looks, { loud: 3, medium: 1, quiet: 0 })),
        inVain('T1537', ...tale.by({ loud: [putBucketPolicy(name, { AWS: '*' })], medium: [], quiet: [] })),
        toThisEnd('T1578.005', ...tale.by({ loud: [deletePublicAccessBlock(name)], medium: [], quiet: [] })),
        toThisEnd('T1537', putBucketPolicy(name, stranger)),
      );
      tale.rest(tale.by({ loud: 1, medium: 15, quiet: 100 }));
    }
    tale.step('more-opened', asVictim, toThisEnd('T1537', ...tale.some(opened, { loud: 8, medium: 2, quiet: 1 })));
    tale.rest(tale.by({ loud: 10, medium: 120, quiet: 300 }));
    const outsider = fromAccount(account, foreign, tale.abroad());
    tale.step(
      'fetched-from-abroad',
      outsider,
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(20, 40), medium: 4, quiet: 2 }) }, () =>
          getObject(bucket, random.hex(8)),
        ),
      ),
      toThisEnd(
        'T1555.006',
        ...tale.some(secrets, { loud: 4, medium: 1, quiet: 0 }).map((name) => getSecretValue(account, name)),
      ),
    );
  },
);
