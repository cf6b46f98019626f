import {
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  CreatePermissionSetCommand,
  ListInstancesCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { RoleCredentials } from '@portcullis/aws/response';
import type { SampleNames } from '@portcullis/respond/testing';

export interface AccountClients {
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly ec2: EC2Client;
  readonly organizations: OrganizationsClient;
  readonly sso: SSOAdminClient;
  readonly sqs: SQSClient;
}

/** Clients of one account on moto, by the credentials of any role in it. */
export function accountClients(endpoint: string, credentials: RoleCredentials): AccountClients {
  const settings = { endpoint, region: 'eu-west-1', credentials };
  return {
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    ec2: new EC2Client(settings),
    organizations: new OrganizationsClient(settings),
    sso: new SSOAdminClient(settings),
    sqs: new SQSClient(settings),
  };
}

const TRUST = document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
const STRANGER = '999988887777';

/** The account of `aBusyAccount` on moto: something for each kind of cut. @returns what moto called it */
export async function createBusyAccount(clients: AccountClients, account: string): Promise<SampleNames> {
  const { iam } = clients;
  const { Role: role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'orders', Path: '/app/', AssumeRolePolicyDocument: TRUST }),
  );
  const managedPolicy = await policyWithVersions(iam, 'app');
  const grantedPolicy = await policyWithVersions(iam, 'granted');
  for (const PolicyArn of [managedPolicy, grantedPolicy]) {
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'orders', PolicyArn }));
  }
  const extra = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'orders', PolicyName: 'extra', PolicyDocument: extra }));
  const lambda = await createFunction(clients, role?.Arn ?? '');
  return {
    account,
    role: role?.Arn ?? '',
    user: await createUser(iam),
    function: lambda,
    eventSource: await createEventSource(clients, lambda),
    ...(await createNetwork(clients)),
    ...(await createShares(clients)),
    ...(await createPermissionSet(clients)),
    managedPolicy,
    grantedPolicy,
    organizationTarget: await createOrganization(clients),
  };
}

async function policyWithVersions(iam: IAMClient, PolicyName: string): Promise<string> {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName,
      PolicyDocument: document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }),
    }),
  );
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: Policy?.Arn,
      PolicyDocument: document({ Effect: 'Allow', Action: '*', Resource: '*' }),
      SetAsDefault: true,
    }),
  );
  return Policy?.Arn ?? '';
}

async function createUser(iam: IAMClient): Promise<string> {
  const UserName = 'alice';
  const { User } = await iam.send(new CreateUserCommand({ UserName }));
  for (const GroupName of ['admins', 'staff']) {
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  }
  await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId, Status: 'Inactive' }));
  return User?.Arn ?? '';
}

async function createFunction({ lambda }: AccountClients, Role: string): Promise<string> {
  const FunctionName = 'pay';
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('0') },
    }),
  );
  for (let version = 1; version <= 5; version++) {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from(String(version)) }));
    await lambda.send(new PublishVersionCommand({ FunctionName }));
  }
  await lambda.send(
    new CreateAliasCommand({
      FunctionName,
      Name: 'live',
      FunctionVersion: '4',
      RoutingConfig: { AdditionalVersionWeights: { '5': 0.1 } },
    }),
  );
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 7 }));
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
  const Action = 'lambda:InvokeFunction';
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'own',
      Action,
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::in',
    }),
  );
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId: 'in', Action, Principal: STRANGER }));
  return FunctionArn;
}

async function createEventSource({ lambda, sqs }: AccountClients, FunctionName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: Attributes?.QueueArn }),
  );
  return UUID ?? '';
}

async function createNetwork({ ec2 }: AccountClients) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.1.0/24' }));
  const groups: string[] = [];
  for (const GroupName of ['web', 'db', 'isolation']) {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId: Vpc?.VpcId }),
    );
    groups.push(made.GroupId ?? '');
  }
  const [web = '', db = '', isolationGroup = ''] = groups;
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: Subnet?.SubnetId, Groups: [web, db] }),
  );
  return { networkInterface: NetworkInterface?.NetworkInterfaceId ?? '', isolationGroup };
}

async function createShares({ ec2 }: AccountClients) {
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 1 }));
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await ec2.send(
    new ModifySnapshotAttributeCommand({
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType: 'add',
      UserIds: [STRANGER],
      GroupNames: ['all'],
    }),
  );
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'orders', RootDeviceName: '/dev/xvda' }));
  await ec2.send(
    new ModifyImageAttributeCommand({
      ImageId,
      Attribute: 'launchPermission',
      LaunchPermission: { Add: [{ UserId: STRANGER }] },
    }),
  );
  return { snapshot: SnapshotId ?? '', image: ImageId ?? '' };
}

async function createPermissionSet({ sso }: AccountClients) {
  const { Instances = [] } = await sso.send(new ListInstancesCommand({}));
  const InstanceArn = Instances[0]?.InstanceArn;
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Data' }));
  const PermissionSetArn = PermissionSet?.PermissionSetArn;
  const InlinePolicy = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }));
  await sso.send(
    new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
  );
  return { instance: InstanceArn ?? '', permissionSet: PermissionSetArn ?? '' };
}

async function createOrganization({ organizations }: AccountClients): Promise<string> {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
  const RootId = Roots[0]?.Id;
  await organizations.send(new EnablePolicyTypeCommand({ RootId, PolicyType: 'SERVICE_CONTROL_POLICY' }));
  const { OrganizationalUnit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: RootId, Name: 'workloads' }),
  );
  return OrganizationalUnit?.Id ?? '';
}

function document(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
