/**
 * Findings after "GuardDuty finding format" of the GuardDuty user guide, "ASFF syntax" and "EventBridge event formats" of the Security Hub
 * user guide, and the examples of both; ids made up.
 */
export type RawFinding = Readonly<Record<string, unknown>>;

const DETECTOR = 'arn:aws:guardduty:eu-west-1:111122223333:detector/12abc34d567e8fa901bc2d34e56789f0';

/** As EventBridge and S3 exports have it: about the session of a role on an instance. */
export const GUARDDUTY: RawFinding = {
  schemaVersion: '2.0',
  accountId: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  arn: `${DETECTOR}/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
  type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: 'AROACKCEVSQ6C2EXAMPLE:i-0abcdef1234567890',
      userType: 'AssumedRole',
      userName: 'orders-api',
    },
  },
  service: {
    serviceName: 'guardduty',
    detectorId: '12abc34d567e8fa901bc2d34e56789f0',
    action: {
      actionType: 'AWS_API_CALL',
      awsApiCallAction: {
        api: 'ListBuckets',
        serviceName: 's3.amazonaws.com',
        callerType: 'Remote IP',
        remoteIpDetails: { ipAddressV4: '198.51.100.7' },
        affectedResources: {},
      },
    },
    resourceRole: 'TARGET',
    additionalInfo: { type: 'default', value: '{}' },
    eventFirstSeen: '2026-03-02T08:40:00Z',
    eventLastSeen: '2026-03-02T09:05:00Z',
    archived: false,
    count: 3,
  },
  severity: 8,
  createdAt: '2026-03-02T08:55:11.123Z',
  updatedAt: '2026-03-02T09:15:11.123Z',
  title: 'Credentials for the EC2 instance role orders-api were used from an external IP address.',
  description: 'Credentials created exclusively for an EC2 instance were used from 198.51.100.7.',
};

/** What Security Hub makes of the same. */
export const GUARDDUTY_IN_ASFF: RawFinding = {
  SchemaVersion: '2018-10-08',
  Id: `${DETECTOR}/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  CompanyName: 'Amazon',
  Region: 'eu-west-1',
  GeneratorId: DETECTOR,
  AwsAccountId: '111122223333',
  Types: ['TTPs/Credential Access/UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS'],
  FirstObservedAt: '2026-03-02T08:40:00.000Z',
  LastObservedAt: '2026-03-02T09:05:00.000Z',
  CreatedAt: '2026-03-02T08:55:11.123Z',
  UpdatedAt: '2026-03-02T09:15:11.123Z',
  Severity: { Product: 8, Label: 'HIGH', Normalized: 70 },
  Title: 'Credentials for the EC2 instance role orders-api were used from an external IP address.',
  Description: 'Credentials created exclusively for an EC2 instance were used from 198.51.100.7.',
  ProductFields: {
    'aws/guardduty/service/archived': 'false',
    'aws/securityhub/ProductName': 'GuardDuty',
    'aws/guardduty/service/count': '3',
  },
  Resources: [
    {
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:ASIAIOSFODNN7EXAMPLE',
      Partition: 'aws',
      Region: 'eu-west-1',
      Details: {
        AwsIamAccessKey: {
          PrincipalId: 'AROACKCEVSQ6C2EXAMPLE:i-0abcdef1234567890',
          PrincipalName: 'orders-api',
          PrincipalType: 'AssumedRole',
        },
      },
    },
  ],
  WorkflowState: 'NEW',
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
};

/** Of another product, about a user. */
export const PARTNER_IN_ASFF: RawFinding = {
  ...GUARDDUTY_IN_ASFF,
  Id: 'eu-west-1/111122223333/partner/7',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/partner/watcher',
  ProductName: 'Watcher',
  GeneratorId: 'watcher-7',
  Types: ['Unusual Behaviors/User'],
  Severity: { Normalized: 45 },
  ProductFields: {},
  Resources: [
    { Type: 'AwsAccount', Id: 'AWS::::Account:111122223333' },
    {
      Type: 'AwsIamUser',
      Id: 'arn:aws:iam::111122223333:user/dana',
      Details: { AwsIamUser: { UserId: 'AIDACKCEVSQ6C2EXAMPLE' } },
    },
  ],
};

/** The same as the first, in the form of the second version of Security Hub. */
export const GUARDDUTY_IN_OCSF: RawFinding = {
  activity_id: 1,
  category_uid: 2,
  class_uid: 2004,
  type_uid: 200401,
  severity_id: 4,
  severity: 'High',
  status_id: 1,
  time: 1772442911123,
  metadata: {
    version: '1.6.0',
    product: {
      name: 'GuardDuty',
      vendor_name: 'Amazon',
      uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty',
    },
  },
  cloud: { provider: 'AWS', region: 'eu-west-1', account: { uid: '111122223333' } },
  finding_info: {
    uid: `${DETECTOR}/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
    title: 'Credentials for the EC2 instance role orders-api were used from an external IP address.',
    types: ['UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS'],
    modified_time: 1772442911123,
  },
  evidences: [
    { actor: { user: { uid: 'AROACKCEVSQ6C2EXAMPLE:i-0abcdef1234567890', name: 'orders-api', type: 'AssumedRole' } } },
  ],
  resources: [{ uid: 'arn:aws:iam::111122223333:role/orders-api', type: 'AWS::IAM::Role' }],
};

export function guardDutyEvent(detail: unknown): RawFinding {
  return { ...notice('GuardDuty Finding', 'aws.guardduty'), detail };
}

export function securityHubEvent(
  findings: readonly unknown[],
  detailType = 'Security Hub Findings - Imported',
): RawFinding {
  return { ...notice(detailType, 'aws.securityhub'), detail: { findings } };
}

function notice(detailType: string, source: string): RawFinding {
  return {
    version: '0',
    id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
    'detail-type': detailType,
    source,
    account: '111122223333',
    time: '2026-03-02T09:20:00Z',
    region: 'eu-west-1',
    resources: [],
  };
}

/** As SDKs and the command line spell what the wire has in lower case. */
export function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [`${key[0]?.toUpperCase()}${key.slice(1)}`, pascalCase(child)]),
  );
}
