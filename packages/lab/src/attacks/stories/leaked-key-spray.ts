import { describeRegions } from '../../calls/compute.ts';
import { getObject, listBuckets, listObjects } from '../../calls/data.ts';
import { updateLoginProfile } from '../../calls/iam-credentials.ts';
import { createAccessKey, createLoginProfile, getCallerIdentity } from '../../calls/identity.ts';
import { describeInstances, getSendQuota } from '../../calls/operations.ts';
import { listSecrets } from '../../calls/secrets.ts';
import { getSessionToken } from '../../calls/tokens.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-1', 'ap-south-1', 'sa-east-1', 'ca-central-1'];

/** A key out of a public repository, tried by a script within minutes of the leak. */
export const leakedKeySpray = story(
  {
    id: 'leaked-key-spray',
    title: 'A long-term key from a public repository is tried on service after service and region after region',
    half: 'tuning',
    kinds: ['scheduled-user'],
    sources: [
      'Unit 42, "CloudKeys in the Air: Tracking Malicious Operations of Exposed IAM Keys", 2023, https://unit42.paloaltonetworks.com/malicious-operations-of-exposed-iam-keys-cryptojacking/',
      'CISA and FBI, "Known Indicators of Compromise Associated with Androxgh0st Malware", 2024, https://www.cisa.gov/news-events/cybersecurity-advisories/aa24-016a',
      'ATT&CK T1552.001 Credentials In Files, https://attack.mitre.org/techniques/T1552/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { principalName } = victim;
    tale.step(
      'key-tried',
      asVictim,
      toThisEnd('T1078.004', getCallerIdentity()),
      lookAround(tale, 'identity', 'quotas'),
    );
    const regions = tale.some(random.shuffled(REGIONS), { loud: 7, medium: 1, quiet: 0 });
    for (const region of regions) {
      const calls = [describeInstances(), listSecrets(), getSendQuota(), describeRegions()].map((call) => ({
        ...call,
        region,
      }));
      const asked = tale.some(random.shuffled(calls), { loud: 4, medium: 2, quiet: 0 });
      tale.step(
        'regions-sprayed',
        asVictim,
        asked.map((call) => ({ technique: 'T1526', call, refused: random.chance(0.5) })),
      );
    }
    tale.rest(30);
    tale.step(
      'second-key',
      asVictim,
      ...tale.by({
        loud: [
          inVain('T1098.001', createLoginProfile(principalName), updateLoginProfile(principalName)),
          toThisEnd('T1550.001', getSessionToken(accessKeyIdOf('ASIA', principalName, 'session'), tale.pace.now())),
          toThisEnd('T1098.001', createAccessKey(principalName, accessKeyIdOf('AKIA', principalName, 'second'))),
        ],
        medium: [
          toThisEnd('T1098.001', createAccessKey(principalName, accessKeyIdOf('AKIA', principalName, 'second'))),
        ],
        quiet: [],
      }),
    );
    const buckets = [...tale.own('bucket'), ...tale.others('bucket', 3)];
    const [bucket = `${victim.team}-exports`] = tale.by({
      loud: random.shuffled(buckets),
      medium: buckets,
      quiet: buckets,
    });
    tale.step(
      'bucket-emptied',
      asVictim,
      toThisEnd(
        'T1619',
        ...tale.by({ loud: [listBuckets(), listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] }),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(25, 60), medium: 5, quiet: 4 }) }, () =>
          getObject(bucket, `${random.pick(['dump', 'export', 'backup'])}-${random.hex(6)}.sql.gz`),
        ),
      ),
    );
  },
);
