/**
 * Calls whose IAM action has another name, or that need more than one action; the first named is the main one.
 *
 * By IAM service prefix, then event name without version suffix. Sources: "Actions, resources, and
 * condition keys" of each service (service authorization reference), the permissions named in each
 * service's API reference, and for S3 "Required permissions for Amazon S3 API operations". Compared with
 * `sdk_method_iam_mappings` of iann0036/iam-dataset (MIT).
 */
export const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: {
    ListObjects: 's3:ListBucket',
    ListObjectsV2: 's3:ListBucket',
    HeadBucket: 's3:ListBucket',
    ListBuckets: 's3:ListAllMyBuckets',
    ListObjectVersions: 's3:ListBucketVersions',
    ListMultipartUploads: 's3:ListBucketMultipartUploads',
    ListParts: 's3:ListMultipartUploadParts',
    HeadObject: 's3:GetObject',
    SelectObjectContent: 's3:GetObject',
    PostObject: 's3:PutObject',
    CopyObject: 's3:PutObject s3:GetObject',
    UploadPart: 's3:PutObject',
    UploadPartCopy: 's3:PutObject s3:GetObject',
    CreateMultipartUpload: 's3:PutObject',
    InitiateMultipartUpload: 's3:PutObject',
    CompleteMultipartUpload: 's3:PutObject',
    DeleteObjects: 's3:DeleteObject',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    PutBucketEncryption: 's3:PutEncryptionConfiguration',
    DeleteBucketEncryption: 's3:PutEncryptionConfiguration',
    GetBucketLifecycle: 's3:GetLifecycleConfiguration',
    GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
    PutBucketLifecycle: 's3:PutLifecycleConfiguration',
    PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
    DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
    GetBucketReplication: 's3:GetReplicationConfiguration',
    PutBucketReplication: 's3:PutReplicationConfiguration iam:PassRole',
    DeleteBucketReplication: 's3:PutReplicationConfiguration',
    GetBucketNotificationConfiguration: 's3:GetBucketNotification',
    PutBucketNotificationConfiguration: 's3:PutBucketNotification',
    DeleteBucketCors: 's3:PutBucketCORS',
    DeleteBucketTagging: 's3:PutBucketTagging',
    DeleteBucketOwnershipControls: 's3:PutBucketOwnershipControls',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
    PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
    DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
    DeleteBucketPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
    DeleteAccountPublicAccessBlock: 's3:PutAccountPublicAccessBlock',
    GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
    PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
    GetBucketAccelerateConfiguration: 's3:GetAccelerateConfiguration',
    PutBucketAccelerateConfiguration: 's3:PutAccelerateConfiguration',
    GetBucketInventoryConfiguration: 's3:GetInventoryConfiguration',
    ListBucketInventoryConfigurations: 's3:GetInventoryConfiguration',
    PutBucketInventoryConfiguration: 's3:PutInventoryConfiguration',
    DeleteBucketInventoryConfiguration: 's3:PutInventoryConfiguration',
    GetBucketAnalyticsConfiguration: 's3:GetAnalyticsConfiguration',
    ListBucketAnalyticsConfigurations: 's3:GetAnalyticsConfiguration',
    PutBucketAnalyticsConfiguration: 's3:PutAnalyticsConfiguration',
    DeleteBucketAnalyticsConfiguration: 's3:PutAnalyticsConfiguration',
    GetBucketMetricsConfiguration: 's3:GetMetricsConfiguration',
    ListBucketMetricsConfigurations: 's3:GetMetricsConfiguration',
    PutBucketMetricsConfiguration: 's3:PutMetricsConfiguration',
    DeleteBucketMetricsConfiguration: 's3:PutMetricsConfiguration',
    GetBucketIntelligentTieringConfiguration: 's3:GetIntelligentTieringConfiguration',
    ListBucketIntelligentTieringConfigurations: 's3:GetIntelligentTieringConfiguration',
    PutBucketIntelligentTieringConfiguration: 's3:PutIntelligentTieringConfiguration',
    DeleteBucketIntelligentTieringConfiguration: 's3:PutIntelligentTieringConfiguration',
    CreateBucketMetadataConfiguration: 's3:CreateBucketMetadataTableConfiguration',
    GetBucketMetadataConfiguration: 's3:GetBucketMetadataTableConfiguration',
    DeleteBucketMetadataConfiguration: 's3:DeleteBucketMetadataTableConfiguration',
    ListDirectoryBuckets: 's3express:ListAllMyDirectoryBuckets',
    CreateSession: 's3express:CreateSession',
  },
  // Directory buckets: one session permission for everything done with objects.
  s3express: {
    ListDirectoryBuckets: 's3express:ListAllMyDirectoryBuckets',
    GetObject: 's3express:CreateSession',
    HeadObject: 's3express:CreateSession',
    GetObjectAttributes: 's3express:CreateSession',
    PutObject: 's3express:CreateSession',
    CopyObject: 's3express:CreateSession',
    RenameObject: 's3express:CreateSession',
    DeleteObject: 's3express:CreateSession',
    DeleteObjects: 's3express:CreateSession',
    ListObjectsV2: 's3express:CreateSession',
    HeadBucket: 's3express:CreateSession',
    CreateMultipartUpload: 's3express:CreateSession',
    UploadPart: 's3express:CreateSession',
    UploadPartCopy: 's3express:CreateSession',
    CompleteMultipartUpload: 's3express:CreateSession',
    AbortMultipartUpload: 's3express:CreateSession',
    ListParts: 's3express:CreateSession',
    ListMultipartUploads: 's3express:CreateSession',
    GetBucketEncryption: 's3express:GetEncryptionConfiguration',
    PutBucketEncryption: 's3express:PutEncryptionConfiguration',
    DeleteBucketEncryption: 's3express:PutEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 's3express:GetLifecycleConfiguration',
    PutBucketLifecycleConfiguration: 's3express:PutLifecycleConfiguration',
    DeleteBucketLifecycle: 's3express:PutLifecycleConfiguration',
  },
  lambda: {
    Invoke: 'lambda:InvokeFunction',
    InvokeAsync: 'lambda:InvokeFunction',
    InvokeWithResponseStream: 'lambda:InvokeFunction',
    GetLayerVersionByArn: 'lambda:GetLayerVersion',
  },
  kms: { ReEncrypt: 'kms:ReEncryptFrom kms:ReEncryptTo' },
  dynamodb: {
    TransactGetItems: 'dynamodb:GetItem',
    TransactWriteItems: 'dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:ConditionCheckItem',
  },
  sqs: {
    SendMessageBatch: 'sqs:SendMessage',
    DeleteMessageBatch: 'sqs:DeleteMessage',
    ChangeMessageVisibilityBatch: 'sqs:ChangeMessageVisibility',
  },
  sns: { PublishBatch: 'sns:Publish' },
  bedrock: {
    Converse: 'bedrock:InvokeModel',
    ConverseStream: 'bedrock:InvokeModelWithResponseStream',
    StartAsyncInvoke: 'bedrock:InvokeModel',
    RetrieveAndGenerateStream: 'bedrock:RetrieveAndGenerate',
  },
  // One permission for every way of reading a budget, one for every way of changing it.
  budgets: {
    CreateBudget: 'budgets:ModifyBudget',
    UpdateBudget: 'budgets:ModifyBudget',
    DeleteBudget: 'budgets:ModifyBudget',
    CreateNotification: 'budgets:ModifyBudget',
    UpdateNotification: 'budgets:ModifyBudget',
    DeleteNotification: 'budgets:ModifyBudget',
    CreateSubscriber: 'budgets:ModifyBudget',
    UpdateSubscriber: 'budgets:ModifyBudget',
    DeleteSubscriber: 'budgets:ModifyBudget',
    DescribeBudget: 'budgets:ViewBudget',
    DescribeBudgets: 'budgets:ViewBudget',
    DescribeBudgetPerformanceHistory: 'budgets:ViewBudget',
    DescribeBudgetNotificationsForAccount: 'budgets:ViewBudget',
    DescribeNotificationsForBudget: 'budgets:ViewBudget',
    DescribeSubscribersForNotification: 'budgets:ViewBudget',
  },
  // Application Auto Scaling writes the event source of EC2 Auto Scaling; these names are its alone.
  autoscaling: {
    RegisterScalableTarget: 'application-autoscaling:RegisterScalableTarget',
    DeregisterScalableTarget: 'application-autoscaling:DeregisterScalableTarget',
    DescribeScalableTargets: 'application-autoscaling:DescribeScalableTargets',
    DescribeScalingPolicies: 'application-autoscaling:DescribeScalingPolicies',
    DeleteScalingPolicy: 'application-autoscaling:DeleteScalingPolicy',
    PutScheduledAction: 'application-autoscaling:PutScheduledAction',
  },
  // Keyspaces asks for CQL verbs.
  cassandra: {
    CreateKeyspace: 'cassandra:Create',
    CreateTable: 'cassandra:Create',
    CreateType: 'cassandra:Create',
    UpdateKeyspace: 'cassandra:Alter',
    UpdateTable: 'cassandra:Alter',
    DeleteKeyspace: 'cassandra:Drop',
    DeleteTable: 'cassandra:Drop',
    DeleteType: 'cassandra:Drop',
    RestoreTable: 'cassandra:Restore',
    GetKeyspace: 'cassandra:Select',
    GetTable: 'cassandra:Select',
    GetType: 'cassandra:Select',
    ListKeyspaces: 'cassandra:Select',
    ListTables: 'cassandra:Select',
    ListTypes: 'cassandra:Select',
  },
  verifiedpermissions: {
    BatchIsAuthorized: 'verifiedpermissions:IsAuthorized',
    BatchIsAuthorizedWithToken: 'verifiedpermissions:IsAuthorizedWithToken',
    BatchGetPolicy: 'verifiedpermissions:GetPolicy',
  },
  'access-analyzer': {
    GetFindingV2: 'access-analyzer:GetFinding',
    ListFindingsV2: 'access-analyzer:ListFindings',
  },
  cloudfront: { CreateDistributionWithTags: 'cloudfront:CreateDistribution cloudfront:TagResource' },
};

const renamed = new Map(
  Object.entries(RENAMED).map(([service, calls]) => [service, new Map(Object.entries(calls))] as const),
);

/** IAM actions that a call needs, main one first; `undefined` where the call is not in the table. */
export function renamedCall(service: string, name: string): readonly string[] | undefined {
  return renamed.get(service)?.get(name)?.split(' ');
}

/** Actions that some call needs beside its main one, by the main one. */
export function renamedCompanions(): ReadonlyMap<string, ReadonlySet<string>> {
  const companions = new Map<string, Set<string>>();
  for (const calls of renamed.values()) {
    for (const actions of calls.values()) {
      const [main = '', ...others] = actions.split(' ');
      for (const other of others) companions.set(main, (companions.get(main) ?? new Set()).add(other));
    }
  }
  return companions;
}
