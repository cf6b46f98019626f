import { ConfigurationError, type ConfigurationProblem } from '@portcullis/config';

/** What only handlers need to know of their deployment; the rest is `awsConfigFrom` of packages/aws. */
export interface Environment {
  /** Account that all of it runs in. */
  readonly account: string;
  /** Names and ARNs of what brings logs here: whoever lays hands on one of them is told of. */
  readonly feed: readonly string[];
  /** Key that alerts are signed with; empty where nobody checks. */
  readonly signingKey: string;
  /** Role by which accounts of the organization are asked; empty for a single account. */
  readonly memberRole: string;
  /** File of the network table, from its layer. */
  readonly networkTable: string;
  /** Log groups whose subscriptions are believed, `function:` and the like before what is not CloudTrail's, and the accounts that may own them. */
  readonly logGroups: readonly string[];
  readonly logOwners: readonly string[];
  /** Bucket of the trail, and where in it logs lie; empty where none is read. */
  readonly trail: { readonly bucket: string; readonly prefix: string };
  /** The same of flow logs. */
  readonly flows: { readonly bucket: string; readonly prefix: string };
  /** Beginning of the names of our functions. */
  readonly functions: string;
  /** Group of one-time schedules, and the role that they wake functions by. */
  readonly schedules: { readonly group: string; readonly roleArn: string };
  /** Bucket in which the copy of the ledger is locked. */
  readonly ledgerBucket: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Name of the variable, and a value that it could have. */
export const VARIABLES = {
  account: { name: 'PORTCULLIS_ACCOUNT', example: '123456789012' },
  feed: { name: 'PORTCULLIS_FEED', example: '["portcullis-production-trail"]' },
  signingKey: {
    name: 'PORTCULLIS_SIGNING_KEY',
    example: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
  memberRole: { name: 'PORTCULLIS_MEMBER_ROLE', example: 'portcullis-production-member' },
  networkTable: { name: 'PORTCULLIS_NETWORK_TABLE', example: '/opt/network.bin' },
  logGroups: { name: 'PORTCULLIS_LOG_GROUPS', example: '["aws-cloudtrail-logs"]' },
  logOwners: { name: 'PORTCULLIS_LOG_OWNERS', example: '["123456789012"]' },
  trailBucket: { name: 'PORTCULLIS_TRAIL_BUCKET', example: 'example-trail-logs' },
  trailPrefix: { name: 'PORTCULLIS_TRAIL_PREFIX', example: 'AWSLogs/' },
  flowBucket: { name: 'PORTCULLIS_FLOW_BUCKET', example: 'example-flow-logs' },
  flowPrefix: { name: 'PORTCULLIS_FLOW_PREFIX', example: 'AWSLogs/' },
  functions: { name: 'PORTCULLIS_RESPONSE_FUNCTIONS', example: 'portcullis-production-' },
  schedules: { name: 'PORTCULLIS_RESPONSE_SCHEDULES', example: 'portcullis-production-response' },
  schedulerRole: {
    name: 'PORTCULLIS_RESPONSE_SCHEDULER_ROLE',
    example: 'arn:aws:iam::123456789012:role/portcullis-production-response-clock',
  },
  ledgerBucket: { name: 'PORTCULLIS_LEDGER_BUCKET', example: 'portcullis-production-ledger-123456789012-eu-west-1' },
} as const;

type Setting = keyof typeof VARIABLES;

/** A bucket may not be read, or as a whole; a single account has no members, and a bed to try things on no key. */
const MAY_BE_EMPTY: ReadonlySet<Setting> = new Set([
  ...(['trailBucket', 'trailPrefix', 'flowBucket', 'flowPrefix'] as const),
  ...(['memberRole', 'signingKey'] as const),
]);

/**
 * Reads what a handler needs, at its cold start.
 *
 * @param needed - the handler's own; others stay empty
 * @throws {ConfigurationError} naming each variable that is missing or wrong, and a good value
 */
export function readEnvironment(variables: Variables, needed: readonly Setting[]): Environment {
  const problems: ConfigurationProblem[] = [];
  const text = (setting: Setting): string => {
    const value = variables[VARIABLES[setting].name];
    if (value === undefined && needed.includes(setting)) problems.push(problem(setting, 'is not set'));
    if (value === '' && needed.includes(setting) && !MAY_BE_EMPTY.has(setting))
      problems.push(problem(setting, 'is empty'));
    return value ?? '';
  };
  const texts = (setting: Setting): readonly string[] => {
    const value = text(setting);
    const list = textsIn(value);
    if (list === undefined && value !== '' && needed.includes(setting)) problems.push(problem(setting, `is ${value}`));
    return list ?? [];
  };
  const environment: Environment = {
    account: text('account'),
    feed: texts('feed'),
    signingKey: text('signingKey'),
    memberRole: text('memberRole'),
    networkTable: text('networkTable'),
    logGroups: texts('logGroups'),
    logOwners: texts('logOwners'),
    trail: { bucket: text('trailBucket'), prefix: text('trailPrefix') },
    flows: { bucket: text('flowBucket'), prefix: text('flowPrefix') },
    functions: text('functions'),
    schedules: { group: text('schedules'), roleArn: text('schedulerRole') },
    ledgerBucket: text('ledgerBucket'),
  };
  if (problems.length > 0) throw new ConfigurationError('environment', problems);
  return environment;
}

function problem(setting: Setting, found: string): ConfigurationProblem {
  const { name, example } = VARIABLES[setting];
  return { path: name, message: `${found}; takes a value like ${example}, and the stacks set it` };
}

/** @returns `undefined` for what is not a list of texts, in JSON */
function textsIn(value: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
