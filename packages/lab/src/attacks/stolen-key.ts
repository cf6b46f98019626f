import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { firstStart, functionSession } from '../actors/lambda-function.ts';
import { personSessionKey } from '../actors/person.ts';
import { denied } from '../calls/call.ts';
import {
  deleteSnapshot,
  describeSnapshots,
  getBucketPolicy,
  getObject,
  listBuckets,
  listObjects,
  putBucketPolicy,
  shareSnapshot,
} from '../calls/data.ts';
import {
  assumeRole,
  attachUserPolicy,
  createAccessKey,
  createLoginProfile,
  createUser,
  getAccountAuthorizationDetails,
  getCallerIdentity,
  getRole,
  listAttachedRolePolicies,
  listRoles,
  listUsers,
  putRolePolicy,
  putUserPolicy,
  updateAssumeRolePolicy,
} from '../calls/identity.ts';
import {
  addPermission,
  getFunction,
  getFunctionConfiguration,
  listFunctions,
  openFunctionUrl,
  updateFunctionCode,
  updateFunctionConfiguration,
} from '../calls/lambda.ts';
import {
  createKeyPair,
  describeInstances,
  describeTrails,
  emptyEventSelectors,
  getSendQuota,
  getTrailStatus,
  openPort,
  runInstances,
  sendCommand,
  stopLogging,
} from '../calls/operations.ts';
import { getParameter, getSecretValue, listSecrets } from '../calls/secrets.ts';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import { type Caller, type Client, foreignPrincipal, iamUser, roleSession } from '../record/caller.ts';
import { HOSTING } from '../record/networks.ts';
import type { World } from '../world.ts';
import { SEARCH_NODE, searchNode, snapshotOf, VOLUMES } from '../worlds/small-world-machines.ts';
import { type AttackStep, type AttackStory, attackStory, toThisEnd } from './attack-story.ts';

/** The intruder's own account: a number that AWS uses in its documentation. */
const FOREIGN_ACCOUNT = '777788889999';
const NEW_ADMIN = 'svc-backup-sync';
const BACKDOORED_ROLE = 'ops-maintenance';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const START_MINUTE = 21 * 60 + 50;

const TERMINAL: Client = {
  address: HOSTING.droplet,
  userAgent: 'aws-cli/2.28.11 md/awscrt#0.27.6 ua/2.1 os/linux#6.12.38+kali-amd64 md/arch#x86_64 lang/python#3.13.5',
};
const SCRIPT: Client = {
  address: HOSTING.rootServer,
  userAgent: 'Boto3/1.40.18 md/Botocore#1.40.18 ua/2.1 os/linux#6.1.0-38-amd64 md/arch#x86_64 lang/python#3.11.2',
};
const SECOND_SCRIPT: Client = {
  address: HOSTING.vps,
  userAgent: 'aws-sdk-go-v2/1.38.1 ua/2.1 os/linux lang/go#1.25.0 md/GOOS#linux md/GOARCH#amd64',
};

/**
 * The last night and day of the small world: a leaked key grows into the loss of the account.
 *
 * Put together from what incident reports tell of such cases (keys in public repositories, secrets
 * in function settings, credentials read out of running functions, administrators made for keeps,
 * snapshots shared away, trails silenced). The key finds its way from identity to identity, with hours
 * between, so that a responder would want to hear of each. The trail that is stopped is a second
 * one; the one we read goes on.
 */
export function stolenKeyStory(world: World): AttackStory {
  const dayIndex = world.days - 2;
  return attackStory('stolen-key', { dayIndex, startMinute: START_MINUTE }, storySteps(world, dayIndex + 1));
}

function storySteps({ account, start }: World, lastDay: number): readonly AttackStep[] {
  const day = { index: lastDay, start: start + lastDay * DAY_MS };
  const stolenFrom = (functionName: string, named: boolean, client: Client): Caller =>
    functionSession(
      account,
      { functionName, roleName: `${functionName}-role`, named },
      lastDay,
      0,
      firstStart(functionName, day),
      client,
    );

  const leaked = iamUser(account, 'metrics-exporter', TERMINAL);
  const payments = stolenFrom('payments-webhook', true, SCRIPT);
  const release = releaseAssumption(day.start + HOUR_MS);
  const releaser = roleSession(account, { ...release, since: release.at }, SCRIPT);
  const admin = iamUser(account, NEW_ADMIN, SECOND_SCRIPT);
  const images = stolenFrom('image-resize', false, TERMINAL);
  const maintenance = {
    roleName: BACKDOORED_ROLE,
    sessionName: 'ops',
    accessKeyId: accessKeyIdOf('ASIA', 'backdoor'),
    at: day.start + 10 * HOUR_MS,
  };
  const maintainer = roleSession(account, { ...maintenance, since: maintenance.at }, SCRIPT);
  const node = searchNode(account, day, SECOND_SCRIPT);
  const developer = developerSession(account, day);
  const backup = iamUser(account, 'backup-runner', SECOND_SCRIPT, 'second');

  return [
    {
      id: 'leaked-key',
      title: 'The key of metrics-exporter, found in a public repository, is tried and used to look around',
      atMinutes: 0,
      caller: leaked,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd(
          'T1087.004',
          refused(leaked, listUsers()),
          refused(leaked, getAccountAuthorizationDetails()),
          listRoles(),
        ),
        ...toThisEnd('T1619', listBuckets()),
        ...toThisEnd('T1580', describeInstances(), describeSnapshots()),
        ...toThisEnd('T1526', listFunctions(), refused(leaked, getSendQuota())),
        ...toThisEnd('T1136.003', refused(leaked, createUser(account, 'support-svc'))),
        ...toThisEnd(
          'T1098.003',
          refused(leaked, attachUserPolicy('metrics-exporter', ADMINISTRATOR)),
          refused(leaked, putUserPolicy('metrics-exporter', 'all', { Action: '*', Resource: '*' })),
        ),
        ...toThisEnd('T1098.001', refused(leaked, createLoginProfile('metrics-exporter'))),
      ],
    },
    {
      id: 'function-settings',
      title: 'It reads settings and code of every function',
      atMinutes: 9,
      caller: leaked,
      calls: toThisEnd(
        'T1552.001',
        ...FUNCTIONS.flatMap((name) => [getFunctionConfiguration(name), getFunction(name)]),
        refused(leaked, getParameter('/shop/payments/endpoint')),
      ),
    },
    {
      id: 'stolen-function-credentials',
      title: 'Credentials read out of payments-webhook through a flaw in its code are used from outside',
      atMinutes: 190,
      caller: payments,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd(
          'T1526',
          refused(payments, listSecrets()),
          refused(payments, listAttachedRolePolicies('payments-webhook-role')),
        ),
        ...toThisEnd(
          'T1555.006',
          getSecretValue(account, 'payments/provider-key'),
          getSecretValue(account, 'platform/github-token'),
        ),
        ...toThisEnd(
          'T1098.003',
          refused(payments, putRolePolicy('payments-webhook-role', 'all', { Action: '*', Resource: '*' })),
        ),
        ...toThisEnd('T1548.005', assumeRole(account, release)),
      ],
    },
    {
      id: 'deploy-role',
      title: 'As release-manager it opens ops-maintenance to a foreign account and makes an administrator',
      atMinutes: 200,
      caller: releaser,
      calls: [
        ...toThisEnd('T1087.004', listRoles(), getRole(BACKDOORED_ROLE), getRole('github-deploy')),
        ...toThisEnd(
          'T1098',
          updateAssumeRolePolicy(BACKDOORED_ROLE, {
            AWS: [arnOf(account, 'iam', 'root'), `arn:aws:iam::${FOREIGN_ACCOUNT}:root`],
          }),
        ),
        ...toThisEnd('T1136.003', createUser(account, NEW_ADMIN)),
        ...toThisEnd('T1098.003', attachUserPolicy(NEW_ADMIN, ADMINISTRATOR)),
        ...toThisEnd(
          'T1098.001',
          createAccessKey(NEW_ADMIN, keyOf(admin)),
          createAccessKey('backup-runner', keyOf(backup)),
        ),
      ],
    },
    {
      id: 'new-administrator',
      title: 'The new administrator shares snapshots away and empties the secrets store',
      atMinutes: 320,
      caller: admin,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd('T1619', listBuckets(), getBucketPolicy('fern-exports')),
        ...toThisEnd('T1580', describeSnapshots()),
        ...toThisEnd(
          'T1537',
          ...VOLUMES.map((volume) => shareSnapshot(snapshotOf(volume, lastDay - 1), FOREIGN_ACCOUNT)),
        ),
        ...toThisEnd('T1555.006', listSecrets(), ...SECRETS.map((name) => getSecretValue(account, name))),
      ],
    },
    {
      id: 'code-overwritten',
      title: 'It replaces the code of image-resize with one that hands out its credentials',
      atMinutes: 350,
      caller: admin,
      calls: toThisEnd(
        'T1525',
        getFunction('image-resize'),
        updateFunctionCode(
          account,
          'image-resize',
          'image-resize-role',
          'f4bd1c0a4c0e5b7f2d8a6e1903b7c5d2e4f60718293a',
        ),
      ),
    },
    {
      id: 'second-function',
      title: 'Credentials of image-resize, from outside, copy exports and find a developer session in a debug bundle',
      atMinutes: 490,
      caller: images,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd(
          'T1619',
          refused(images, listBuckets()),
          listObjects('fern-exports', 'daily/'),
          listObjects('fern-artifacts', 'debug/'),
        ),
        ...toThisEnd(
          'T1530',
          ...Array.from({ length: 14 }, (_, day) => getObject('fern-exports', `daily/customers-${day}.csv`)),
        ),
        ...toThisEnd('T1552.001', getObject('fern-artifacts', 'debug/storefront-4711.tar.gz')),
        ...toThisEnd('T1537', putBucketPolicy('fern-exports', { AWS: `arn:aws:iam::${FOREIGN_ACCOUNT}:root` })),
        ...toThisEnd(
          'T1496',
          refused(images, createKeyPair('render'), 'Client.UnauthorizedOperation'),
          refused(images, runInstances('ami-0c1d2e3f405162738', 'g5.12xlarge'), 'Client.UnauthorizedOperation'),
        ),
      ],
    },
    {
      id: 'foreign-trust-used',
      title: 'The foreign account takes up ops-maintenance',
      atMinutes: 730,
      caller: foreignPrincipal(account, FOREIGN_ACCOUNT, SCRIPT),
      calls: toThisEnd('T1199', assumeRole(account, maintenance)),
    },
    {
      id: 'command-on-instance',
      title: 'As ops-maintenance it opens a port to everybody and runs a command on the search node',
      atMinutes: 732,
      caller: maintainer,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd('T1580', describeInstances()),
        ...toThisEnd('T1133', openPort('sg-0f1e2d3c4b5a69788', 22, '0.0.0.0/0')),
        ...toThisEnd('T1651', sendCommand(SEARCH_NODE.instanceId, '6b1f6d8e-54a5-4c29-9d6d-0f3f7b8a2c11')),
      ],
    },
    {
      id: 'instance-credentials',
      title: 'Credentials of the search node are used from outside',
      atMinutes: 800,
      caller: node,
      calls: [
        ...toThisEnd('T1552.005', getCallerIdentity()),
        ...toThisEnd(
          'T1555.006',
          refused(node, listSecrets()),
          getParameter('/shop/search/config'),
          getParameter('/platform/ssh-key'),
        ),
        ...toThisEnd('T1530', listObjects('fern-search', ''), getObject('fern-search', 'segments/all.idx')),
        ...toThisEnd(
          'T1098.003',
          refused(node, putRolePolicy(SEARCH_NODE.roleName, 'all', { Action: '*', Resource: '*' })),
        ),
      ],
    },
    {
      id: 'developer-session',
      title: 'A developer session out of the debug bundle opens orders-api to the internet',
      atMinutes: 1010,
      caller: developer,
      calls: [
        ...toThisEnd('T1078.004', getCallerIdentity()),
        ...toThisEnd('T1098.001', refused(developer, createAccessKey('chiara', 'AKIAIOSFODNN7EXAMPLE'))),
        ...toThisEnd(
          'T1546',
          getFunction('orders-api'),
          updateFunctionConfiguration(account, 'orders-api', 'orders-api-role'),
        ),
        ...toThisEnd(
          'T1578.005',
          addPermission('orders-api', 'lambda:InvokeFunctionUrl', '*'),
          openFunctionUrl(account, 'orders-api'),
        ),
      ],
    },
    {
      id: 'backups-deleted',
      title: 'With its own key for backup-runner it shares the last snapshots and deletes the older ones',
      atMinutes: 1120,
      caller: backup,
      calls: [
        ...toThisEnd('T1580', describeSnapshots()),
        ...toThisEnd('T1537', ...VOLUMES.map((volume) => shareSnapshot(snapshotOf(volume, lastDay), FOREIGN_ACCOUNT))),
        ...toThisEnd(
          'T1485',
          ...[1, 2, 3, 4].flatMap((age) => VOLUMES.map((volume) => deleteSnapshot(snapshotOf(volume, lastDay - age)))),
        ),
      ],
    },
    {
      id: 'blinding',
      title: 'The new administrator silences a trail',
      atMinutes: 1210,
      caller: admin,
      calls: [
        ...toThisEnd('T1526', describeTrails(), getTrailStatus(account, 'fern-audit')),
        ...toThisEnd('T1685.002', emptyEventSelectors(account, 'fern-audit'), stopLogging(account, 'fern-audit')),
      ],
    },
  ];
}

const FUNCTIONS = ['orders-api', 'payments-webhook', 'image-resize', 'notifier', 'nightly-report', 'session-cleaner'];
const SECRETS = [
  'shop/database',
  'payments/provider-key',
  'mail/smtp',
  'platform/github-token',
  'platform/sso-scim',
  'analytics/warehouse',
];

function releaseAssumption(at: number) {
  return { roleName: 'release-manager', sessionName: 'svc-check', accessKeyId: accessKeyIdOf('ASIA', 'svc-check'), at };
}

function developerSession(account: Account, day: { readonly index: number; readonly start: number }): Caller {
  const session = {
    roleName: 'AWSReservedSSO_Developer_0f1e2d3c4b5a6978',
    rolePath: `aws-reserved/sso.amazonaws.com/${account.region}/`,
    sessionName: 'chiara@example.com',
    accessKeyId: personSessionKey('chiara@example.com', day.index, 1),
    since: day.start + 9 * HOUR_MS,
  };
  return roleSession(account, session, TERMINAL);
}

function refused(caller: Caller, call: Parameters<typeof denied>[0], code?: string) {
  return denied(call, String(caller.identity.arn), code);
}

function keyOf(caller: Caller): string {
  return String(caller.identity.accessKeyId);
}
