import type { Action } from '@portcullis/event';

/**
 * How much harm an action can do, apart from how surprising it is.
 *
 * Weights in the order that simulated organizations bore out; classes from the first that applies. An action of
 * which IAM knows nothing is judged by its verb.
 */
export const IMPACT = {
  read: 0.6,
  readData: 1,
  assume: 1,
  write: 0.9,
  destroy: 1.3,
  execute: 1.5,
  grant: 1.8,
  share: 2,
  blind: 3,
} as const;

/** These run somebody's code, on a machine or in a function. */
const EXECUTIONS = new Set([
  'ec2:RunInstances',
  'ec2:RequestSpotInstances',
  'ec2:RequestSpotFleet',
  'ec2:CreateFleet',
  'ec2:StartInstances',
  'ec2:ModifyInstanceAttribute',
  'ec2-instance-connect:SendSSHPublicKey',
  'ssm:SendCommand',
  'ssm:StartSession',
  'ssm:StartAutomationExecution',
  'ssm:CreateAssociation',
  'lambda:CreateFunction',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:PublishLayerVersion',
  'lambda:CreateEventSourceMapping',
  'ecs:RunTask',
  'ecs:ExecuteCommand',
  'ecs:RegisterTaskDefinition',
  'ecs:CreateService',
  'batch:SubmitJob',
  'glue:CreateJob',
  'glue:StartJobRun',
  'glue:CreateDevEndpoint',
  'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateProcessingJob',
  'sagemaker:CreateTrainingJob',
  'codebuild:StartBuild',
  'codebuild:CreateProject',
  'cloudformation:CreateStack',
  'cloudformation:UpdateStack',
  'states:CreateStateMachine',
  'states:StartExecution',
  'events:PutRule',
  'events:PutTargets',
]);

/** Credentials and ways in that IAM files under Write. */
const CREDENTIALS = new Set([
  'iam:CreateAccessKey',
  'iam:UpdateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:CreateUser',
  'iam:CreateRole',
  'iam:CreateServiceSpecificCredential',
  'iam:UploadSSHPublicKey',
  'iam:UploadSigningCertificate',
  'iam:CreateVirtualMFADevice',
  'iam:DeactivateMFADevice',
  'iam:DeleteVirtualMFADevice',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreateSAMLProvider',
  'iam:AddUserToGroup',
  'iam:CreateInstanceProfile',
  'iam:AddRoleToInstanceProfile',
  'iam:PassRole',
  'rolesanywhere:CreateTrustAnchor',
  'rolesanywhere:CreateProfile',
  'ec2:CreateKeyPair',
  'ec2:ImportKeyPair',
  'sts:GetFederationToken',
  'ec2:AuthorizeSecurityGroupIngress',
  'organizations:LeaveOrganization',
]);

const ASSUMPTIONS = new Set([
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'signin:ConsoleLogin',
  'signin:SwitchRole',
]);

const DESTRUCTIVE_VERB =
  /^(?:Delete|Terminate|Purge|Destroy|Schedule\w*Deletion|Batch\w*Delete|Disable|Deregister|Stop)/;

const byAction = new WeakMap<Action, number>();

export function impactOf(action: Action): number {
  const known = byAction.get(action);
  if (known !== undefined) return known;
  const impact = classify(action);
  byAction.set(action, impact);
  return impact;
}

function classify({ name, accessLevel, effect }: Action): number {
  if (effect === 'reads-data') return IMPACT.readData;
  if (EXECUTIONS.has(name)) return IMPACT.execute;
  if (CREDENTIALS.has(name)) return IMPACT.grant;
  if (ASSUMPTIONS.has(name)) return IMPACT.assume;
  const verb = name.slice(name.indexOf(':') + 1);
  switch (accessLevel) {
    case 'Permissions management':
      return IMPACT.grant;
    case 'List':
    case 'Read':
    case 'Tagging':
      return IMPACT.read;
    case 'Write':
      return DESTRUCTIVE_VERB.test(verb) ? IMPACT.destroy : IMPACT.write;
    default:
      return effect === 'views' ? IMPACT.read : IMPACT.write;
  }
}
