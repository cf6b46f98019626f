/**
 * Calls whose IAM action has another name, or that need more than one action; the first named is the main one.
 *
 * By IAM service prefix, then event name without version suffix. Sources: "Actions, resources, and
 * condition keys" of each service (service authorization reference), and for S3 also "Required
 * permissions for Amazon S3 API operations".
 */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
    PutBucketReplication: 's3:PutReplicationConfiguration',
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
    PutBucketIntelligentTieringConfiguration: 's3:PutIntelligentTieringConfiguration',
  },
  lambda: {
    Invoke: 'lambda:InvokeFunction',
    InvokeAsync: 'lambda:InvokeFunction',
    InvokeWithResponseStream: 'lambda:InvokeFunction',
    CreateFunction: 'lambda:CreateFunction iam:PassRole',
    UpdateFunctionConfiguration: 'lambda:UpdateFunctionConfiguration iam:PassRole',
  },
  ec2: {
    RunInstances: 'ec2:RunInstances iam:PassRole',
    AssociateIamInstanceProfile: 'ec2:AssociateIamInstanceProfile iam:PassRole',
    ReplaceIamInstanceProfileAssociation: 'ec2:ReplaceIamInstanceProfileAssociation iam:PassRole',
  },
  iam: { AddRoleToInstanceProfile: 'iam:AddRoleToInstanceProfile iam:PassRole' },
  ecs: {
    RegisterTaskDefinition: 'ecs:RegisterTaskDefinition iam:PassRole',
    RunTask: 'ecs:RunTask iam:PassRole',
  },
  states: { CreateStateMachine: 'states:CreateStateMachine iam:PassRole' },
  glue: {
    CreateJob: 'glue:CreateJob iam:PassRole',
    CreateDevEndpoint: 'glue:CreateDevEndpoint iam:PassRole',
  },
  cloudformation: { CreateStack: 'cloudformation:CreateStack iam:PassRole' },
  sagemaker: { CreateNotebookInstance: 'sagemaker:CreateNotebookInstance iam:PassRole' },
  codebuild: { CreateProject: 'codebuild:CreateProject iam:PassRole' },
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
  },
  cloudfront: { CreateDistributionWithTags: 'cloudfront:CreateDistribution cloudfront:TagResource' },
};

/**
 * API Gateway asks permission for an HTTP verb on a path, whatever the call. First matching prefix of
 * the event name; source: service authorization reference, "API Gateway Management" (V1 and V2).
 */
const API_GATEWAY_VERBS: readonly (readonly [prefix: string, action: string])[] = [
  ['ImportApi', 'apigateway:PUT'],
  ['ImportRestApi', 'apigateway:POST'],
  ['ImportDocumentationParts', 'apigateway:PUT'],
  ['ImportApiKeys', 'apigateway:POST'],
  ['ReimportApi', 'apigateway:PUT'],
  ['Create', 'apigateway:POST'],
  ['Generate', 'apigateway:POST'],
  ['TestInvoke', 'apigateway:POST'],
  ['Get', 'apigateway:GET'],
  ['Export', 'apigateway:GET'],
  ['Put', 'apigateway:PUT'],
  ['Update', 'apigateway:PATCH'],
  ['Delete', 'apigateway:DELETE'],
  ['Flush', 'apigateway:DELETE'],
  ['Reset', 'apigateway:DELETE'],
  ['Untag', 'apigateway:DELETE'],
  ['Tag', 'apigateway:PUT'],
];

const renamed = new Map(
  Object.entries(RENAMED).map(([service, calls]) => [service, new Map(Object.entries(calls))] as const),
);

/** IAM actions that a call needs, main one first; `undefined` where the call's own name is the action's. */
export function renamedCall(service: string, name: string): readonly string[] | undefined {
  if (service === 'apigateway') {
    const verb = API_GATEWAY_VERBS.find(([prefix]) => name.startsWith(prefix));
    return verb === undefined ? undefined : [verb[1]];
  }
  return renamed.get(service)?.get(name)?.split(' ');
}
