/// <reference path="../../.sst/platform/config.d.ts" />
import type { Power } from '../../packages/respond/src/api-call.ts';
import responsePolicy from '../../response-policy.config.ts';
import { account, arn, deploy, named, PREFIX, type Text } from '../deployment.ts';
import { TAKERS } from '../members/member-template.ts';
import { pascal } from '../pipeline-function.ts';
import { policy, type Statement } from '../policy.ts';
import type { ActingPower } from './power-limits.ts';
import { lookStatements, type PowerStatement, powerStatements, type Writing } from './power-statements.ts';

/** What every role that acts asks for beside its trust: so that nobody's deputy takes it up for somebody else. */
export const EXTERNAL_ID: Text = $interpolate`${PREFIX}/${account}`;

/** Names by power, the same in every account. */
export const ROLE_NAMES: Readonly<Record<Power, string>> = {
  look: named('look'),
  mint: named('mint'),
  attach: named('attach'),
  revert: named('revert'),
  edit: named('edit'),
};

/** Edits of what is the customer's are a step further, and a role of their own. */
export const ACTING: readonly ActingPower[] =
  deploy.response === 'cuts-and-edits' ? ['mint', 'attach', 'revert', 'edit'] : ['mint', 'attach', 'revert'];

const writing: Writing<Text> = {
  text: (value) => value,
  arn: ({ service, region, owner, name }) =>
    arn(service, name, { region, owner: owner === 'account' ? account : owner }),
};

/**
 * The roles that look and act in this account; those in members are the same, of `stacks/members`.
 *
 * No function runs as one of them: it takes one up for a quarter of an hour, with a session policy, and each function can take up its own only.
 *
 * @param functions - by name; those that a power names as its takers take it up
 */
export function actingRoles(functions: Readonly<Record<string, sst.aws.Function>>): void {
  const takersOf = (power: Power) =>
    TAKERS[power].flatMap((name) => (functions[name] === undefined ? [] : [functions[name].nodes.role.arn]));
  actingRole('look', takersOf('look'), lookStatements(writing));
  for (const power of ACTING) actingRole(power, takersOf(power), powerStatements(power, protectedNames(), writing));
}

function actingRole(power: Power, takers: readonly Text[], statements: readonly PowerStatement<Text>[]): void {
  new aws.iam.Role(pascal(`power-${power}`), {
    name: ROLE_NAMES[power],
    description: `What Portcullis may do to ${power}`,
    maxSessionDuration: 3600,
    assumeRolePolicy: policy({
      Effect: 'Allow',
      Principal: { AWS: takers },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } },
    }),
    inlinePolicies: [{ name: power, policy: policy(...statements.map(statementOf)) }],
  });
}

function statementOf({ Sid, Effect, Action, Resource, Condition }: PowerStatement<Text>): Statement {
  return { Sid, Effect, Action, Resource, ...(Condition && { Condition }) };
}

/** What the response policy lists, as IAM takes it: an ARN without its beginning, or a name below any path. */
export function protectedNames(): readonly string[] {
  return (responsePolicy.protect?.principals ?? []).flatMap((pattern) => {
    const [, resource] = /^arn:[\w*-]+:iam::[\d*]*:((?:role|user|group)\/.+)$/.exec(pattern) ?? [];
    if (resource !== undefined) return [resource];
    if (pattern.startsWith('arn:')) return [];
    return ['role', 'user', 'group'].flatMap((kind) => [`${kind}/${pattern}`, `${kind}/*/${pattern}`]);
  });
}
