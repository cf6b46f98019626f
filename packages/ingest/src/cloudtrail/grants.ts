import type { GrantReader, GrantReaders } from './grant-call.ts';
import { EKS_GRANTS, IAM_GRANTS, ROLES_ANYWHERE_GRANTS, SSO_GRANTS, STS_GRANTS } from './identity-grants.ts';
import {
  API_GATEWAY_GRANTS,
  EVENTS_GRANTS,
  KMS_GRANTS,
  LAMBDA_GRANTS,
  S3_GRANTS,
  SNS_GRANTS,
  SQS_GRANTS,
  WHOLE_POLICY_GRANTS,
} from './resource-policy-grants.ts';
import {
  EC2_GRANTS,
  EVENTS_SHARES,
  LOGS_GRANTS,
  RAM_GRANTS,
  RDS_GRANTS,
  REDSHIFT_GRANTS,
  SSM_GRANTS,
} from './share-grants.ts';

/** Calls that can give power away, by the first label of their event source. */
const GRANTS: Readonly<Record<string, GrantReaders>> = {
  ...WHOLE_POLICY_GRANTS,
  apigateway: API_GATEWAY_GRANTS,
  ec2: EC2_GRANTS,
  eks: EKS_GRANTS,
  events: { ...EVENTS_GRANTS, ...EVENTS_SHARES },
  iam: IAM_GRANTS,
  kms: KMS_GRANTS,
  lambda: LAMBDA_GRANTS,
  logs: { ...WHOLE_POLICY_GRANTS.logs, ...LOGS_GRANTS },
  ram: RAM_GRANTS,
  rds: RDS_GRANTS,
  redshift: REDSHIFT_GRANTS,
  rolesanywhere: ROLES_ANYWHERE_GRANTS,
  s3: S3_GRANTS,
  sns: SNS_GRANTS,
  sqs: SQS_GRANTS,
  ssm: SSM_GRANTS,
  sso: SSO_GRANTS,
  sts: STS_GRANTS,
};

const READERS: ReadonlyMap<string, GrantReader> = new Map(
  Object.entries(GRANTS).flatMap(([service, readers]) =>
    Object.entries(readers).map(([name, reader]): [string, GrantReader] => [`${service} ${name}`, reader]),
  ),
);

/** Lambda and CloudFront append the API's date: `AddPermission20150331v2`, `CreateDistribution2015_07_27`. */
const API_VERSION = /(?:20\d{6}|20\d\d_\d\d_\d\d)(?:v\d+)?$/;

/** The reader of grants for one kind of call; `undefined` for the many that give nothing away. */
export function grantReaderOf(eventSource: string, eventName: string): GrantReader | undefined {
  return READERS.get(`${eventSource.split('.', 1)[0]} ${eventName.replace(API_VERSION, '')}`);
}
