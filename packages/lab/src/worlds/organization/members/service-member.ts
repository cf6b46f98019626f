import { DAY_MS, type EpochMs } from '@portcullis/event';
import { randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { awsService, type Client, roleSession, through } from '../../../record/caller.ts';
import type { Ground } from '../ground.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Team } from '../teams.ts';
import { evenly, machine } from './machine.ts';

/** A service of AWS that acts by itself or under its service-linked role. */
interface Keeper {
  readonly service: string;
  /** Its linked role, or none where it calls as the service itself. */
  readonly role?: string;
  readonly session?: string;
  readonly perDay: number;
  readonly calls: readonly string[];
  readonly bothRegions?: boolean;
}

const KEEPERS: readonly Keeper[] = [
  { service: 'cloudtrail', perDay: 24, calls: ['s3:GetBucketAcl', 'kms:GenerateDataKey'], bothRegions: true },
  {
    service: 'config',
    role: 'AWSServiceRoleForConfig',
    session: 'AWSConfig-Describe',
    perDay: 240,
    calls: [
      'ec2:DescribeInstances',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeVolumes',
      'lambda:ListFunctions',
      'iam:GetRole',
      'iam:ListRolePolicies',
      's3:GetBucketEncryption',
      'kms:DescribeKey',
      'rds:DescribeDBInstances',
    ],
    bothRegions: true,
  },
  {
    service: 'autoscaling',
    role: 'AWSServiceRoleForAutoScaling',
    session: 'AutoScaling',
    perDay: 90,
    calls: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceStatus',
      'ec2:RunInstances',
      'ec2:TerminateInstances',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:RegisterTargets',
    ],
  },
  {
    service: 'elasticloadbalancing',
    role: 'AWSServiceRoleForElasticLoadBalancing',
    session: 'ElasticLoadBalancing',
    perDay: 60,
    calls: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeAddresses'],
  },
  {
    service: 'trustedadvisor',
    role: 'AWSServiceRoleForTrustedAdvisor',
    session: 'TrustedAdvisor_{account}',
    perDay: 120,
    calls: [
      'ec2:DescribeVolumes',
      'ec2:DescribeAddresses',
      'iam:GetAccountSummary',
      'rds:DescribeDBSnapshots',
      's3:GetBucketAcl',
      'servicequotas:ListServices',
      'iam:GetCredentialReport',
    ],
    bothRegions: true,
  },
  {
    service: 'access-analyzer',
    role: 'AWSServiceRoleForAccessAnalyzer',
    session: 'access-analyzer',
    perDay: 70,
    calls: [
      'iam:GetRole',
      's3:GetBucketPolicy',
      'kms:GetKeyPolicy',
      'secretsmanager:GetResourcePolicy',
      'lambda:GetPolicy',
      'iam:ListRoles',
    ],
  },
  {
    service: 'support',
    role: 'AWSServiceRoleForSupport',
    session: 'awssupport',
    perDay: 6,
    calls: ['ec2:DescribeInstances', 'lambda:GetFunctionConfiguration'],
  },
  { service: 'delivery.logs', perDay: 30, calls: ['s3:PutObject', 'kms:GenerateDataKey'] },
  {
    service: 'secretsmanager',
    perDay: 2,
    calls: ['secretsmanager:RotationStarted', 'secretsmanager:RotationSucceeded'],
  },
  { service: 'dynamodb', perDay: 12, calls: ['kms:Decrypt'] },
  { service: 'rds', perDay: 10, calls: ['kms:CreateGrant', 'kms:DescribeKey'] },
  { service: 'ssm', perDay: 20, calls: ['kms:Decrypt', 'ec2:DescribeInstances'] },
  {
    service: 'guardduty',
    role: 'AWSServiceRoleForAmazonGuardDuty',
    session: 'GuardDuty',
    perDay: 40,
    calls: ['ec2:DescribeInstances', 'ec2:DescribeImages', 's3:GetBucketPublicAccessBlock'],
  },
];

/** More of them would be the same again. */
export const SERVICES_PER_ACCOUNT = KEEPERS.length;

/** The n-th service at work in an account. */
export function serviceMember(ground: Ground, team: Team, site: Site, number: number): Resident {
  const { culture } = ground;
  const keeper = KEEPERS[Math.floor(number / Math.max(1, ground.sites.length)) % KEEPERS.length] ?? KEEPERS[0];
  if (keeper === undefined) throw new RangeError('no services');
  const host = `${keeper.service}.amazonaws.com`;
  const id = `service/${site.account.id}/${keeper.service}`;
  const random = randomStream('service', culture.half, culture.seed, id);
  const perDay = keeper.perDay * (0.5 + random.float()) * Math.min(1, culture.volume);
  const { catalog } = culture.pool;
  const tasks = keeper.calls.flatMap((operation) => {
    const task = { weight: 0.3 + random.float(), steps: [catalog.one(operation)] };
    return keeper.bothRegions ? [task, { ...task, weight: task.weight / 3, region: culture.secondRegion }] : [task];
  });
  const session = (from: EpochMs, day: number, number: number): WorkSession => ({
    day,
    number,
    from,
    until: from + DAY_MS,
    client: { address: host, userAgent: host },
    tasks: perDay,
  });

  return machine(culture.days, {
    id,
    kind: 'service',
    viewpoint: { site, team, taste: id },
    principalName: keeper.role ?? host,
    hours: [0, 24],
    callsPerActiveDay: perDay,
    tasks,
    sessionsOn: (day) => [session(day.start + 60_000, day.index, 0)],
    sessionAt: (at, index) => session(at - 3_600_000, Math.floor((at - culture.start) / DAY_MS), index),
    enter(begun: WorkSession, client: Client) {
      if (keeper.role === undefined) return awsService(site.account, host);
      const linked = roleSession(
        site.account,
        {
          roleName: keeper.role,
          rolePath: `aws-service-role/${host}/`,
          sessionName: (keeper.session ?? keeper.service).replace('{account}', site.account.id),
          accessKeyId: accessKeyIdOf('ASIA', id, begun.day, begun.number),
          since: begun.from,
        },
        client,
      );
      return client.address === host ? through(linked, host) : linked;
    },
    moments: evenly,
  });
}
