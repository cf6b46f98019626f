import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listLayers(): Call {
  return read('lambda', 'ListLayers20181031', { maxItems: 50 });
}

export function listEventSources(functionName?: string): Call {
  return read('lambda', 'ListEventSourceMappings20150331', functionName === undefined ? null : { functionName });
}

export function publishLayer(account: Account, layerName: string, version: number): Call {
  const layerArn = arnOf(account, 'lambda', `layer:${layerName}`);
  return write(
    'lambda',
    'PublishLayerVersion20181031',
    { layerName, content: {}, compatibleRuntimes: ['nodejs24.x', 'python3.13'] },
    { response: { layerArn, layerVersionArn: `${layerArn}:${version}`, version } },
  );
}

export function useLayer(functionName: string, layerVersionArn: string): Call {
  return write(
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName, layers: [layerVersionArn] },
    { response: { functionName, layers: [{ arn: layerVersionArn, uncompressedCodeSize: 0 }] } },
  );
}

/** Sets the function's environment anew; CloudTrail leaves the values out. */
export function setEnvironment(account: Account, functionName: string): Call {
  return write(
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName, environment: {} },
    { response: { functionName, functionArn: arnOf(account, 'lambda', `function:${functionName}`), environment: {} } },
  );
}

/** Replaces the code by what lies in a bucket, or by what is sent along. */
export function replaceCode(
  account: Account,
  functionName: string,
  codeSha256: string,
  from?: { s3Bucket: string; s3Key: string },
): Call {
  return write(
    'lambda',
    'UpdateFunctionCode20150331v2',
    { functionName, ...from, dryRun: false, publish: false },
    {
      response: {
        functionName,
        functionArn: arnOf(account, 'lambda', `function:${functionName}`),
        codeSha256,
        version: '$LATEST',
        lastUpdateStatus: 'InProgress',
      },
    },
  );
}

export interface NewFunction {
  readonly functionName: string;
  readonly roleName: string;
  readonly runtime: string;
  readonly timeout: number;
}

/** A function that runs under a role: whoever may pass the role may act as it. */
export function createFunctionWithRole(
  account: Account,
  { functionName, roleName, runtime, timeout }: NewFunction,
): Call {
  const role = arnOf(account, 'iam', `role/${roleName}`);
  return write(
    'lambda',
    'CreateFunction20150331',
    { functionName, runtime, role, handler: 'index.handler', code: {}, timeout, memorySize: 128, publish: false },
    {
      response: {
        functionName,
        functionArn: arnOf(account, 'lambda', `function:${functionName}`),
        runtime,
        role,
        handler: 'index.handler',
        state: 'Pending',
        version: '$LATEST',
      },
    },
  );
}

export function deleteFunction(functionName: string): Call {
  return write('lambda', 'DeleteFunction20150331', { functionName });
}

export function createEventSource(functionName: string, eventSourceArn: string, uUID: string): Call {
  return write(
    'lambda',
    'CreateEventSourceMapping20150331',
    { functionName, eventSourceArn, batchSize: 100, enabled: true, startingPosition: 'LATEST' },
    { response: { uUID, eventSourceArn, state: 'Creating' } },
  );
}

export function putRule(account: Account, name: string, schedule: string): Call {
  return write(
    'events',
    'PutRule',
    { name, scheduleExpression: schedule, state: 'ENABLED' },
    { response: { ruleArn: arnOf(account, 'events', `rule/${name}`) } },
  );
}

export function putTarget(account: Account, rule: string, functionName: string): Call {
  return write(
    'events',
    'PutTargets',
    { rule, targets: [{ id: '1', arn: arnOf(account, 'lambda', `function:${functionName}`) }] },
    { response: { failedEntryCount: 0, failedEntries: [] } },
  );
}

/** A queue that the function's events, or a copy of them, may go to. */
export function receiveMessages(account: Account, queue: string): Call {
  return write(
    'sqs',
    'ReceiveMessage',
    { queueUrl: `https://sqs.${account.region}.amazonaws.com/${account.id}/${queue}`, maxNumberOfMessages: 10 },
    { data: true, resources: [{ type: 'AWS::SQS::Queue', ARN: arnOf(account, 'sqs', queue) }] },
  );
}
