import { ScannedObject } from '../scan/scanned-object.ts';
import { accountOf, isObject, type JsonObject, listOf, MAX_TEXT, objectOf, textOf } from './record.ts';

/** Most resources kept of one event. */
const MAX_RESOURCES = 16;

const NONE: readonly string[] = Object.freeze([]);

/** One request parameter: names from the outside in. Lists on the way are gone through. */
export type ParameterPath = readonly string[];

/**
 * Request parameters that name what a call touches, the main one first. Services that are not here
 * use the last row.
 */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['restApiId', 'apiId', 'resourceArn'],
  athena: ['workGroup', 'queryExecutionId'],
  backup: ['backupVaultName', 'recoveryPointArn'],
  bedrock: ['modelId', 'agentId', 'knowledgeBaseId'],
  cloudformation: ['stackName', 'stackSetName'],
  cloudfront: ['id', 'distributionId'],
  cloudtrail: ['name', 'trailName'],
  codebuild: ['projectName', 'name'],
  'cognito-identity': ['identityPoolId'],
  'cognito-idp': ['userPoolId'],
  dynamodb: ['tableName', 'resourceArn', 'backupArn'],
  ec2: [
    'instanceId',
    'instancesSet.items.instanceId',
    'groupId',
    'groupName',
    'snapshotId',
    'imageId',
    'volumeId',
    'vpcId',
    'subnetId',
    'networkInterfaceId',
    'keyName',
  ],
  ecr: ['repositoryName'],
  ecs: ['cluster', 'taskDefinition', 'service'],
  eks: ['name', 'clusterName'],
  elasticfilesystem: ['fileSystemId'],
  events: ['name', 'rule', 'eventBusName'],
  glue: ['databaseName', 'name', 'jobName', 'resourceArn'],
  guardduty: ['detectorId', 'ipSetId'],
  iam: ['roleName', 'userName', 'groupName', 'instanceProfileName', 'policyArn', 'policyName'],
  kinesis: ['streamName', 'streamARN'],
  kms: ['keyId', 'targetKeyId', 'aliasName'],
  lambda: ['functionName', 'layerName', 'uUID', 'eventSourceArn', 'resource'],
  logs: ['logGroupName', 'logGroupIdentifier', 'destinationName'],
  organizations: ['accountId', 'targetId', 'policyId'],
  rds: ['dBInstanceIdentifier', 'dBClusterIdentifier', 'dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier'],
  redshift: ['clusterIdentifier', 'snapshotIdentifier'],
  route53: ['hostedZoneId'],
  s3: ['bucketName'],
  sagemaker: ['notebookInstanceName', 'endpointName', 'modelName'],
  secretsmanager: ['secretId', 'secretIdList', 'name'],
  sns: ['topicArn', 'name'],
  sqs: ['queueUrl', 'queueName'],
  ssm: ['name', 'names', 'documentName', 'instanceId', 'instanceIds', 'target', 'path'],
  sso: ['permissionSetArn', 'targetId', 'principalId'],
  states: ['stateMachineArn', 'executionArn', 'name'],
  sts: ['roleArn'],
  other: ['resourceArn', 'arn', 'name', 'id'],
};

const PATHS: ReadonlyMap<string, readonly ParameterPath[]> = new Map(
  Object.entries(PARAMETERS).map(([service, names]) => [service, names.map((name) => name.split('.'))]),
);

/** Parameters to look at for one event source; `secretsmanager.amazonaws.com` or its first label. */
export function resourcePathsOf(eventSource: string): readonly ParameterPath[] {
  const service = eventSource.split('.', 1)[0] ?? '';
  return PATHS.get(service) ?? PATHS.get('other') ?? [];
}

/**
 * What an event touched: the ARNs that CloudTrail lists, then the main request parameters that they do
 * not already name. The first is the main one.
 *
 * S3 objects count as their bucket: keys are too many to be remembered one by one.
 *
 * @param listed - the record's `resources`
 */
export function resourcesOf(
  listed: unknown,
  requestParameters: unknown,
  paths: readonly ParameterPath[],
): readonly string[] {
  const hasList = Array.isArray(listed) && listed.length > 0;
  if (!hasList && !requestParameters) return NONE;
  const found: string[] = [];
  if (hasList) {
    for (let at = 0; at < listed.length && at < MAX_RESOURCES; at++) {
      const entry: unknown = listed[at];
      if (isObject(entry)) add(found, arnOf(entry));
    }
  }
  if (requestParameters) {
    const parameters = requestParameters instanceof ScannedObject ? requestParameters : objectOf(requestParameters);
    for (const path of paths) {
      const name = path[0] ?? '';
      const value = parameters instanceof ScannedObject ? parameters.get(name) : parameters[name];
      if (value !== undefined && value !== null) addParameter(found, value, path, 1);
    }
  }
  return found.length === 0 ? NONE : found;
}

function arnOf(entry: JsonObject): string {
  const arn = textOf(entry.ARN ?? entry.arn, MAX_TEXT);
  const inS3 = arn.indexOf(':s3:::');
  const slash = inS3 < 0 ? -1 : arn.indexOf('/', inS3);
  return slash < 0 ? arn : arn.slice(0, slash);
}

function addParameter(found: string[], value: unknown, path: ParameterPath, depth: number): void {
  if (Array.isArray(value)) {
    for (const member of listOf(value, MAX_RESOURCES)) {
      if (!Array.isArray(member)) addParameter(found, member, path, depth);
    }
    return;
  }
  const name = path[depth];
  if (name === undefined) add(found, textOf(value));
  else if (isObject(value)) addParameter(found, value[name], path, depth + 1);
}

function add(found: string[], name: string): void {
  if (name === '' || name === 'HIDDEN_DUE_TO_SECURITY_REASONS' || found.length >= MAX_RESOURCES) return;
  for (const known of found) {
    if (namesSame(known, name)) return;
  }
  found.push(name);
}

/** Whether a known ARN or name already tells of `name`: `arn:aws:s3:::logs` of `logs`. */
function namesSame(known: string, name: string): boolean {
  if (!known.endsWith(name)) return false;
  if (known.length === name.length) return true;
  const before = known.charCodeAt(known.length - name.length - 1);
  return (before === 58 || before === 47) && accountOf(name) === '';
}
