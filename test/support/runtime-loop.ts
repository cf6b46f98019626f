/**
 * What Lambda's Node runtime does, in a process of its own: loads the handler, then takes one invocation after the other
 * from the Runtime API. (AWS Lambda developer guide, "Using the Lambda runtime API")
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setClock, trueNow } from './set-clock.ts';

interface Context {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const { AWS_LAMBDA_RUNTIME_API: api, _HANDLER: name = '', LAMBDA_TASK_ROOT: folder = '' } = process.env;
const runtime = `http://${api}/2018-06-01/runtime`;

const handler = await load();
for (;;) {
  const next = await fetch(`${runtime}/invocation/next`, { headers: { 'x-cpu-ms': String(cpuMs()) } }).catch(gone);
  const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
  const left = Number(next.headers.get('lambda-runtime-deadline-ms')) - trueNow();
  const clock = next.headers.get('x-clock-ms');
  if (clock !== null) setClock(Number(clock));
  const deadline = Date.now() + left;
  try {
    const answer = await handler(await next.json(), contextOf(id, deadline));
    await tell(`invocation/${id}/response`, answer ?? null);
  } catch (error) {
    await tell(`invocation/${id}/error`, wordsOf(error));
  }
}

/** Time of the processor since the process began: what a start takes where nobody else is in the way. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

/** Whoever started this has ended, or is about to end it. */
function gone(): never {
  process.exit(0);
}

async function load(): Promise<Handler> {
  const [file = '', exported = ''] = name.split('.');
  try {
    const module = await import(pathToFileURL(path.join(folder, `${file}.mjs`)).href);
    return module[exported];
  } catch (error) {
    await tell('init/error', wordsOf(error));
    process.exit(1);
  }
}

async function tell(what: string, body: unknown): Promise<void> {
  await fetch(`${runtime}/${what}`, { method: 'POST', body: JSON.stringify(body) });
}

function wordsOf(error: unknown): object {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n') ?? [] }
    : { errorType: 'Error', errorMessage: String(error), stackTrace: [] };
}

function contextOf(awsRequestId: string, deadline: number): Context {
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? '';
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}
