import {
  createSecurityGroup,
  describeImages,
  describeInstanceTypes,
  getServiceQuota,
  launchInstances,
  requestSpotInstances,
  terminateInstances,
} from '../../calls/compute.ts';
import { createCluster, registerTask, runTask } from '../../calls/containers.ts';
import { createKeyPair, openPort } from '../../calls/operations.ts';
import type { Call } from '../../record/cloudtrail-record.ts';
import { toThisEnd } from '../attack-story.ts';
import { otherRoles } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

const TYPES = ['p4d.24xlarge', 'g5.12xlarge', 'g4dn.12xlarge', 'c6a.48xlarge', 'p3.16xlarge'];
const MODEST = ['g4dn.xlarge', 'g5.xlarge', 'c6a.4xlarge', 'm6i.4xlarge'];
const REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
  'ca-central-1',
  'eu-west-3',
];

const overLimit = (call: Call): Call => ({
  ...call,
  response: {},
  error: {
    code: 'Client.VcpuLimitExceeded',
    message: 'You have requested more vCPU capacity than your current limit allows.',
  },
});

/** Costly instances are started for somebody else's gain. */
export const gpuFleet = story(
  {
    id: 'gpu-fleet',
    title: 'Instances with graphics cards are started in region after region to mine',
    half: 'tuning',
    kinds: ['person', 'pipeline', 'scheduled-user', 'infrastructure'],
    sources: [
      'Permiso, "Unmasking GUI-Vil: Financially Motivated Cloud Threat Actor", 2023, https://permiso.io/blog/s/unmasking-guivil-new-cloud-threat-actor/',
      'AWS Security Blog, "Cryptomining campaign targeting Amazon EC2 and Amazon ECS", 2025, https://aws.amazon.com/blogs/security/cryptomining-campaign-targeting-amazon-ec2-and-amazon-ecs/',
      'Datadog Security Labs, "Tales from the cloud trenches: Amazon ECS is the new EC2 for crypto mining", 2024, https://securitylabs.datadoghq.com/articles/tales-from-the-cloud-trenches-ecs-crypto-mining/',
      'ATT&CK T1496.001 Compute Hijacking, https://attack.mitre.org/techniques/T1496/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const imageId = `ami-0${random.hex(16)}`;
    const group = `sg-0${random.hex(16)}`;
    const started: string[] = [];
    const launch = (instanceType: string, count: number) => {
      const instanceIds = Array.from({ length: count }, () => `i-0${random.hex(16)}`);
      started.push(...instanceIds);
      return launchInstances(account, { imageId, instanceType, count, userData: true, instanceIds });
    };

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'compute', 'quotas'),
      toThisEnd(
        'T1580',
        ...tale.some([describeInstanceTypes('g*'), getServiceQuota('ec2', 'L-DB2E81BA'), describeImages()], {
          loud: 3,
          medium: 1,
          quiet: 0,
        }),
      ),
    );
    for (const region of tale.some(random.shuffled(REGIONS), { loud: 7, medium: 1, quiet: 0 })) {
      const inRegion = (call: Call): Call => ({ ...call, region });
      const first = launch(random.pick(TYPES), random.int(4, 20));
      const limited = random.chance(0.4);
      const ways = [
        createKeyPair(`key-${random.hex(4)}`),
        createSecurityGroup(`launch-wizard-${random.int(1, 20)}`, group),
        openPort(group, 22, '0.0.0.0/0'),
      ];
      tale.step(
        'fleet',
        asVictim,
        toThisEnd('T1578.002', ...tale.some(ways, { loud: 3, medium: 1, quiet: 0 }).map(inRegion)),
      );
      tale.step(
        'fleet',
        asVictim,
        toThisEnd('T1496.001', inRegion(limited ? overLimit(first) : first)),
        toThisEnd('T1496.001', ...(limited ? [inRegion(launch(random.pick(MODEST), 8))] : [])),
        toThisEnd(
          'T1496.001',
          ...tale.by({
            loud: [inRegion(requestSpotInstances(imageId, random.pick(TYPES), 10))],
            medium: [],
            quiet: [],
          }),
        ),
      );
      tale.rest(4);
    }
    if (tale.loudness === 'quiet')
      tale.step('fleet', asVictim, toThisEnd('T1496.001', launch(random.pick(MODEST), random.int(1, 3))));
    if (tale.by({ loud: random.chance(0.6), medium: false, quiet: false })) {
      const [role = 'ecsTaskExecutionRole'] = otherRoles(tale, 1);
      tale.step(
        'containers',
        asVictim,
        toThisEnd(
          'T1496.001',
          createCluster('default-cluster'),
          registerTask(account, 'app', `docker.io/${random.hex(6)}/app:latest`, role),
          ...Array.from({ length: 6 }, () => runTask('default-cluster', 'app:1', 10)),
        ),
      );
    }
    tale.rest(tale.by({ loud: 60, medium: 120, quiet: 300 }));
    if (random.chance(0.4))
      tale.step('fleet-renewed', asVictim, toThisEnd('T1578.005', terminateInstances(started.slice(0, 2))));
  },
);
