/** Powers whose roles are asked. */
export type AskedPower = 'mint' | 'attach' | 'revert' | 'edit';

/** One call of a path: action, resource, and what IAM would know of the request. */
export type Step = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>];

/** A way to more than there was before the incident. It is closed for a power that lacks one of its calls. */
export interface EscalationPath {
  readonly path: string;
  readonly why: string;
  readonly steps: readonly Step[];
  /** Powers for which it is open; `docs/decisions/0009-separated-powers.md` names the exception by this name. */
  readonly open?: { readonly exception: string; readonly to: readonly AskedPower[] };
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Exceptions, by what IAM has no condition for. */
const KEYS = 'keys';
const FUNCTIONS = 'functions';
const EDITS = 'edits';

/** All paths that we know of, in one account. */
export function escalationPaths(account: string): readonly EscalationPath[] {
  const iam = (rest: string) => `arn:aws:iam::${account}:${rest}`;
  const lambda = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
  const own = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
  const ours = iam('policy/portcullis/incident/deny-actions-0123');
  const theirs = iam('policy/app/orders');
  const scp = 'arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-guardrail';
  const attacker = iam('role/app/attacker');
  const policyArn = (arn: string) => ({ 'iam:PolicyARN': arn });
  const sso = ['arn:aws:sso:::permissionSet/ssoins-1/ps-1', 'arn:aws:sso:::instance/ssoins-1'] as const;
  const edits = { exception: EDITS, to: ['edit'] } as const;
  const turned = { exception: FUNCTIONS, to: ['attach', 'revert'] } as const;
  const given = { exception: FUNCTIONS, to: ['revert'] } as const;

  return [
    // Policies of one's own
    {
      path: 'mint a policy that allows, outside our path',
      why: 'it could be attached by anybody',
      steps: [['iam:CreatePolicy', theirs]],
    },
    {
      path: 'mint a policy that allows, and attach it',
      why: 'a policy may say anything: IAM has no condition on content',
      steps: [
        ['iam:CreatePolicy', ours],
        ['iam:AttachRolePolicy', attacker, policyArn(ours)],
      ],
    },
    {
      path: 'mint a policy that allows, and attach it to a user',
      why: 'the same of users',
      steps: [
        ['iam:CreatePolicy', ours],
        ['iam:AttachUserPolicy', iam('user/attacker'), policyArn(ours)],
      ],
    },
    {
      path: 'rewrite a policy of ours that is attached',
      why: 'grants without attaching',
      steps: [['iam:CreatePolicyVersion', ours]],
    },
    {
      path: 'go back to another version of a policy of ours',
      why: 'somebody may have written one',
      steps: [['iam:SetDefaultPolicyVersion', ours]],
    },
    {
      path: 'rewrite a policy of the customer',
      why: 'grants to all that have it',
      steps: [['iam:CreatePolicyVersion', theirs]],
    },
    {
      path: 'go back to a wider version of a policy of the customer',
      why: 'old versions may allow more',
      steps: [['iam:SetDefaultPolicyVersion', theirs]],
      open: edits,
    },
    { path: 'delete a guardrail of the customer', why: 'a deny is gone', steps: [['iam:DeletePolicy', theirs]] },
    {
      path: 'delete a version of a policy of the customer',
      why: 'no way back',
      steps: [['iam:DeletePolicyVersion', theirs]],
    },
    // Attaching
    {
      path: 'attach AdministratorAccess to a role',
      why: 'all there is',
      steps: [['iam:AttachRolePolicy', attacker, policyArn(ADMINISTRATOR)]],
    },
    {
      path: 'attach AdministratorAccess to a user',
      why: 'all there is',
      steps: [['iam:AttachUserPolicy', iam('user/attacker'), policyArn(ADMINISTRATOR)]],
    },
    {
      path: 'attach AdministratorAccess to a group',
      why: 'all there is',
      steps: [['iam:AttachGroupPolicy', iam('group/all'), policyArn(ADMINISTRATOR)]],
    },
    {
      path: 'attach IAMFullAccess to a role',
      why: 'all there is, in one more step',
      steps: [['iam:AttachRolePolicy', attacker, policyArn('arn:aws:iam::aws:policy/IAMFullAccess')]],
    },
    {
      path: 'attach a policy of the customer to a role',
      why: 'grants what it says',
      steps: [['iam:AttachRolePolicy', attacker, policyArn(theirs)]],
      open: edits,
    },
    {
      path: 'attach a policy of the customer to a group',
      why: 'grants what it says',
      steps: [['iam:AttachGroupPolicy', iam('group/all'), policyArn(theirs)]],
      open: edits,
    },
    {
      path: 'attach a policy of ours to a group',
      why: 'cuts are about one principal',
      steps: [['iam:AttachGroupPolicy', iam('group/all'), policyArn(ours)]],
    },
    // Inline policies and groups
    {
      path: 'write an inline policy of a role',
      why: 'it may say anything',
      steps: [['iam:PutRolePolicy', attacker]],
      open: edits,
    },
    {
      path: 'write an inline policy of a user',
      why: 'it may say anything',
      steps: [['iam:PutUserPolicy', iam('user/attacker')]],
      open: edits,
    },
    {
      path: 'write an inline policy of a group',
      why: 'it may say anything',
      steps: [['iam:PutGroupPolicy', iam('group/all')]],
      open: edits,
    },
    {
      path: 'join a group of administrators',
      why: 'grants what the group has',
      steps: [['iam:AddUserToGroup', iam('group/administrators')]],
      open: edits,
    },
    // Guardrails
    {
      path: 'put a boundary, then delete it',
      why: 'the boundary of before is gone',
      steps: [
        ['iam:PutRolePermissionsBoundary', attacker],
        ['iam:DeleteRolePermissionsBoundary', attacker],
      ],
    },
    {
      path: 'replace the boundary of a user by a wider one',
      why: 'boundaries hold administrators of parts',
      steps: [['iam:PutUserPermissionsBoundary', iam('user/attacker')]],
    },
    {
      path: 'detach a guardrail of the customer from a role',
      why: 'a deny is gone',
      steps: [['iam:DetachRolePolicy', attacker, policyArn(iam('policy/guardrail'))]],
      open: edits,
    },
    {
      path: 'detach a guardrail of the customer from a user',
      why: 'a deny is gone',
      steps: [['iam:DetachUserPolicy', iam('user/attacker'), policyArn(iam('policy/guardrail'))]],
      open: edits,
    },
    {
      path: 'delete an inline guardrail of a role',
      why: 'a deny is gone',
      steps: [['iam:DeleteRolePolicy', attacker]],
      open: edits,
    },
    {
      path: 'detach a service control policy of the organization',
      why: 'guardrails of whole accounts',
      steps: [['organizations:DetachPolicy', scp]],
    },
    {
      path: 'attach a service control policy that allows',
      why: 'wider than the list of before',
      steps: [['organizations:AttachPolicy', scp]],
    },
    {
      path: 'rewrite a service control policy',
      why: 'guardrails of whole accounts',
      steps: [['organizations:UpdatePolicy', scp]],
    },
    {
      path: 'mark a foreign service control policy as ours',
      why: 'then it could be taken for a pin',
      steps: [['organizations:TagResource', scp, { 'aws:RequestTag/portcullis': 'pin' }]],
    },
    // Credentials and identities
    {
      path: 'turn the key of somebody who left on again',
      why: 'whoever has the secret is back',
      steps: [['iam:UpdateAccessKey', iam('user/left-long-ago')]],
      open: { exception: KEYS, to: ['attach', 'revert'] },
    },
    {
      path: 'make an access key',
      why: 'credentials that last',
      steps: [['iam:CreateAccessKey', iam('user/attacker')]],
    },
    { path: 'make a login', why: 'a way into the console', steps: [['iam:CreateLoginProfile', iam('user/attacker')]] },
    {
      path: 'set another password',
      why: 'a way into the console',
      steps: [['iam:UpdateLoginProfile', iam('user/alice')]],
    },
    {
      path: 'turn a second factor off',
      why: 'a password is enough then',
      steps: [['iam:DeactivateMFADevice', iam('user/alice')]],
    },
    { path: 'make a user', why: 'an identity of its own', steps: [['iam:CreateUser', iam('user/new')]] },
    {
      path: 'make a role that others trust',
      why: 'an identity of its own',
      steps: [['iam:CreateRole', iam('role/new')]],
    },
    {
      path: 'let an identity provider in',
      why: 'anybody it vouches for',
      steps: [['iam:CreateOpenIDConnectProvider', iam('oidc-provider/example.com')]],
    },
    {
      path: 'replace the metadata of a SAML provider',
      why: 'sign as anybody',
      steps: [['iam:UpdateSAMLProvider', iam('saml-provider/corp')]],
    },
    {
      path: 'make a trust anchor',
      why: 'certificates for any role that trusts them',
      steps: [['rolesanywhere:CreateTrustAnchor', own('rolesanywhere', 'trust-anchor/1')]],
    },
    {
      path: 'let a foreign account take up a role',
      why: 'a way in that lasts',
      steps: [['iam:UpdateAssumeRolePolicy', iam('role/admin')]],
      open: edits,
    },
    {
      path: 'take up a role of an administrator',
      why: 'where it trusts the account',
      steps: [['sts:AssumeRole', iam('role/admin')]],
    },
    {
      path: 'take up the way into another account',
      why: 'an administrator there',
      steps: [['sts:AssumeRole', 'arn:aws:iam::333333333333:role/OrganizationAccountAccessRole']],
    },
    {
      path: 'assign a permission set',
      why: 'a person becomes an administrator',
      steps: [['sso:CreateAccountAssignment', sso[0]]],
    },
    {
      path: 'write the inline policy of a permission set',
      why: 'it may say anything',
      steps: [
        ['sso:PutInlinePolicyToPermissionSet', sso[0]],
        ['sso:PutInlinePolicyToPermissionSet', sso[1]],
        ['sso:ProvisionPermissionSet', sso[0]],
      ],
      open: edits,
    },
    // Passing roles
    {
      path: 'run code under a role of an administrator',
      why: 'PassRole and a function',
      steps: [
        ['iam:PassRole', iam('role/admin'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
        ['lambda:CreateFunction', lambda('new')],
      ],
    },
    {
      path: 'give a function another role',
      why: 'PassRole and a function that is there',
      steps: [
        ['iam:PassRole', iam('role/admin'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
        ['lambda:UpdateFunctionConfiguration', lambda('pay')],
      ],
    },
    {
      path: 'start an instance under a role of an administrator',
      why: 'PassRole and an instance',
      steps: [
        ['iam:PassRole', iam('role/admin'), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
        ['ec2:RunInstances', own('ec2', 'instance/*')],
      ],
    },
    // Functions
    {
      path: 'replace the code of a function',
      why: 'acts as its role',
      steps: [['lambda:UpdateFunctionCode', lambda('pay')]],
    },
    {
      path: 'add a layer to a function',
      why: 'acts as its role',
      steps: [['lambda:UpdateFunctionConfiguration', lambda('pay')]],
    },
    {
      path: 'let a foreign account invoke a function',
      why: 'AddPermission is also how a statement is put back',
      steps: [['lambda:AddPermission', lambda('pay'), { 'lambda:Principal': '333333333333' }]],
      open: given,
    },
    {
      path: 'open a URL to everybody',
      why: 'UpdateFunctionUrlConfig is also how it is put back',
      steps: [['lambda:UpdateFunctionUrlConfig', lambda('pay'), { 'lambda:FunctionUrlAuthType': 'NONE' }]],
      open: given,
    },
    {
      path: 'make a URL',
      why: 'a new way in',
      steps: [['lambda:CreateFunctionUrlConfig', lambda('pay'), { 'lambda:FunctionUrlAuthType': 'NONE' }]],
    },
    {
      path: 'point an alias at another version',
      why: 'one of the attacker, or an old hole',
      steps: [['lambda:UpdateAlias', lambda('pay')]],
      open: turned,
    },
    {
      path: 'start a function that somebody stopped',
      why: 'concurrency goes up as it goes down',
      steps: [['lambda:PutFunctionConcurrency', lambda('pay')]],
      open: turned,
    },
    {
      path: 'turn an event source on',
      why: 'the same call as turning it off',
      steps: [['lambda:UpdateEventSourceMapping', own('lambda', 'event-source-mapping:1')]],
      open: turned,
    },
    {
      path: 'make an event source',
      why: 'data flows to another function',
      steps: [['lambda:CreateEventSourceMapping', own('lambda', 'event-source-mapping:1')]],
    },
    { path: 'invoke any function', why: 'acts as its role', steps: [['lambda:InvokeFunction', lambda('pay')]] },
    // Sharing and network
    {
      path: 'share a snapshot',
      why: 'the same call as ending it',
      steps: [['ec2:ModifySnapshotAttribute', 'arn:aws:ec2:eu-west-1::snapshot/snap-1']],
      open: edits,
    },
    {
      path: 'share an image',
      why: 'the same call as ending it',
      steps: [['ec2:ModifyImageAttribute', 'arn:aws:ec2:eu-west-1::image/ami-1']],
      open: edits,
    },
    {
      path: 'put a network interface into an open group',
      why: 'the same call as isolating it',
      steps: [
        ['ec2:ModifyNetworkInterfaceAttribute', own('ec2', 'network-interface/eni-1')],
        ['ec2:ModifyNetworkInterfaceAttribute', own('ec2', 'security-group/sg-open')],
      ],
      open: edits,
    },
    {
      path: 'open a security group',
      why: 'all that is in it',
      steps: [['ec2:AuthorizeSecurityGroupIngress', own('ec2', 'security-group/sg-1')]],
    },
    // Ourselves
    {
      path: 'write an inline policy of our own role',
      why: 'frees itself of its limits',
      steps: [['iam:PutRolePolicy', iam('role/portcullis-production-edit')]],
    },
    {
      path: 'write an inline policy of a sibling',
      why: 'joins two powers',
      steps: [['iam:PutRolePolicy', iam('role/portcullis-production-mint')]],
    },
    {
      path: 'write an inline policy of a function of ours',
      why: 'leads without a plan',
      steps: [['iam:PutRolePolicy', iam('role/portcullis-production-respond')]],
    },
    {
      path: 'delete what limits our own role',
      why: 'an inline policy with denials',
      steps: [['iam:DeleteRolePolicy', iam('role/portcullis-production-attach')]],
    },
    {
      path: 'let somebody else take up our role',
      why: 'its trust',
      steps: [['iam:UpdateAssumeRolePolicy', iam('role/portcullis-production-attach')]],
    },
    {
      path: 'attach to our own role',
      why: 'also what denies: who could revert then?',
      steps: [['iam:AttachRolePolicy', iam('role/portcullis-production-revert'), policyArn(ours)]],
    },
    {
      path: 'detach from our own role',
      why: 'if somebody has cut us, it is not ours to undo',
      steps: [['iam:DetachRolePolicy', iam('role/portcullis-production-edit'), policyArn(ours)]],
    },
    {
      path: 'stop a function of ours',
      why: 'nobody ends leases then',
      steps: [['lambda:PutFunctionConcurrency', lambda('portcullis-production-keep-leases')]],
    },
    {
      path: 'let others invoke a function of ours',
      why: 'acts by the ledger, but still',
      steps: [
        ['lambda:AddPermission', lambda('portcullis-production-act-mint'), { 'lambda:Principal': '333333333333' }],
      ],
    },
    {
      path: 'point an alias of ours elsewhere',
      why: 'other code',
      steps: [['lambda:UpdateAlias', lambda('portcullis-production-act-mint')]],
    },
    {
      path: 'replace the code of a function of ours',
      why: 'acts without a ledger',
      steps: [['lambda:UpdateFunctionCode', lambda('portcullis-production-act-mint')]],
    },
    {
      path: 'lead the others',
      why: 'asks who leads to go on',
      steps: [['lambda:InvokeFunction', lambda('portcullis-production-keep-leases')]],
    },
    // Record, switch, settings
    {
      path: 'forge a line of the ledger',
      why: 'an approval that nobody gave',
      steps: [['dynamodb:PutItem', own('dynamodb', 'table/portcullis-production-ledger')]],
    },
    {
      path: 'change a line of the ledger',
      why: 'hides what was done',
      steps: [['dynamodb:UpdateItem', own('dynamodb', 'table/portcullis-production-ledger')]],
    },
    {
      path: 'delete a line of the ledger',
      why: 'hides what was done',
      steps: [['dynamodb:DeleteItem', own('dynamodb', 'table/portcullis-production-ledger')]],
    },
    {
      path: 'delete the ledger',
      why: 'hides all that was done',
      steps: [['dynamodb:DeleteTable', own('dynamodb', 'table/portcullis-production-ledger')]],
    },
    {
      path: 'delete the copy of the ledger',
      why: 'hides all that was done',
      steps: [['s3:DeleteObjectVersion', `arn:aws:s3:::portcullis-production-ledger-${account}-eu-west-1/x`]],
    },
    {
      path: 'unlock the copy of the ledger',
      why: 'then it can be deleted',
      steps: [['s3:BypassGovernanceRetention', `arn:aws:s3:::portcullis-production-ledger-${account}-eu-west-1/x`]],
    },
    {
      path: 'arm the kill switch',
      why: 'starts what people stopped',
      steps: [['ssm:PutParameter', own('ssm', 'parameter/portcullis-production/kill-switch')]],
    },
    {
      path: 'write the response policy',
      why: 'allows itself to start cuts',
      steps: [['ssm:PutParameter', own('ssm', 'parameter/portcullis-production/response-policy')]],
    },
    {
      path: 'speak for Portcullis',
      why: 'subscribers act on it',
      steps: [['events:PutEvents', own('events', 'event-bus/portcullis-production-alerts')]],
    },
    { path: 'sign for Portcullis', why: 'subscribers believe it', steps: [['kms:Sign', own('kms', 'key/SigningKey')]] },
    {
      path: 'silence the alarm of the kill switch',
      why: 'then flip it',
      steps: [['events:DisableRule', own('events', 'rule/portcullis-production-kill-switch')]],
    },
    {
      path: 'stop the trail',
      why: 'nothing is seen any more',
      steps: [['cloudtrail:StopLogging', own('cloudtrail', 'trail/portcullis-production-trail')]],
    },
    { path: 'give the key away', why: 'evidence in the open', steps: [['kms:CreateGrant', own('kms', 'key/DataKey')]] },
    {
      path: 'read what customers keep',
      why: 'cutting needs no data',
      steps: [['s3:GetObject', 'arn:aws:s3:::customer/x']],
    },
    {
      path: 'read secrets',
      why: 'cutting needs none',
      steps: [['secretsmanager:GetSecretValue', own('secretsmanager', 'secret:db')]],
    },
  ];
}

/** Whom no role of ours may change, whatever is asked: as roles and users of an account are called. */
export const NEVER_TOUCHED = [
  'role/OrganizationAccountAccessRole',
  'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
  'role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport',
  'role/AWSControlTowerExecution',
  'role/aws-controltower-ForwardSnsNotificationRole',
  'role/stacksets-exec-0123456789abcdef',
  'role/AWSCloudFormationStackSetExecutionRole',
  'role/cdk-hnb659fds-deploy-role-123456789012-eu-west-1',
  'role/sst-bootstrap',
  'role/sst-asset-writer',
  'role/portcullis-production-revert',
  'role/ops/portcullis-deployer',
  'user/portcullis-break-glass',
];
