import { type Operation, POLICY_PATH, POWERS, type Power } from '@portcullis/respond';

/** One statement of an identity policy. */
export interface PowerStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const ON_POLICIES: ReadonlySet<Operation> = new Set([
  'iam:CreatePolicy',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
]);
const OF_PRINCIPALS: ReadonlySet<Operation> = new Set([
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:DetachRolePolicy',
  'iam:DetachUserPolicy',
]);

/**
 * What sessions of a power are held to in one account, whatever its role is given there (`stacks/response/power-statements.ts`).
 *
 * Of `mint`, `attach` and `revert`, whatever has to do with policies is limited to our own path.
 */
export function statementsOf(power: Power, account: string, partition = 'aws'): readonly PowerStatement[] {
  const operations = POWERS[power];
  if (power === 'look') return [allow(operations, ['*'])];
  // A control policy of ours is born with its tag
  if (power === 'edit') return [allow([...operations, 'organizations:TagResource'], ['*'])];
  const ours = `arn:${partition}:iam::${account}:policy${POLICY_PATH}*`;
  const rest = operations.filter((operation) => !ON_POLICIES.has(operation) && !OF_PRINCIPALS.has(operation));
  const onPrincipals = operations.filter((operation) => OF_PRINCIPALS.has(operation));
  return [
    allow(
      operations.filter((operation) => ON_POLICIES.has(operation)),
      [ours],
    ),
    {
      ...allow(
        onPrincipals,
        ['role', 'user'].map((kind) => `arn:${partition}:iam::${account}:${kind}/*`),
      ),
      Condition: { ArnLike: { 'iam:PolicyARN': ours } },
    },
    allow(
      rest.filter((operation) => operation.startsWith('iam:')),
      [`arn:${partition}:iam::${account}:user/*`],
    ),
    allow(
      rest.filter((operation) => operation.startsWith('lambda:')),
      ['*'],
    ),
  ].filter(({ Action }) => Action.length > 0);
}

/** Above it STS refuses. */
const MAX_CHARACTERS = 2048;

/**
 * Session policy that a role is taken up with: what the power is held to, and that nothing is done to whom the response policy protects.
 *
 * The latter is what keeps roles of members from them, since one template serves all members. Where the list is too long, it is left out as a
 * whole: then the code alone keeps to it, as it does anyway.
 *
 * @param protectedNames - `role/admin`, `user/*`: as IAM matches names
 */
export function sessionPolicy(
  power: Power,
  account: string,
  partition: string,
  protectedNames: readonly string[] = [],
): string {
  const allowed = statementsOf(power, account, partition);
  const write = (Statement: readonly PowerStatement[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  if (power === 'look' || power === 'mint' || protectedNames.length === 0) return write(allowed);
  const Resource = protectedNames.map((name) => `arn:${partition}:iam::${account}:${name}`);
  const whole = write([...allowed, { Effect: 'Deny', Action: ['iam:*'], Resource }]);
  return whole.length <= MAX_CHARACTERS ? whole : write(allowed);
}

function allow(Action: readonly string[], Resource: readonly string[]): PowerStatement {
  return { Effect: 'Allow', Action, Resource };
}
