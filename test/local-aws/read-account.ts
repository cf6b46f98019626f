import {
  DescribeImageAttributeCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import {
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  GetAliasCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
} from '@aws-sdk/client-lambda';
import {
  DescribePolicyCommand,
  ListPoliciesCommand as ListControlPoliciesCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-organizations';
import { GetInlinePolicyForPermissionSetCommand } from '@aws-sdk/client-sso-admin';
import type { SampleNames } from '@portcullis/respond/testing';
import type { AccountClients } from './busy-account.ts';

/** All that cuts change in the account, read past our adapters: two moments can be compared field by field. */
export async function readAccount(clients: AccountClients, names: SampleNames): Promise<object> {
  return {
    role: await readRole(clients),
    user: await readUser(clients),
    policies: await readPolicies(clients),
    function: await readFunction(clients, names),
    ...(await readEc2(clients, names)),
    permissionSet: await readPermissionSet(clients, names),
    controlPolicies: await readControlPolicies(clients),
  };
}

async function readRole({ iam }: AccountClients) {
  const RoleName = 'orders';
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const inline: Record<string, unknown> = {};
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    inline[PolicyName] = decoded(PolicyDocument);
  }
  return { attached: arns(AttachedPolicies), inline, trust: decoded(Role?.AssumeRolePolicyDocument) };
}

async function readUser({ iam }: AccountClients) {
  const UserName = 'alice';
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName }));
  return {
    attached: arns(AttachedPolicies),
    keys: Object.fromEntries(AccessKeyMetadata.map(({ AccessKeyId = '', Status }) => [AccessKeyId, Status])),
    groups: Groups.map(({ GroupName }) => GroupName).sort(),
  };
}

async function readPolicies({ iam }: AccountClients) {
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  const policies: Record<string, unknown> = {};
  for (const { Arn = '', DefaultVersionId } of Policies) {
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: Arn }));
    const versions: Record<string, unknown> = {};
    for (const { VersionId = '' } of Versions) {
      const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId }));
      versions[VersionId] = decoded(PolicyVersion?.Document);
    }
    policies[Arn] = { default: DefaultVersionId, versions };
  }
  return policies;
}

async function readFunction({ lambda }: AccountClients, { function: FunctionName, eventSource: UUID }: SampleNames) {
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const alias = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  const { Statement = [] }: { readonly Statement?: readonly { readonly Sid: string }[] } = JSON.parse(Policy);
  return {
    statements: Object.fromEntries(Statement.map((statement) => [statement.Sid, statement])),
    concurrency: (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions,
    url: (await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }))).AuthType,
    alias: { version: alias.FunctionVersion, routing: alias.RoutingConfig?.AdditionalVersionWeights },
    eventSource: (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State,
  };
}

async function readEc2({ ec2 }: AccountClients, { snapshot, image, networkInterface }: SampleNames) {
  const { CreateVolumePermissions = [] } = await ec2.send(
    new DescribeSnapshotAttributeCommand({ SnapshotId: snapshot, Attribute: 'createVolumePermission' }),
  );
  const { LaunchPermissions = [] } = await ec2.send(
    new DescribeImageAttributeCommand({ ImageId: image, Attribute: 'launchPermission' }),
  );
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [networkInterface] }),
  );
  const receivers = (list: readonly { readonly Group?: string | undefined; readonly UserId?: string | undefined }[]) =>
    list.map(({ Group, UserId }) => Group ?? UserId).sort();
  return {
    snapshot: receivers(CreateVolumePermissions),
    image: receivers(LaunchPermissions),
    groups: NetworkInterfaces[0]?.Groups?.map(({ GroupId }) => GroupId),
  };
}

async function readPermissionSet({ sso }: AccountClients, { instance, permissionSet }: SampleNames) {
  const { InlinePolicy = '' } = await sso.send(
    new GetInlinePolicyForPermissionSetCommand({ InstanceArn: instance, PermissionSetArn: permissionSet }),
  );
  return InlinePolicy === '' ? '' : decoded(InlinePolicy);
}

async function readControlPolicies({ organizations }: AccountClients) {
  const { Policies = [] } = await organizations.send(
    new ListControlPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }),
  );
  const found: Record<string, unknown> = {};
  for (const { Id: PolicyId, Name = '' } of Policies) {
    const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId }));
    const { Targets = [] } = await organizations.send(new ListTargetsForPolicyCommand({ PolicyId }));
    found[Name] = { content: decoded(Policy?.Content), targets: Targets.map(({ TargetId }) => TargetId).sort() };
  }
  return found;
}

function arns(policies: readonly { readonly PolicyArn?: string | undefined }[]) {
  return policies.map(({ PolicyArn }) => PolicyArn).sort();
}

/** What a document says; IAM gives them URL-encoded, and blanks mean nothing. */
function decoded(document = 'null'): unknown {
  return JSON.parse(document.startsWith('%') ? decodeURIComponent(document) : document);
}
