import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export interface LambdaFunction {
  /** From starting the process until the handler asks for its first event. */
  readonly coldStartMs: number;
  /** What of that the processor worked. */
  readonly coldStartCpuMs: number;
  /** @param at - what its clock says meanwhile, if not the true time. @throws with what the handler threw */
  invoke(event: unknown, at?: number): Promise<unknown>;
  stop(): void;
}

export interface LambdaOptions {
  /** Folder with `bundle.mjs`. */
  readonly folder: string;
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Starts a bundled handler behind a Runtime API, as Lambda would: one process, one invocation at a time. */
export async function startFunction({
  folder,
  name,
  environment,
  timeoutMs = 60_000,
}: LambdaOptions): Promise<LambdaFunction> {
  const pending = new Map<string, PromiseWithResolvers<unknown>>();
  const queue: { readonly id: string; readonly event: unknown; readonly at: number | undefined }[] = [];
  const ready = Promise.withResolvers<number>();
  let asking: ServerResponse | undefined;

  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    if (url.endsWith('/invocation/next')) {
      ready.resolve(Number(request.headers['x-cpu-ms']));
      asking = response;
      hand();
      return;
    }
    const body: unknown = JSON.parse(await text(request));
    response.statusCode = 202;
    response.end();
    if (url.endsWith('/init/error')) return ready.reject(failure(name, body));
    const [, id = '', outcome] = /invocation\/([^/]+)\/(response|error)$/.exec(url) ?? [];
    const waiting = pending.get(id);
    pending.delete(id);
    if (outcome === 'response') waiting?.resolve(body);
    else waiting?.reject(failure(name, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${name}: the Runtime API has no port`);

  const started = performance.now();
  const child = spawnRuntime(folder, name, `127.0.0.1:${address.port}`, environment);
  child.once('exit', (code) => {
    const gone = new Error(`${name}: the process ended with ${code}`);
    ready.reject(gone);
    for (const { reject } of pending.values()) reject(gone);
  });
  const stop = () => {
    child.kill();
    server.closeAllConnections();
    server.close();
  };
  const coldStartCpuMs = await ready.promise.catch((error: unknown) => {
    stop();
    throw error;
  });

  return {
    coldStartMs: performance.now() - started,
    coldStartCpuMs,
    invoke(event, at) {
      const id = randomUUID();
      const waiting = Promise.withResolvers<unknown>();
      pending.set(id, waiting);
      queue.push({ id, event, at });
      hand();
      return waiting.promise;
    },
    stop,
  };

  function hand(): void {
    if (!asking) return;
    const next = queue.shift();
    if (!next) return;
    asking.setHeader('lambda-runtime-aws-request-id', next.id);
    asking.setHeader('lambda-runtime-deadline-ms', String(Date.now() + timeoutMs));
    if (next.at !== undefined) asking.setHeader('x-clock-ms', String(next.at));
    asking.end(JSON.stringify(next.event));
    asking = undefined;
  }
}

function spawnRuntime(
  folder: string,
  name: string,
  api: string,
  environment: LambdaOptions['environment'],
): ChildProcess {
  return spawn(process.execPath, [path.join(import.meta.dirname, 'runtime-loop.ts')], {
    env: {
      PATH: process.env.PATH ?? '',
      AWS_LAMBDA_RUNTIME_API: api,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'bundle.handler',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function failure(name: string, body: unknown): Error {
  const { errorType, errorMessage } = body as { readonly errorType: string; readonly errorMessage: string };
  return new Error(`${name}: ${errorType}: ${errorMessage}`);
}
