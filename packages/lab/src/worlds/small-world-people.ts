import { type PersonProfile, WEEKDAYS } from '../actors/person.ts';
import { type CallHabit, habit } from '../actors/recorded.ts';
import { describeTable, getBucketPolicy, listBuckets, startQuery } from '../calls/data.ts';
import { getCallerIdentity, getRole, listAttachedRolePolicies, listRoles, listUsers } from '../calls/identity.ts';
import { getFunction, getFunctionConfiguration, getFunctionPolicy, listFunctions } from '../calls/lambda.ts';
import {
  describeAlarms,
  describeHealth,
  describeInstances,
  describeLogGroups,
  describeSecurityGroups,
  describeStacks,
  describeVolumes,
  filterLogEvents,
  getCostAndUsage,
  getMetricData,
  lookupEvents,
  startLogQuery,
} from '../calls/operations.ts';
import { HOMES } from '../record/networks.ts';

const FUNCTIONS = ['orders-api', 'payments-webhook', 'image-resize', 'notifier', 'nightly-report', 'session-cleaner'];
const TABLES = ['orders', 'carts', 'sessions'];
const MAC_CLI = 'aws-cli/2.31.20 md/awscrt#0.27.6 ua/2.1 os/macos#25.0.0 md/arch#arm64 lang/python#3.13.7';
const LINUX_CLI = 'aws-cli/2.31.9 md/awscrt#0.27.6 ua/2.1 os/linux#6.14.0-33-generic md/arch#x86_64 lang/python#3.13.7';
const BOTO = 'Boto3/1.40.61 md/Botocore#1.40.61 ua/2.1 os/linux#6.14.0-33-generic md/arch#x86_64 lang/python#3.12.3';

const looksAround: readonly CallHabit[] = [
  habit(6, (random) => getMetricData(random.pick(['AWS/Lambda', 'AWS/ApiGateway', 'AWS/DynamoDB']))),
  habit(4, () => describeAlarms()),
  habit(3, () => describeLogGroups()),
  habit(1, () => describeHealth()),
];

const develops: readonly CallHabit[] = [
  ...looksAround,
  habit(8, (random) => startLogQuery(`/aws/lambda/${random.pick(FUNCTIONS)}`)),
  habit(6, (random) => filterLogEvents(`/aws/lambda/${random.pick(FUNCTIONS)}`)),
  habit(5, (random) => getFunctionConfiguration(random.pick(FUNCTIONS))),
  habit(3, () => listFunctions()),
  habit(3, (random) => describeTable(random.pick(TABLES))),
  habit(2, () => describeStacks('fern-shop')),
  habit(1, () => getCallerIdentity()),
  habit(0.4, (random) => getFunction(random.pick(FUNCTIONS))),
];

const operates: readonly CallHabit[] = [
  ...looksAround,
  habit(5, () => describeInstances()),
  habit(4, () => describeSecurityGroups()),
  habit(3, () => describeVolumes()),
  habit(3, () => describeStacks('fern-network')),
  habit(3, (random) => getRole(`${random.pick(FUNCTIONS)}-role`)),
  habit(2, () => lookupEvents()),
  habit(2, () => getCallerIdentity()),
  habit(1, () => listBuckets()),
];

const maintains: readonly CallHabit[] = [
  habit(4, () => describeInstances()),
  habit(3, (random) => getFunctionConfiguration(random.pick(FUNCTIONS))),
  habit(2, () => describeVolumes()),
  habit(1, () => getCallerIdentity()),
];

const supports: readonly CallHabit[] = [
  ...looksAround,
  habit(9, () => filterLogEvents('/aws/lambda/orders-api')),
  habit(4, () => filterLogEvents('/aws/lambda/notifier')),
  habit(2, () => describeTable('orders')),
];

const audits: readonly CallHabit[] = [
  habit(5, () => listRoles()),
  habit(4, () => listUsers()),
  habit(4, (random) => listAttachedRolePolicies(`${random.pick(FUNCTIONS)}-role`)),
  habit(4, (random) => getFunctionPolicy(random.pick(FUNCTIONS))),
  habit(3, (random) => getBucketPolicy(random.pick(['fern-artifacts', 'fern-media', 'fern-exports']))),
  habit(3, () => lookupEvents()),
  habit(2, () => describeSecurityGroups()),
];

const analyses: readonly CallHabit[] = [
  habit(8, () => startQuery('reporting')),
  habit(3, () => getCostAndUsage()),
  habit(2, () => listBuckets()),
];

const developer = {
  ssoRole: 'AWSReservedSSO_Developer_0f1e2d3c4b5a6978',
  shift: [9, 17.5],
  workdays: WEEKDAYS,
  consoleShare: 0.4,
  sessionsPerDay: 2.4,
  callsPerSession: 14,
  habits: develops,
} as const satisfies Partial<PersonProfile>;

const operator = {
  ssoRole: 'AWSReservedSSO_PlatformEngineer_a1b2c3d4e5f60718',
  shift: [8.5, 17],
  workdays: WEEKDAYS,
  consoleShare: 0.2,
  sessionsPerDay: 2.2,
  callsPerSession: 14,
  habits: operates,
  elevation: { roleName: 'ops-maintenance', perSession: 0.3, habits: maintains },
} as const satisfies Partial<PersonProfile>;

const supporter = {
  ssoRole: 'AWSReservedSSO_Support_77aa88bb99cc00dd',
  consoleShare: 1,
  sessionsPerDay: 3,
  callsPerSession: 9,
  habits: supports,
} as const satisfies Partial<PersonProfile>;

/** The team: four time zones, night shifts, a holiday, and a developer who joins half way. */
export function team(days: number): readonly PersonProfile[] {
  const joins = Math.floor(days * 0.45);
  return [
    {
      ...developer,
      email: 'amara@example.com',
      utcOffsetHours: 0,
      home: HOMES.london,
      officeDays: [2, 3, 4],
      cliAgent: MAC_CLI,
    },
    {
      ...developer,
      email: 'bjorn@example.com',
      utcOffsetHours: 1,
      home: HOMES.stockholm,
      officeDays: [],
      cliAgent: LINUX_CLI,
      away: [9, 13],
    },
    {
      ...developer,
      email: 'chiara@example.com',
      utcOffsetHours: 1,
      home: HOMES.milan,
      officeDays: [],
      cliAgent: MAC_CLI,
    },
    {
      ...developer,
      email: 'duarte@example.com',
      utcOffsetHours: 0,
      home: HOMES.lisbon,
      officeDays: [],
      cliAgent: LINUX_CLI,
      joins,
    },
    {
      ...operator,
      email: 'elin@example.com',
      utcOffsetHours: 1,
      home: HOMES.stockholm,
      officeDays: [],
      cliAgent: LINUX_CLI,
    },
    {
      ...operator,
      email: 'finn@example.com',
      utcOffsetHours: 0,
      home: HOMES.london,
      officeDays: [1, 2, 3, 4],
      cliAgent: MAC_CLI,
    },
    {
      ...supporter,
      email: 'gwen@example.com',
      utcOffsetHours: 0,
      home: HOMES.leeds,
      officeDays: [],
      cliAgent: MAC_CLI,
      shift: [8, 16],
      workdays: [1, 2, 3, 4, 6],
    },
    {
      ...supporter,
      email: 'hana@example.com',
      utcOffsetHours: 8,
      home: HOMES.manila,
      officeDays: [],
      cliAgent: MAC_CLI,
      shift: [16, 24],
      workdays: [0, 1, 2, 3, 5],
    },
    {
      email: 'iris@example.com',
      ssoRole: 'AWSReservedSSO_Analyst_1122334455667788',
      utcOffsetHours: -5,
      shift: [9, 17],
      workdays: WEEKDAYS,
      officeDays: [],
      home: HOMES.boston,
      cliAgent: BOTO,
      consoleShare: 0.3,
      sessionsPerDay: 1.6,
      callsPerSession: 10,
      habits: analyses,
    },
    {
      email: 'jonas@example.com',
      ssoRole: 'AWSReservedSSO_SecurityAudit_99887766554433ff',
      utcOffsetHours: 1,
      shift: [10, 16],
      workdays: [1, 3, 5],
      officeDays: [],
      home: HOMES.stockholm,
      cliAgent: BOTO,
      consoleShare: 0.3,
      sessionsPerDay: 1.5,
      callsPerSession: 18,
      habits: audits,
    },
  ];
}
