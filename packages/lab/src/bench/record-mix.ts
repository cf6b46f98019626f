/** How often a call of one kind occurs among all records. */
export interface MixRow {
  readonly weight: number;
  readonly service: string;
  readonly name: string;
  readonly identity: 'IAMUser' | 'AssumedRole' | 'AWSService';
  /** Service that calls on the identity's behalf; empty where the identity calls itself. */
  readonly via: string;
}

/**
 * Counts of (event source, event name, identity type) in a public recording of 1,899 CloudTrail records
 * of one account (invictus-ir/aws_dataset, MIT): the load is as mixed as a real, busy half hour.
 */
export const RECORD_MIX: readonly MixRow[] = `
122 kms Decrypt IAMUser AWS Internal
122 ssm DescribeParameters IAMUser
108 ec2 DescribeRouteTables IAMUser
82 ssm GetParameter IAMUser
82 ssm ListTagsForResource IAMUser
78 ssm DeleteParameter IAMUser
67 ssm PutParameter IAMUser
60 secretsmanager GetSecretValue IAMUser
56 kms Decrypt IAMUser secretsmanager.amazonaws.com
52 iam GetUser IAMUser
45 ec2 DescribeNatGateways IAMUser
42 kms Encrypt IAMUser AWS Internal
39 secretsmanager GetResourcePolicy IAMUser
36 secretsmanager DescribeSecret IAMUser
29 ec2 GetPasswordData AssumedRole
27 ssm DescribeInstanceInformation IAMUser
25 iam ListAttachedRolePolicies IAMUser
23 sts AssumeRole IAMUser
22 ec2 DescribeSubnets IAMUser
21 ec2 DescribeVpcAttribute IAMUser
20 iam GetRole IAMUser
20 iam ListRolePolicies IAMUser
20 kms GenerateDataKey IAMUser secretsmanager.amazonaws.com
20 s3 GetBucketAcl IAMUser
20 secretsmanager CreateSecret IAMUser
20 secretsmanager EndSecretVersionDelete AWSService
20 secretsmanager PutSecretValue IAMUser
20 secretsmanager StartSecretVersionDelete AWSService
19 ec2 DescribeAccountAttributes IAMUser
17 ec2 DescribeVpcs IAMUser
17 secretsmanager DeleteSecret IAMUser
15 ec2 DescribeInstanceAttribute AssumedRole
15 ec2 DescribeInstances IAMUser
12 ec2 DescribeInternetGateways IAMUser
12 s3 GetBucketLogging IAMUser
12 s3 GetBucketPolicy IAMUser
11 iam GetRolePolicy IAMUser
10 ec2 DescribeInstanceAttribute IAMUser
9 ec2 DescribeImages IAMUser
9 ec2 DescribeNetworkAcls IAMUser
9 ec2 DescribeNetworkInterfaces IAMUser
9 ec2 DescribeSecurityGroups IAMUser
9 ec2 DescribeVpcClassicLink IAMUser
9 ec2 DescribeVpcClassicLinkDnsSupport IAMUser
9 iam CreateRole IAMUser
9 sts GetCallerIdentity IAMUser
8 ec2 AssociateRouteTable IAMUser
8 ec2 CreateRouteTable IAMUser
8 ec2 CreateSubnet IAMUser
8 ec2 DescribeAvailabilityZones IAMUser
8 s3 GetBucketAcl AWSService
8 s3 GetBucketLocation IAMUser
8 s3 GetBucketPolicyStatus IAMUser
8 s3 GetBucketPublicAccessBlock IAMUser
8 s3 ListAccessPoints IAMUser
8 sts AssumeRole AWSService
7 ec2 DescribeAddresses IAMUser
7 iam DeleteRole IAMUser
7 iam ListInstanceProfilesForRole IAMUser
7 ssm UpdateInstanceAssociationStatus AssumedRole
7 ssm UpdateInstanceInformation AssumedRole
6 ec2 CreateRoute IAMUser
6 ec2 CreateVpc IAMUser
6 ec2 DeleteRouteTable IAMUser
6 ec2 RunInstances IAMUser
6 health DescribeEventAggregates IAMUser
6 health DescribeEventAggregates IAMUser health.amazonaws.com
6 iam GetInstanceProfile IAMUser
6 iam GetPolicy IAMUser
6 s3 GetBucketTagging IAMUser
5 ec2 DisassociateRouteTable IAMUser
5 iam AttachRolePolicy IAMUser
5 iam PutRolePolicy IAMUser
5 s3 DeleteBucket IAMUser
5 ssm GetParameters IAMUser
4 cloudtrail DescribeTrails IAMUser
4 cloudtrail GetEventSelectors IAMUser
4 cloudtrail ListTags IAMUser
4 ec2 AttachInternetGateway IAMUser
4 ec2 CreateInternetGateway IAMUser
4 ec2 DeleteRoute IAMUser
4 ec2 DescribeInstanceCreditSpecifications IAMUser
4 ec2 DescribeTags IAMUser
4 ec2 DescribeVolumes IAMUser
4 iam DeleteRolePolicy IAMUser
4 s3 GetAccelerateConfiguration IAMUser
4 s3 GetBucketCors IAMUser
4 s3 GetBucketEncryption IAMUser
4 s3 GetBucketLifecycle IAMUser
4 s3 GetBucketObjectLockConfiguration IAMUser
4 s3 GetBucketRequestPayment IAMUser
4 s3 GetBucketVersioning IAMUser
4 s3 GetBucketWebsite IAMUser
3 cloudtrail DeleteTrail IAMUser
3 cloudtrail GetTrailStatus IAMUser
3 cloudtrail StartLogging IAMUser
3 cloudtrail StopLogging IAMUser
3 ec2 AllocateAddress IAMUser
3 ec2 DeleteSubnet IAMUser
3 iam AddRoleToInstanceProfile IAMUser
3 iam CreateInstanceProfile IAMUser
3 iam DeleteInstanceProfile IAMUser
3 iam DetachRolePolicy IAMUser
3 iam GetPolicyVersion IAMUser
3 iam ListEntitiesForPolicy IAMUser
3 iam RemoveRoleFromInstanceProfile IAMUser
3 iam TagInstanceProfile IAMUser
3 s3 GetBucketReplication IAMUser
2 account GetRegionOptStatus IAMUser
2 cloudtrail CreateTrail IAMUser
2 cloudtrail PutEventSelectors IAMUser
2 ec2 CreateNatGateway IAMUser
2 ec2 CreateNetworkInterface IAMUser
2 ec2 DeleteNatGateway IAMUser
2 ec2 DeleteVpc IAMUser
2 ec2 DescribeFlowLogs IAMUser
2 ec2 DescribeInstances AssumedRole inspector2.amazonaws.com
2 ec2 ModifyInstanceAttribute IAMUser
2 ec2 RunInstances AssumedRole
2 ec2 SharedSnapshotVolumeCreated AWSService
2 ec2 TerminateInstances IAMUser
2 iam CreatePolicy IAMUser
2 logs DescribeLogGroups IAMUser
2 logs ListTagsLogGroup IAMUser
2 s3 CreateBucket IAMUser
2 s3 GetStorageLensDashboardDataInternal IAMUser AWS Internal
2 s3 PutBucketPolicy IAMUser
2 s3 PutBucketTagging IAMUser
2 ssm GetCommandInvocation IAMUser
2 ssm ListInstanceAssociations AssumedRole
2 ssm PutComplianceItems AssumedRole
2 ssm PutInventory AssumedRole
2 ssm SendCommand IAMUser
1 ec2 CreateFlowLogs IAMUser
1 ec2 DeleteFlowLogs IAMUser
1 ec2 DeleteInternetGateway IAMUser
1 ec2 DeleteNetworkInterface IAMUser
1 ec2 DescribeInstances AssumedRole
1 ec2 DetachNetworkInterface IAMUser
1 ec2 ReleaseAddress IAMUser
1 iam DeletePolicy IAMUser
1 iam GetAccountAuthorizationDetails IAMUser
1 iam GetAccountSummary IAMUser
1 iam ListMFADevices IAMUser
1 iam ListPolicyVersions IAMUser
1 iam ListSSHPublicKeys IAMUser
1 iam ListUsers IAMUser
1 logs CreateLogGroup IAMUser
1 logs DeleteLogGroup IAMUser
1 notifications ListNotificationHubs IAMUser
1 organizations LeaveOrganization AssumedRole
1 route53 ListHostedZones IAMUser
1 s3 DeleteBucketLifecycle IAMUser
1 s3 GetAccountPublicAccessBlock IAMUser
1 s3 GetStorageLensConfiguration IAMUser
1 s3 GetStorageLensConfiguration IAMUser AWS Internal
1 s3 ListBuckets IAMUser
1 s3 PutBucketLifecycle IAMUser
1 secretsmanager ListSecrets IAMUser
1 ssm GetDocument AssumedRole
1 sts GetCallerIdentity AssumedRole
`
  .trim()
  .split('\n')
  .map((line) => {
    const [weight, service = '', name = '', identity, ...via] = line.split(' ');
    return { weight: Number(weight), service, name, identity: identity as MixRow['identity'], via: via.join(' ') };
  });
