import { POLICY_PATH } from '../../packages/respond/src/actions/attach-deny-policy.ts';
import type { Operation, Power } from '../../packages/respond/src/api-call.ts';
import { POWERS } from '../../packages/respond/src/powers.ts';

/** Powers that change something; each is a role of its own. */
export type ActingPower = Exclude<Power, 'look'>;

/** One statement of a role, over whatever stands for ARNs: outputs of Pulumi here, intrinsics of CloudFormation in members. */
export interface PowerStatement<T> {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly T[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly T[]>>>>;
}

/** Makes an ARN of the account that is acted on; `owner` and `region` are empty where the service knows none. */
export type MakeArn<T> = (parts: {
  readonly service: string;
  readonly region: '' | '*';
  readonly owner: 'account' | '' | '*';
  readonly rest: string;
}) => T;

/** A kind of resource, as ARNs of it look. */
interface Kind {
  readonly service: string;
  readonly region: '' | '*';
  readonly owner: 'account' | '' | '*';
  readonly rest: readonly string[];
}

const iam = (...rest: readonly string[]): Kind => ({ service: 'iam', region: '', owner: 'account', rest });
const lambda = (...rest: readonly string[]): Kind => ({ service: 'lambda', region: '*', owner: 'account', rest });
const ec2 = (owner: Kind['owner'], ...rest: readonly string[]): Kind => ({ service: 'ec2', region: '*', owner, rest });
const sso = (...rest: readonly string[]): Kind => ({ service: 'sso', region: '', owner: '', rest });
/** Policies of an organization belong to its management account. */
const organization = (...rest: readonly string[]): Kind => ({ service: 'organizations', region: '', owner: '*', rest });

const OUR_POLICIES = `policy${POLICY_PATH}*`;
const FUNCTIONS = lambda('function:*');
const OUR_POLICY = { ArnLike: { 'iam:PolicyARN': iam(OUR_POLICIES) } };

/** The tag by which service control policies of ours are told from all others. */
const PINNED = { key: 'portcullis', value: 'pin' };

/** How far an operation reaches. */
interface Limit {
  readonly sid: string;
  readonly on: readonly Kind[];
  /** Values are kinds where they are ARNs. */
  readonly when?: Readonly<Record<string, Readonly<Record<string, Kind | string>>>>;
}

const CLOSES: Limit = {
  sid: 'CloseUrls',
  on: [FUNCTIONS],
  when: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
};

/** What all powers but `edit` are limited to, by operation. */
const LIMITS: Readonly<Partial<Record<Operation, Limit>>> = {
  'iam:CreatePolicy': { sid: 'Mint', on: [iam(OUR_POLICIES)] },
  'iam:DeletePolicy': { sid: 'Unmint', on: [iam(OUR_POLICIES)] },
  'iam:DeletePolicyVersion': { sid: 'Unmint', on: [iam(OUR_POLICIES)] },
  'iam:AttachRolePolicy': { sid: 'Attach', on: [iam('role/*', 'user/*')], when: OUR_POLICY },
  'iam:AttachUserPolicy': { sid: 'Attach', on: [iam('role/*', 'user/*')], when: OUR_POLICY },
  'iam:DetachRolePolicy': { sid: 'Detach', on: [iam('role/*', 'user/*')], when: OUR_POLICY },
  'iam:DetachUserPolicy': { sid: 'Detach', on: [iam('role/*', 'user/*')], when: OUR_POLICY },
  'iam:UpdateAccessKey': { sid: 'Keys', on: [iam('user/*')] },
  'lambda:AddPermission': { sid: 'Functions', on: [FUNCTIONS] },
  'lambda:DeleteFunctionConcurrency': { sid: 'Functions', on: [FUNCTIONS] },
  'lambda:PutFunctionConcurrency': { sid: 'Functions', on: [FUNCTIONS] },
  'lambda:RemovePermission': { sid: 'Functions', on: [FUNCTIONS] },
  'lambda:UpdateAlias': { sid: 'Functions', on: [FUNCTIONS] },
  'lambda:UpdateEventSourceMapping': { sid: 'EventSources', on: [lambda('event-source-mapping:*')] },
  'lambda:UpdateFunctionUrlConfig': { sid: 'Urls', on: [FUNCTIONS] },
};

const PRINCIPALS: Limit = { sid: 'Principals', on: [iam('role/*', 'user/*', 'group/*')] };
const PERMISSION_SETS: Limit = { sid: 'PermissionSets', on: [sso('instance/*', 'permissionSet/*', 'account/*')] };
const PINS: Limit = {
  sid: 'Pins',
  on: [organization('policy/*/service_control_policy/*')],
  when: { StringEquals: { [`aws:ResourceTag/${PINNED.key}`]: PINNED.value } },
};

/** What `edit` is limited to: whatever is the customer's own. */
const EDIT_LIMITS: Readonly<Partial<Record<Operation, Limit>>> = {
  'iam:AddUserToGroup': PRINCIPALS,
  'iam:AttachGroupPolicy': PRINCIPALS,
  'iam:AttachRolePolicy': PRINCIPALS,
  'iam:AttachUserPolicy': PRINCIPALS,
  'iam:DeleteGroupPolicy': PRINCIPALS,
  'iam:DeleteRolePolicy': PRINCIPALS,
  'iam:DeleteUserPolicy': PRINCIPALS,
  'iam:DetachGroupPolicy': PRINCIPALS,
  'iam:DetachRolePolicy': PRINCIPALS,
  'iam:DetachUserPolicy': PRINCIPALS,
  'iam:PutGroupPolicy': PRINCIPALS,
  'iam:PutRolePolicy': PRINCIPALS,
  'iam:PutUserPolicy': PRINCIPALS,
  'iam:RemoveUserFromGroup': PRINCIPALS,
  'iam:UpdateAssumeRolePolicy': PRINCIPALS,
  'iam:SetDefaultPolicyVersion': { sid: 'Versions', on: [iam('policy/*')] },
  'ec2:ModifyImageAttribute': { sid: 'Shares', on: [ec2('', 'image/*', 'snapshot/*')] },
  'ec2:ModifySnapshotAttribute': { sid: 'Shares', on: [ec2('', 'image/*', 'snapshot/*')] },
  'ec2:ModifyNetworkInterfaceAttribute': {
    sid: 'Isolate',
    on: [ec2('account', 'network-interface/*', 'security-group/*')],
  },
  'organizations:AttachPolicy': PINS,
  'organizations:DeletePolicy': PINS,
  'organizations:DetachPolicy': PINS,
  'sso:DeleteInlinePolicyFromPermissionSet': PERMISSION_SETS,
  'sso:ProvisionPermissionSet': PERMISSION_SETS,
  'sso:PutInlinePolicyToPermissionSet': PERMISSION_SETS,
};

/** Beside its operations: a pin is born with its tag, and goes on targets, which have none. */
const PINNING: readonly (Limit & { readonly actions: readonly string[] })[] = [
  {
    sid: 'CreatePins',
    actions: ['organizations:CreatePolicy', 'organizations:TagResource'],
    on: [organization('policy/*/service_control_policy/*')],
    when: { StringEquals: { [`aws:RequestTag/${PINNED.key}`]: PINNED.value } },
  },
  {
    sid: 'PinTargets',
    actions: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
    on: [organization('account/*', 'ou/*', 'root/*')],
  },
];

/** Reads of our own policies: a document is looked at again right before it is attached, and after. */
const READ_BACK: readonly Operation[] = ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions'];

/** Whom no role of ours may change, as IAM matches names. `never-touch.ts` says the same in code, and says why. */
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

/** Policies that give all there is: whoever wants one back attaches it by hand. */
const ALL_POWERFUL = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

/**
 * What one role may do, from the list that the code uses too: allowed by operation, path and condition, and denied whatever
 * else is granted to it, for itself, its siblings and whom nothing may touch.
 *
 * @param protect - more that nothing may touch: `role/admin`, `user/break-glass`
 */
export function powerStatements<T>(
  power: ActingPower,
  makeArn: MakeArn<T>,
  { protect = [], text }: { readonly protect?: readonly string[]; text(value: string): T },
): readonly PowerStatement<T>[] {
  const limits = power === 'edit' ? EDIT_LIMITS : LIMITS;
  const limited = POWERS[power].flatMap((operation) => {
    // `attach` closes URLs, and `revert` may open them again
    const limit = power === 'attach' && operation === 'lambda:UpdateFunctionUrlConfig' ? CLOSES : limits[operation];
    if (limit !== undefined) return [{ limit, operation }];
    if (operation === 'organizations:CreatePolicy') return [];
    throw new RangeError(`nobody has said how ${operation} is limited for ${power}`);
  });
  const bySid = Map.groupBy(limited, ({ limit }) => limit.sid);
  const allowed = [...bySid].flatMap(([, [first, ...more]]) =>
    first === undefined
      ? []
      : [
          statement(
            'Allow',
            first.limit,
            [first, ...more].map(({ operation }) => operation),
            makeArn,
            text,
          ),
        ],
  );
  const readBack =
    power === 'edit'
      ? []
      : [statement('Allow', { sid: 'ReadBack', on: [iam(OUR_POLICIES)] }, READ_BACK, makeArn, text)];
  const pinning = power === 'edit' ? PINNING.map((one) => statement('Allow', one, one.actions, makeArn, text)) : [];
  return [...allowed, ...readBack, ...pinning, ...denied(power, protect, makeArn, text)];
}

/** What reading takes, for planning and for reading back. Everything can be looked at; nothing of it is content of data. */
export function lookStatements<T>(makeArn: MakeArn<T>, text: (value: string) => T): readonly PowerStatement<T>[] {
  const of = (service: string) => POWERS.look.filter((operation) => operation.startsWith(`${service}:`));
  const kinds: readonly [string, Kind][] = [
    ['iam', iam('role/*', 'user/*', 'group/*', 'policy/*')],
    ['lambda', lambda('function:*', 'event-source-mapping:*')],
    ['sso', sso('instance/*', 'permissionSet/*')],
    ['organizations', organization('policy/*')],
  ];
  return [
    ...kinds.map(([service, kind]) =>
      statement(
        'Allow',
        { sid: `Look${service}`, on: [kind] },
        of(service).filter((name) => !KNOWS_NO_RESOURCE.has(name)),
        makeArn,
        text,
      ),
    ),
    { Sid: 'LookAtAll', Effect: 'Allow', Action: [...KNOWS_NO_RESOURCE].sort(), Resource: [text('*')] },
  ];
}

/** Reads for which AWS takes no resource but `*`. Source: Service Authorization Reference. */
export const KNOWS_NO_RESOURCE: ReadonlySet<Operation> = new Set<Operation>([
  'ec2:DescribeImageAttribute',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSnapshotAttribute',
  'organizations:ListPolicies',
]);

function denied<T>(
  power: ActingPower,
  protect: readonly string[],
  makeArn: MakeArn<T>,
  text: (value: string) => T,
): readonly PowerStatement<T>[] {
  const operations = POWERS[power];
  const onPrincipals = operations.filter(
    (operation) =>
      operation.startsWith('iam:') &&
      !/Policy(?:Version)?$/.test(operation.replace(/(?:Role|User|Group|AssumeRole)Policy$/, '')),
  );
  const onFunctions = operations.filter((operation) => operation.startsWith('lambda:'));
  const deny = (sid: string, on: readonly Kind[], actions: readonly string[], when?: Limit['when']) =>
    actions.length === 0 ? [] : [statement('Deny', { sid, on, ...(when && { when }) }, actions, makeArn, text)];
  return [
    ...deny('NeverTouch', [iam(...NEVER_TOUCH, ...protect)], onPrincipals),
    ...deny('NeverOurFunctions', [lambda('function:portcullis*')], onFunctions),
    ...(power === 'edit'
      ? [
          ...deny('NeverOurPolicies', [iam(OUR_POLICIES)], ['iam:SetDefaultPolicyVersion']),
          ...deny(
            'OnlyRevertTakesOursOff',
            [iam('role/*', 'user/*', 'group/*')],
            operations.filter((name) => /^iam:(?:Attach|Detach)/.test(name)),
            OUR_POLICY,
          ),
          ...deny(
            'NobodyGetsAllBack',
            [iam('role/*', 'user/*', 'group/*')],
            operations.filter((name) => name.startsWith('iam:Attach')),
            {
              ArnLike: {
                'iam:PolicyARN': {
                  service: 'iam',
                  region: '',
                  owner: '*',
                  rest: ALL_POWERFUL.map((name) => `policy/*${name}`),
                },
              },
            },
          ),
        ]
      : []),
  ];
}

function statement<T>(
  Effect: PowerStatement<T>['Effect'],
  { sid, on, when }: Limit,
  actions: readonly string[],
  makeArn: MakeArn<T>,
  text: (value: string) => T,
): PowerStatement<T> {
  return {
    Sid: sid,
    Effect,
    Action: actions,
    Resource: on.flatMap((kind) => arnsOf(kind, makeArn)),
    ...(when && {
      Condition: Object.fromEntries(
        Object.entries(when).map(([test, keys]) => [
          test,
          Object.fromEntries(
            Object.entries(keys).map(([key, value]) => [
              key,
              typeof value === 'string' ? [text(value)] : arnsOf(value, makeArn),
            ]),
          ),
        ]),
      ),
    }),
  };
}

function arnsOf<T>({ rest, ...kind }: Kind, makeArn: MakeArn<T>): readonly T[] {
  return rest.map((one) => makeArn({ ...kind, rest: one }));
}
