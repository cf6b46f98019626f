import type { EpochMs } from '@portcullis/event';
import { ReviewInputError } from '../errors.ts';
import { isObject, type Json, listOf, textOf } from '../policy/json.ts';
import { statementsOf, trustOf } from '../policy/statement.ts';
import { principalKey } from '../usage/usage.ts';
import type { AttachedPolicy, AuthorizationSource, Principal } from './authorization.ts';

type Entry = { readonly [name: string]: Json };

interface Details {
  readonly roles: Entry[];
  readonly users: Entry[];
  readonly groups: Map<string, Entry>;
  readonly policies: Map<string, Entry>;
}

/**
 * Reads `aws iam get-account-authorization-details` of one or more accounts, whole or in pages, documents decoded or not.
 *
 * A principal of which something cannot be read says so and stays in the list. Throws `ReviewInputError` for what is not the
 * answer of that call.
 */
export async function readAuthorization({ pages }: AuthorizationSource): Promise<readonly Principal[]> {
  const details: Details = { roles: [], users: [], groups: new Map(), policies: new Map() };
  for await (const page of pages()) addPage(details, page);
  return [
    ...details.roles.map((role) => principalOf(role, 'role', details)),
    ...details.users.map((user) => principalOf(user, 'user', details)),
  ].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

const LISTS = ['RoleDetailList', 'UserDetailList', 'GroupDetailList', 'Policies'] as const;

function addPage(details: Details, page: unknown): void {
  if (!isObject(page) || !LISTS.some((name) => Array.isArray(page[name]))) {
    throw new ReviewInputError(
      'expected what "aws iam get-account-authorization-details --output json" prints: RoleDetailList, UserDetailList, …',
    );
  }
  details.roles.push(...entries(page.RoleDetailList));
  details.users.push(...entries(page.UserDetailList));
  for (const group of entries(page.GroupDetailList)) {
    // A user names its groups without their account
    details.groups.set(`${accountOf(textOf(group.Arn))} ${textOf(group.GroupName)}`, group);
  }
  for (const policy of entries(page.Policies)) details.policies.set(textOf(policy.Arn), policy);
}

function entries(list: Json | undefined): readonly Entry[] {
  return listOf(list).filter(isObject);
}

function principalOf(entry: Entry, kind: 'role' | 'user', details: Details): Principal {
  const arn = textOf(entry.Arn);
  const key = principalKey(arn);
  if (key === undefined) throw new ReviewInputError(`expected the ARN of a ${kind}, got ${JSON.stringify(arn)}`);
  const account = accountOf(arn);
  const unreadable: string[] = [];
  const read = (policies: readonly (AttachedPolicy | string)[]) =>
    policies.filter((policy): policy is AttachedPolicy => {
      if (typeof policy !== 'string') return true;
      unreadable.push(policy);
      return false;
    });
  const groups = kind === 'user' ? listOf(entry.GroupList).map(textOf) : [];
  const policies = read([
    ...inlinePolicies(entry[kind === 'role' ? 'RolePolicyList' : 'UserPolicyList']),
    ...managedPolicies(entry.AttachedManagedPolicies, details),
    ...groups.flatMap((name) => groupPolicies(name, account, details)),
  ]);
  const trust = kind === 'role' ? trustOf(entry.AssumeRolePolicyDocument) : [];
  if (trust === undefined) unreadable.push('its trust policy');
  const boundary = isObject(entry.PermissionsBoundary) ? textOf(entry.PermissionsBoundary.PermissionsBoundaryArn) : '';
  return {
    arn,
    key,
    account,
    kind,
    name: textOf(entry[kind === 'role' ? 'RoleName' : 'UserName']) || arn.slice(arn.lastIndexOf('/') + 1),
    path: textOf(entry.Path) || '/',
    createdAt: timeOf(entry.CreateDate),
    tags: new Map(entries(entry.Tags).map(({ Key, Value }) => [textOf(Key), textOf(Value)])),
    policies,
    boundary: boundary || undefined,
    trust: trust ?? [],
    unreadable,
  };
}

function inlinePolicies(list: Json | undefined): readonly (AttachedPolicy | string)[] {
  return entries(list).map(({ PolicyName, PolicyDocument }) => {
    const name = textOf(PolicyName);
    const statements = statementsOf(PolicyDocument);
    if (statements === undefined) return `inline policy ${name}`;
    return { via: 'inline', name, arn: undefined, group: undefined, statements, since: undefined };
  });
}

function managedPolicies(list: Json | undefined, { policies }: Details): readonly (AttachedPolicy | string)[] {
  return entries(list).map(({ PolicyArn, PolicyName }) => {
    const arn = textOf(PolicyArn);
    const name = textOf(PolicyName) || arn.slice(arn.lastIndexOf('/') + 1);
    const inForce = entries(policies.get(arn)?.PolicyVersionList).find((version) => version.IsDefaultVersion === true);
    const statements = inForce && statementsOf(inForce.Document);
    if (statements === undefined) return `managed policy ${arn}`;
    return { via: 'managed', name, arn, group: undefined, statements, since: timeOf(inForce?.CreateDate) };
  });
}

function groupPolicies(name: string, account: string, details: Details): readonly (AttachedPolicy | string)[] {
  const group = details.groups.get(`${account} ${name}`);
  if (group === undefined) return [`group ${name}`];
  const policies = [
    ...inlinePolicies(group.GroupPolicyList),
    ...managedPolicies(group.AttachedManagedPolicies, details),
  ];
  return policies.map((policy) => (typeof policy === 'string' ? policy : { ...policy, via: 'group', group: name }));
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The CLI prints texts, some tools seconds. */
function timeOf(written: Json | undefined): EpochMs | undefined {
  const time = typeof written === 'number' ? written * 1000 : Date.parse(textOf(written));
  return Number.isNaN(time) ? undefined : time;
}
