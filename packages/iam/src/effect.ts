import type { AccessLevel, Effect } from '@portcullis/event';

/** Reading these is reading what an application keeps, not what an account looks like. */
const DATA_READS = new Set([
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:GetParameterHistory',
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PartiQLSelect',
  'dynamodb:ExportTableToPointInTime',
  'kms:Decrypt',
  'ec2:GetPasswordData',
  'ec2:GetConsoleScreenshot',
  'ec2:DescribeInstanceAttribute',
  'ebs:GetSnapshotBlock',
  'lambda:GetFunction',
  'rds-data:ExecuteStatement',
  'rds-data:BatchExecuteStatement',
  'redshift-data:GetStatementResult',
  'athena:GetQueryResults',
  'ecr:GetAuthorizationToken',
  'codeartifact:GetAuthorizationToken',
]);

/** Getting in changes nothing, whatever IAM's level says; what is done inside counts by itself. */
const ENTRIES = new Set(['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'signin:ConsoleLogin']);

const READING_VERB = /^(?:Get|List|Describe|Head|Lookup|Search|BatchGet|Check|View|Select|Query|Scan)/;

/** What a call does to what it touches: by IAM's access level, by its verb where IAM knows none. */
export function effectOf(name: string, accessLevel?: AccessLevel): Effect {
  if (DATA_READS.has(name)) return 'reads-data';
  if (ENTRIES.has(name)) return 'views';
  switch (accessLevel) {
    case 'List':
    case 'Read':
      return 'views';
    case 'Write':
    case 'Permissions management':
    case 'Tagging':
      return 'changes';
    default:
      return READING_VERB.test(name.slice(name.indexOf(':') + 1)) ? 'views' : 'changes';
  }
}
