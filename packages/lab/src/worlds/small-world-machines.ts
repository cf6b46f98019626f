import { HOUR_MS } from '@portcullis/event';
import { everyHours, type Timetable } from '../actors/timetable.ts';
import { write } from '../calls/call.ts';
import { createSnapshot, deleteSnapshot, getBucketAcl, putObject } from '../calls/data.ts';
import { assumeRole, getRole } from '../calls/identity.ts';
import { listFunctions } from '../calls/lambda.ts';
import {
  describeInstances,
  describeSecurityGroups,
  describeVolumes,
  getMetricData,
  listMetrics,
  updateInstanceInformation,
} from '../calls/operations.ts';
import { getParameter } from '../calls/secrets.ts';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import { awsService, type Client, iamUser, roleSession, through } from '../record/caller.ts';
import type { Day } from '../world.ts';

export const SEARCH_NODE = { instanceId: 'i-0a1b2c3d4e5f67890', roleName: 'search-node-role' } as const;
export const VOLUMES = ['vol-0aa11bb22cc33dd44', 'vol-0ee55ff66aa77bb88'];

/** Everything in the shop that runs by the clock. */
export function machines(account: Account, volume: number): readonly Timetable[] {
  const scaled = (hours: number) => Math.min(12, hours / Math.min(1, volume));
  return [
    {
      id: 'user/metrics-exporter',
      caller: () => iamUser(account, 'metrics-exporter', METRICS_VENDOR),
      hours: everyHours(scaled(1), 0.1),
      calls: (random) => [
        listMetrics('AWS/Lambda'),
        getMetricData('AWS/Lambda'),
        ...(random.chance(0.5) ? [getMetricData('AWS/DynamoDB')] : []),
      ],
    },
    {
      id: 'user/backup-runner',
      caller: () => iamUser(account, 'backup-runner', BACKUP_HOST),
      hours: [1.5],
      calls: (_, day) => [
        describeVolumes(),
        ...VOLUMES.map((volumeId) => createSnapshot(volumeId, snapshotOf(volumeId, day.index))),
        ...VOLUMES.map((volumeId) => deleteSnapshot(snapshotOf(volumeId, day.index - 14))),
      ],
    },
    {
      id: 'instance/search-node',
      caller: (day) => searchNode(account, day, { address: '34.245.17.93', userAgent: SSM_AGENT }),
      hours: everyHours(scaled(1), 0.4),
      calls: (random) => [
        updateInstanceInformation(SEARCH_NODE.instanceId),
        ...(random.chance(0.2) ? [getParameter('/shop/search/config')] : []),
        ...(random.chance(0.2) ? [putObject('fern-search', `segments/${random.hex(8)}`)] : []),
      ],
    },
    {
      id: 'service/cloudtrail',
      caller: () => awsService(account, 'cloudtrail.amazonaws.com'),
      hours: everyHours(scaled(3), 0.7),
      calls: () => ['eu-west-1', 'us-east-1'].map((region) => ({ ...getBucketAcl('fern-audit-logs'), region })),
    },
    {
      id: 'service/ec2-role-delivery',
      caller: () => awsService(account, 'ec2.amazonaws.com'),
      hours: everyHours(6, 0.2),
      calls: (_, day) => [
        assumeRole(account, {
          roleName: SEARCH_NODE.roleName,
          sessionName: SEARCH_NODE.instanceId,
          accessKeyId: searchNodeKey(day.index),
          at: day.start,
        }),
      ],
    },
    {
      id: 'service/config-recorder',
      caller: (day) =>
        through(
          roleSession(
            account,
            {
              roleName: 'AWSServiceRoleForConfig',
              rolePath: 'aws-service-role/config.amazonaws.com/',
              sessionName: 'AWSConfig-Describe',
              accessKeyId: accessKeyIdOf('ASIA', 'config', day.index),
              since: day.start,
            },
            METRICS_VENDOR,
          ),
          'config.amazonaws.com',
        ),
      hours: everyHours(scaled(4), 0.5),
      calls: () => [
        describeInstances(),
        describeSecurityGroups(),
        describeVolumes(),
        listFunctions(),
        getRole('orders-api-role'),
        { ...describeInstances(), region: 'us-east-1' },
      ],
    },
    {
      id: 'service/secret-rotation',
      caller: () => awsService(account, 'secretsmanager.amazonaws.com'),
      hours: [3.25],
      calls: (_, day) =>
        day.weekday === 3
          ? ['RotationStarted', 'RotationSucceeded'].map((name) => ({
              ...write('secretsmanager', name, null),
              type: 'AwsServiceEvent' as const,
              additional: { SecretId: arnOf(account, 'secretsmanager', 'secret:shop/database') },
            }))
          : [],
    },
  ];
}

const METRICS_VENDOR: Client = {
  address: '52.44.12.180',
  userAgent: 'Boto3/1.39.4 md/Botocore#1.39.4 ua/2.1 os/linux#5.15.0-1084-aws md/arch#x86_64 lang/python#3.11.9',
};
const BACKUP_HOST: Client = {
  address: '203.0.113.40',
  userAgent: 'aws-cli/1.42.60 md/Botocore#1.40.60 ua/2.1 os/linux#5.14.0 md/arch#x86_64 lang/python#3.9.21',
};
const SSM_AGENT = 'aws-sdk-go/1.55.8 (go1.24.6; linux; arm64) amazon-ssm-agent/3.3.3050.0';

/** Session of the search node's instance profile; AWS renews its credentials every few hours, here once a day. */
export function searchNode(account: Account, day: Pick<Day, 'start' | 'index'>, client: Client) {
  return roleSession(
    account,
    {
      roleName: SEARCH_NODE.roleName,
      sessionName: SEARCH_NODE.instanceId,
      accessKeyId: searchNodeKey(day.index),
      since: day.start + HOUR_MS / 10,
      fromInstance: true,
    },
    client,
  );
}

function searchNodeKey(dayIndex: number): string {
  return accessKeyIdOf('ASIA', SEARCH_NODE.instanceId, dayIndex);
}

/** Snapshot that the backup takes of a volume on a day; kept for 14 days. */
export function snapshotOf(volumeId: string, dayIndex: number): string {
  return `snap-0${((dayIndex + 400) * 7919).toString(16).padStart(8, '0')}${volumeId.slice(-8)}`;
}
