import type { Operation } from '../../packages/respond/src/api-call.ts';
import { POWERS } from '../../packages/respond/src/powers.ts';
import {
  type ActingPower,
  ec2,
  GIVEN_TO_NOBODY,
  iam,
  LIMITS,
  type Limit,
  lambda,
  OUR_POLICIES,
  OURS_ONLY,
  organization,
  PRINCIPALS,
  type Resources,
  sso,
} from './power-limits.ts';

/** One statement of a role, over whatever stands for a text: outputs of Pulumi in the stacks, intrinsics of CloudFormation in members. */
export interface PowerStatement<T> {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly T[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly T[]>>>>;
}

/** How texts and ARNs are written. */
export interface Writing<T> {
  text(value: string): T;
  arn(parts: Omit<Resources, 'names'> & { readonly name: string }): T;
}

/** Reads for which AWS takes no resource but `*`. Source: Service Authorization Reference. */
const KNOWS_NO_RESOURCE: ReadonlySet<string> = new Set<Operation>([
  'ec2:DescribeNetworkInterfaces',
  'iam:GetAccountAuthorizationDetails',
  'lambda:ListFunctions',
  'organizations:ListPolicies',
]);

/** Whom no role of ours may change, as IAM matches names; `never-touch.ts` says the same in code, and why. */
const NEVER_TOUCH = [
  'role/aws-service-role/*',
  'role/*AWSServiceRoleFor*',
  'role/aws-reserved/*',
  'role/*AWSReservedSSO_*',
  'role/*OrganizationAccountAccessRole',
  'role/*AWSControlTower*',
  'role/*aws-controltower*',
  'role/*stacksets-exec-*',
  'role/*AWSCloudFormationStackSet*',
  'role/*cdk-*',
  'role/*sst-bootstrap*',
  'role/*sst-asset*',
  ...['role', 'user', 'group'].flatMap((kind) => [`${kind}/*portcullis*`, `${kind}/*Portcullis*`]),
];

/** Whoever wants one of these back attaches it by hand. */
const ALL_POWERFUL: Resources = {
  ...iam('policy/*AdministratorAccess*', 'policy/*PowerUserAccess*', 'policy/*IAMFullAccess*'),
  owner: '*',
};

/**
 * What the role of a power may do, from the list that the code uses too.
 *
 * Allowed by operation, path and condition. Denied, whatever else it may be given: itself, its siblings, and whom nothing may touch.
 *
 * @param protect - more of the latter: `role/admin`, `user/break-glass`
 */
export function powerStatements<T>(
  power: ActingPower,
  protect: readonly string[],
  writing: Writing<T>,
): readonly PowerStatement<T>[] {
  const given = POWERS[power].filter((operation) => !GIVEN_TO_NOBODY.has(operation));
  const limited = given.map((operation) => {
    const limit = LIMITS[power][operation];
    if (limit === undefined) throw new RangeError(`nobody has said how ${operation} is limited for ${power}`);
    return { operation, limit };
  });
  const allowed = [...Map.groupBy(limited, ({ limit }) => limit)].map(([limit, of]) =>
    statement(
      'Allow',
      limit,
      of.map(({ operation }) => operation),
      writing,
    ),
  );
  return [...allowed, ...denied(power, protect, writing)];
}

/** What planning and reading back take. Nothing of it reads what customers keep. */
export function lookStatements<T>(writing: Writing<T>): readonly PowerStatement<T>[] {
  const kinds: readonly Resources[] = [
    iam('role/*', 'user/*', 'group/*', 'policy/*'),
    lambda('function:*', 'event-source-mapping:*'),
    ec2('', 'image/*', 'snapshot/*'),
    sso('instance/*', 'permissionSet/*'),
    organization('policy/*'),
  ];
  const of = ({ service }: Resources) =>
    POWERS.look.filter((operation) => operation.startsWith(`${service}:`) && !KNOWS_NO_RESOURCE.has(operation));
  const open = POWERS.look.filter((operation) => KNOWS_NO_RESOURCE.has(operation));
  return [
    ...kinds.map((kind) => statement('Allow', { sid: `Look${kind.service}`, on: [kind] }, of(kind), writing)),
    { Sid: 'LookAtAll', Effect: 'Allow', Action: open, Resource: [writing.text('*')] },
  ];
}

function denied<T>(power: ActingPower, protect: readonly string[], writing: Writing<T>): readonly PowerStatement<T>[] {
  const deny = (sid: string, on: Resources, pattern: RegExp, when?: Limit['when']) => {
    const actions = POWERS[power].filter((operation) => pattern.test(operation));
    return actions.length === 0 ? [] : [statement('Deny', { sid, on: [on], ...(when && { when }) }, actions, writing)];
  };
  return [
    // All of IAM that is about somebody, as against policies on their own
    ...deny(
      'NeverTouch',
      iam(...NEVER_TOUCH, ...protect),
      /^iam:(?!CreatePolicy|DeletePolicy|SetDefaultPolicyVersion)/,
    ),
    ...deny('NeverOurFunctions', lambda('function:portcullis*'), /^lambda:/),
    ...(power === 'edit'
      ? [
          ...deny('NeverOurPolicies', OUR_POLICIES, /^iam:SetDefaultPolicyVersion/),
          ...deny('OursAreForOthers', PRINCIPALS, /^iam:(?:Attach|Detach)/, OURS_ONLY),
          ...deny('NobodyGetsAllBack', PRINCIPALS, /^iam:Attach/, { ArnLike: { 'iam:PolicyARN': ALL_POWERFUL } }),
        ]
      : []),
  ];
}

function statement<T>(
  Effect: PowerStatement<T>['Effect'],
  { sid, on, when }: Limit,
  Action: readonly string[],
  writing: Writing<T>,
): PowerStatement<T> {
  const valuesOf = (value: Resources | string): readonly T[] =>
    typeof value === 'string' ? [writing.text(value)] : arnsOf(value, writing);
  return {
    Sid: sid,
    Effect,
    Action,
    Resource: on.flatMap((resources) => arnsOf(resources, writing)),
    ...(when && {
      Condition: mapValues(when, (byKey) => mapValues(byKey, valuesOf)),
    }),
  };
}

function arnsOf<T>({ names, ...resources }: Resources, { arn }: Writing<T>): readonly T[] {
  return names.map((name) => arn({ ...resources, name }));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
