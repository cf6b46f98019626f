import type { Grant } from '@portcullis/event';
import { bounded, type GrantCall, type GrantReader, type GrantReaders, grant, policyGrants } from './grant-call.ts';
import { recipientOf } from './principal-recipient.ts';
import { type Recipient, recipientNamed } from './recipient.ts';
import { firstText, isFalse, type JsonObject, listOf, objectOf, partOf, textOf, textsOf } from './record.ts';

const EVERYBODY: Recipient = { reach: 'public', grantee: '*' };

export const S3_GRANTS: GrantReaders = {
  PutBucketPolicy: policyIn(['bucketPolicy'], ['bucketName']),
  PutAccessPointPolicy: policyIn(['policy', 'Policy'], ['name', 'bucketName']),
  PutMultiRegionAccessPointPolicy: policyIn(['policy', 'Policy'], ['name', 'bucketName']),
  PutBucketAcl: accessControlList,
  PutObjectAcl: accessControlList,
  CreateBucket: accessControlList,
  PutObject: accessControlList,
  PutBucketPublicAccessBlock: publicAccessBlock,
  PutAccountPublicAccessBlock: publicAccessBlock,
  PutPublicAccessBlock: publicAccessBlock,
  DeleteBucketPublicAccessBlock: guardRemoved('bucketName'),
  DeleteAccountPublicAccessBlock: guardRemoved('accountId'),
  DeletePublicAccessBlock: guardRemoved('bucketName'),
  PutBucketReplication: replication,
};

export const LAMBDA_GRANTS: GrantReaders = {
  AddPermission: lambdaPermission(['functionName']),
  AddLayerVersionPermission: lambdaPermission(['layerName']),
  CreateFunctionUrlConfig: functionUrl,
  UpdateFunctionUrlConfig: functionUrl,
};

export const SQS_GRANTS: GrantReaders = {
  CreateQueue: policyAttribute(['queueName']),
  SetQueueAttributes: policyAttribute(['queueUrl']),
  AddPermission: accountsIn(['aWSAccountIds', 'AWSAccountIds', 'awsAccountIds'], ['queueUrl']),
};

export const SNS_GRANTS: GrantReaders = {
  CreateTopic: policyAttribute(['name']),
  SetTopicAttributes: ({ request, account }) =>
    textOf(request.attributeName) === 'Policy'
      ? policyGrants('resource-policy', request.attributeValue, textOf(request.topicArn), account)
      : [],
  AddPermission: accountsIn(['aWSAccountIds', 'aWSAccountId', 'AWSAccountId', 'awsAccountIds'], ['topicArn']),
};

export const KMS_GRANTS: GrantReaders = {
  CreateKey: policyIn(['policy'], ['keyId']),
  PutKeyPolicy: policyIn(['policy'], ['keyId']),
  CreateGrant: ({ request, account }) => [
    grant(
      'resource-policy',
      recipientNamed(textOf(request.granteePrincipal), account),
      textOf(request.keyId),
      textsOf(request.operations).includes('CreateGrant'),
    ),
  ],
};

export const API_GATEWAY_GRANTS: GrantReaders = {
  CreateRestApi: ({ request, account }) => {
    const input = { ...request, ...partOf(request.createRestApiInput) };
    return policyGrants('resource-policy', input.policy, textOf(input.name), account);
  },
  UpdateRestApi: ({ request, account }) =>
    listOf(partOf(request.updateRestApiInput).patchOperations ?? request.patchOperations)
      .map(partOf)
      .filter(({ path }) => path === '/policy')
      .flatMap(({ value }) => policyGrants('resource-policy', value, textOf(request.restApiId), account)),
};

export const EVENTS_GRANTS: GrantReaders = {
  PutPermission: (call) => {
    const { request, account } = call;
    const bus = firstText(request, 'eventBusName') || 'default';
    if (request.policy) return policyGrants('resource-policy', request.policy, bus, account);
    const { type, key, value } = objectOf(request.condition);
    const condition = { [textOf(type)]: { [textOf(key)]: value } };
    const recipient = recipientOf({ kind: 'AWS', name: textOf(request.principal) }, condition, account);
    return [grant('resource-policy', recipient, bus)];
  },
};

/** Services whose one call puts a whole policy document: event source, event name, where the document and the name are. */
const WHOLE_POLICIES: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['backup', 'PutBackupVaultAccessPolicy', ['policy'], ['backupVaultName']],
  ['codeartifact', 'PutDomainPermissionsPolicy', ['policyDocument'], ['domain']],
  ['codeartifact', 'PutRepositoryPermissionsPolicy', ['policyDocument'], ['repository']],
  ['codebuild', 'PutResourcePolicy', ['policy'], ['resourceArn']],
  ['dynamodb', 'PutResourcePolicy', ['policy'], ['resourceArn']],
  ['ecr', 'SetRepositoryPolicy', ['policyText'], ['repositoryName']],
  ['ecr', 'PutRegistryPolicy', ['policyText'], ['registryId']],
  ['ecr-public', 'SetRepositoryPolicy', ['policyText'], ['repositoryName']],
  ['elasticfilesystem', 'PutFileSystemPolicy', ['policy'], ['fileSystemId']],
  ['es', 'CreateDomain', ['accessPolicies'], ['domainName']],
  ['es', 'CreateElasticsearchDomain', ['accessPolicies'], ['domainName']],
  ['es', 'UpdateDomainConfig', ['accessPolicies'], ['domainName']],
  ['es', 'UpdateElasticsearchDomainConfig', ['accessPolicies'], ['domainName']],
  ['glacier', 'SetVaultAccessPolicy', ['policy'], ['vaultName']],
  ['glue', 'PutResourcePolicy', ['policyInJson'], ['resourceArn']],
  ['kinesis', 'PutResourcePolicy', ['policy'], ['resourceARN']],
  ['logs', 'PutDestinationPolicy', ['accessPolicy'], ['destinationName']],
  ['logs', 'PutResourcePolicy', ['policyDocument'], ['policyName']],
  ['mediastore', 'PutContainerPolicy', ['policy'], ['containerName']],
  ['secretsmanager', 'PutResourcePolicy', ['resourcePolicy'], ['secretId']],
  ['ses', 'PutIdentityPolicy', ['policy'], ['identity']],
];

/** Readers of `WHOLE_POLICIES` by event source. */
export const WHOLE_POLICY_GRANTS: Readonly<Record<string, GrantReaders>> = Object.fromEntries(
  Object.entries(Object.groupBy(WHOLE_POLICIES, ([service]) => service)).map(([service, rows = []]) => [
    service,
    Object.fromEntries(rows.map(([, name, documents, resources]) => [name, policyIn(documents, resources)])),
  ]),
);

function policyIn(documents: readonly string[], resources: readonly string[]): GrantReader {
  return ({ request, response, account }) => {
    const document = documents.map((name) => request[name]).find(Boolean);
    // Glacier wraps the document once more.
    const inner = partOf(document).policy ?? document;
    const created = partOf(response.keyMetadata).arn;
    return policyGrants('resource-policy', inner, firstText(request, ...resources) || textOf(created), account);
  };
}

/** SQS and SNS keep the policy among the attributes. */
function policyAttribute(resources: readonly string[]): GrantReader {
  return ({ request, account }) => {
    const attributes = objectOf(request.attributes);
    return policyGrants(
      'resource-policy',
      attributes.Policy ?? attributes.policy,
      firstText(request, ...resources),
      account,
    );
  };
}

function accountsIn(names: readonly string[], resources: readonly string[]): GrantReader {
  return ({ request, account }) => {
    const accounts = names.flatMap((name) => textsOf(request[name]));
    const resource = firstText(request, ...resources);
    return bounded(accounts.map((id) => grant('resource-policy', recipientNamed(id, account), resource)));
  };
}

/** `AddPermission` is a policy statement spelled out in parameters, and read as one. */
function lambdaPermission(resources: readonly string[]): GrantReader {
  return ({ request, account }) => {
    const condition = {
      StringEquals: {
        ...present('aws:SourceAccount', request.sourceAccount),
        ...present('aws:PrincipalOrgID', request.principalOrgID ?? request.organizationId),
      },
      ArnLike: present('aws:SourceArn', request.sourceArn),
    };
    const recipient = recipientOf({ kind: 'AWS', name: textOf(request.principal) }, condition, account);
    return [grant('resource-policy', recipient, firstText(request, ...resources))];
  };
}

function present(key: string, value: unknown): JsonObject {
  return textOf(value) === '' ? {} : { [key]: value };
}

/** A function URL without IAM: anybody on the internet may call, once a permission for it is there. */
function functionUrl({ request }: GrantCall): readonly Grant[] {
  return textOf(request.authType) === 'NONE' ? [grant('resource-policy', EVERYBODY, textOf(request.functionName))] : [];
}

/** Any of the four switches turned off outright opens a way to the public; no one has taken it yet. */
function publicAccessBlock({ request }: GrantCall): readonly Grant[] {
  const settings = objectOf(request.PublicAccessBlockConfiguration ?? request.publicAccessBlockConfiguration);
  return Object.values(settings).some(isFalse)
    ? [grant('boundary-removed', EVERYBODY, firstText(request, 'bucketName', 'accountId') || 'public-access-block')]
    : [];
}

/** The guard against public access is gone; no one has got access by that alone. */
export function guardRemoved(...names: readonly string[]): GrantReader {
  return ({ request }) => [grant('boundary-removed', EVERYBODY, firstText(request, ...names) || 'public-access-block')];
}

/** Canned ACLs that reach beyond the account. */
const OPEN_CANNED_ACLS = new Set(['public-read', 'public-read-write', 'authenticated-read']);

/** S3's older way: a canned ACL, grants in headers, or a list of grantees. */
function accessControlList({ request, account }: GrantCall): readonly Grant[] {
  if (!mentionsAccess(request)) return [];
  const resource = textOf(request.bucketName);
  const canned = textsOf(request['x-amz-acl']);
  const policy = partOf(request.AccessControlPolicy ?? request.accessControlPolicy);
  const owner = textOf(partOf(policy.Owner).ID);
  const listed = listOf(partOf(policy.AccessControlList).Grant).map(partOf);
  return bounded([
    ...canned
      .filter((acl) => OPEN_CANNED_ACLS.has(acl))
      .map((acl) => grant('resource-policy', EVERYBODY, resource, acl === 'public-read-write')),
    ...Object.entries(request)
      .filter(([name]) => name.startsWith('x-amz-grant-'))
      .flatMap(([name, value]) => headerGrantees(value).map((who) => aclGrant(who, name.endsWith('full-control')))),
    ...listed.map(({ Grantee, Permission }) => aclGrant(partOf(Grantee), Permission === 'FULL_CONTROL')),
  ]).filter(({ grantee }) => grantee !== 'unknown' && grantee !== owner);

  function aclGrant({ URI, ID, EmailAddress }: JsonObject, administrative: boolean): Grant {
    const who = textOf(URI) || textOf(ID) || textOf(EmailAddress);
    return grant('resource-policy', aclRecipient(who, account), resource, administrative);
  }
}

/** Spares the many plain `PutObject` calls. */
function mentionsAccess(request: JsonObject): boolean {
  for (const name in request) {
    if (name.startsWith('x-amz-acl') || name.startsWith('x-amz-grant-') || name.endsWith('ccessControlPolicy'))
      return true;
  }
  return false;
}

function aclRecipient(who: string, account: string): Recipient {
  if (/\/(?:AllUsers|AuthenticatedUsers)$/.test(who)) return { reach: 'public', grantee: who };
  if (who.endsWith('/LogDelivery')) return { reach: 'service', grantee: who };
  // Canonical user ids and e-mail addresses do not show their account.
  return who === account ? { reach: 'own-account', grantee: who } : { reach: 'foreign-account', grantee: who };
}

/** `uri="http://acs.amazonaws.com/groups/global/AllUsers", id="..."`. */
function headerGrantees(value: unknown): readonly JsonObject[] {
  return textsOf(value)
    .flatMap((text) => text.split(','))
    .map((pair) => ({
      ID: pair
        .slice(pair.indexOf('=') + 1)
        .replaceAll('"', '')
        .trim(),
    }));
}

/** Copies all that comes into a bucket to another; the rule names the other account, or none where it is its own. */
function replication({ request, account }: GrantCall): readonly Grant[] {
  const rules = listOf(partOf(request.ReplicationConfiguration).Rule).map(partOf);
  return bounded(
    rules
      .filter(({ Status }) => textOf(Status) !== 'Disabled')
      .map(({ Destination }) => textOf(partOf(Destination).Account))
      .filter((owner) => owner !== '')
      .map((owner) => grant('share', recipientNamed(owner, account), textOf(request.bucketName))),
  );
}
