import { type DenyConditions, type DenyStatement, INSTANCE_VPC, rangeOfHost } from '@portcullis/iam';
import { APPLY_TIME } from './cut.ts';

/** Far enough that every session there is was issued before it: denies sessions, spares long-lived keys. */
const ALL_SESSIONS = '2100-01-01T00:00:00Z';

/**
 * Calls that AWS services make with a function's role from outside its VPC: decrypting its environment, its
 * network interfaces, its logs and traces, the queues and streams that feed it.
 * Source: Lambda developer guide, "Lambda execution role" and the pages of its event sources.
 */
const MADE_BY_LAMBDA: readonly string[] = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:Describe*',
  'kinesis:DescribeStream*',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:SubscribeToShard',
  'kms:Decrypt',
  'logs:*',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'xray:Put*',
];

const DIRECT: DenyConditions = { BoolIfExists: { 'aws:ViaAWSService': ['false'] } };

export function denyActions(actions: readonly string[], resources: readonly string[] = ['*']): DenyStatement {
  return { Sid: 'Actions', Effect: 'Deny', Action: [...actions].sort(), Resource: [...resources].sort() };
}

/** The same, for one function of a shared role. */
export function forFunction(statement: DenyStatement, functionArn: string): DenyStatement {
  return { ...statement, Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [functionArn] } } };
}

/** Everything, for the sessions named; others of the same role go on. */
export function denySessions(userIds: readonly string[]): DenyStatement {
  return denyAll('Sessions', { StringEquals: { 'aws:userid': [...userIds].sort() } });
}

/** Hosts named in one policy; whoever has more is not stopped by address. */
const MAX_RANGES = 120;

/** Everything, for calls from the attacker's hosts; `undefined` where none has an address. */
export function denyAddresses(addresses: readonly string[]): DenyStatement | undefined {
  const ranges = [...new Set(addresses.flatMap((address) => rangeOfHost(address) ?? []))].sort().slice(0, MAX_RANGES);
  if (ranges.length === 0) return undefined;
  return denyAll('Addresses', { IpAddress: { 'aws:SourceIp': ranges }, ...DIRECT });
}

/** Everything but what Lambda itself does, for calls that do not come through the function's VPC. */
export function denyOutsideVpc(vpcId: string): DenyStatement {
  return {
    Sid: 'Elsewhere',
    Effect: 'Deny',
    NotAction: MADE_BY_LAMBDA,
    Resource: ['*'],
    Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': [vpcId] }, ...DIRECT },
  };
}

/** Everything, for credentials of an instance that are used outside the VPC they were handed out in. */
export function denyOutsideInstanceVpc(): DenyStatement {
  return denyAll('Elsewhere', { StringNotEqualsIfExists: { 'aws:SourceVpc': [INSTANCE_VPC] }, ...DIRECT });
}

/** Everything, for sessions issued before the cut; long-lived keys have no issue time and go on. */
export function denyOlderSessions(): DenyStatement {
  return denyAll('OlderSessions', { DateLessThan: { 'aws:TokenIssueTime': [APPLY_TIME] } });
}

/** Everything, for all sessions there are and will be: a console has no other credentials. */
export function denyConsole(): DenyStatement {
  return denyAll('Console', { DateLessThan: { 'aws:TokenIssueTime': [ALL_SESSIONS] } });
}

export function denyEverything(): DenyStatement {
  return { Sid: 'Everything', Effect: 'Deny', Action: ['*'], Resource: ['*'] };
}

function denyAll(sid: string, condition: DenyConditions): DenyStatement {
  return { Sid: sid, Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: condition };
}
