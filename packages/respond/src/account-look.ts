import { fitsWildcard } from '@portcullis/iam';
import type { Json, JsonObject } from './api-call.ts';
import type { FunctionFacts, PrincipalFacts } from './response-state.ts';

/** What was seen of an account at one time. */
export interface AccountLook {
  readonly account: string;
  /** ISO 8601. */
  readonly collectedAt: string;
  readonly principals: readonly PrincipalFacts[];
  /** Default version by ARN of the account's own managed policies. */
  readonly policyVersions: Readonly<Record<string, string>>;
  /** Security group that lets nothing through, where somebody has named one. */
  readonly isolationGroup?: string | undefined;
}

/**
 * What a look tells of roles and users.
 *
 * @param details - what `iam:GetAccountAuthorizationDetails` says of roles, users and the account's own policies
 * @param functions - what `lambda:ListFunctions` says, of all regions
 */
export function accountLook(
  account: string,
  collectedAt: string,
  details: JsonObject,
  functions: readonly JsonObject[],
): AccountLook {
  const policies = objectsIn(details.Policies);
  const documents = new Map(policies.map((policy) => [textIn(policy, 'Arn'), defaultDocument(policy)]));
  const byRole = Map.groupBy(functions.map(functionFacts), ({ roleArn }) => roleArn);
  const common = (principal: JsonObject, inline: Json | undefined) => {
    const attached = objectsIn(principal.AttachedManagedPolicies).map((one) => documents.get(textIn(one, 'PolicyArn')));
    const own = objectsIn(inline).map(({ PolicyDocument }) => PolicyDocument);
    return {
      arn: textIn(principal, 'Arn'),
      tags: Object.fromEntries(objectsIn(principal.Tags).map((tag) => [textIn(tag, 'Key'), textIn(tag, 'Value')])),
      ...([...attached, ...own].some(administersKeys) && { keyAdministrator: true }),
    };
  };
  const roles = objectsIn(details.RoleDetailList).map((role): PrincipalFacts => {
    const known = common(role, role.RolePolicyList);
    return {
      ...known,
      functions: byRole.get(known.arn) ?? [],
      trust: decoded(role.AssumeRolePolicyDocument),
      ...(objectsIn(role.InstanceProfileList).length > 0 && { instances: true }),
    };
  });
  const users = objectsIn(details.UserDetailList).map(
    (user): PrincipalFacts => ({ ...common(user, user.UserPolicyList), functions: [] }),
  );
  return {
    account,
    collectedAt,
    principals: [...roles, ...users],
    policyVersions: Object.fromEntries(
      policies.map((policy) => [textIn(policy, 'Arn'), textIn(policy, 'DefaultVersionId')]),
    ),
  };
}

function functionFacts(lambda: JsonObject): FunctionFacts {
  const vpc = lambda.VpcConfig;
  const vpcId = isObject(vpc) ? textIn(vpc, 'VpcId') : '';
  return {
    arn: textIn(lambda, 'FunctionArn'),
    roleArn: textIn(lambda, 'Role'),
    ...(vpcId !== '' && { vpcId }),
  };
}

function defaultDocument(policy: JsonObject): Json | undefined {
  return objectsIn(policy.PolicyVersionList).find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
}

/** By a statement that names KMS: whoever may do everything anyway is no administrator of keys by that. */
function administersKeys(document: Json | undefined): boolean {
  const { Statement } = parsed(decoded(document));
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return statements.some((statement: Json | undefined) => {
    if (!isObject(statement) || statement.Effect !== 'Allow') return false;
    const actions = Array.isArray(statement.Action) ? statement.Action : [statement.Action];
    return actions.some(
      (action: Json | undefined) =>
        typeof action === 'string' && /^kms:/i.test(action) && fitsWildcard(action.toLowerCase(), 'kms:putkeypolicy'),
    );
  });
}

/** IAM gives documents as they would stand in a URL. */
function decoded(document: Json | undefined): string {
  if (typeof document !== 'string') return document === undefined ? '' : JSON.stringify(document);
  return document.startsWith('%') ? decodeURIComponent(document) : document;
}

function parsed(text: string): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textIn(value: JsonObject, name: string): string {
  const found = value[name];
  return typeof found === 'string' ? found : '';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
