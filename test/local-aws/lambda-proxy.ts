import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An endpoint that invokes functions that run here, and passes on to moto whatever else is asked. */
export interface LambdaProxy {
  readonly endpoint: string;
  close(): void;
}

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

/** @param invoke - by the whole name; whoever does not wait for the answer is told only once there is one */
export async function lambdaProxy(
  motoEndpoint: string,
  invoke: (name: string, event: unknown) => Promise<unknown>,
): Promise<LambdaProxy> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const [, name] = INVOCATIONS.exec(request.url ?? '') ?? [];
    if (name === undefined) {
      const answer = await passOn(motoEndpoint, request, body);
      response.writeHead(answer.status, headersOf(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    const event: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    const [answer, failed] = await invoke(decodeURIComponent(name), event).then(
      (value): [unknown, boolean] => [value, false],
      (error: unknown): [unknown, boolean] => [{ errorMessage: String(error) }, true],
    );
    const waits = request.headers['x-amz-invocation-type'] !== 'Event';
    response.writeHead(waits ? 200 : 202, failed && waits ? { 'x-amz-function-error': 'Unhandled' } : {});
    response.end(waits ? JSON.stringify(answer ?? null) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function passOn(endpoint: string, { method = 'GET', url, headers }: IncomingMessage, body: Buffer) {
  const { host: _, connection: __, 'content-length': ___, expect: ____, ...kept } = headers;
  const texts = Object.entries(kept).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return fetch(`${endpoint}${url}`, {
    method,
    headers: Object.fromEntries(texts),
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
}

/** Without those that are about how it was sent. */
function headersOf(headers: Headers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding'].includes(name)),
  );
}
