import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MOTO_PYTHON, motoInstalled } from './install-moto.ts';

const SERVER = path.join(import.meta.dirname, 'server.py');
const HOST = '127.0.0.1';
const START_MS = 60_000;
const STOP_MS = 5_000;

/** A running server that plays AWS, empty at first. */
export interface Moto {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Whether tests that need moto can run here.
 *
 * @throws in CI, where they have to
 */
export function motoAvailable(): boolean {
  if (motoInstalled()) return true;
  const how = 'node test/local-aws/install-moto.ts installs it';
  if (process.env.CI) throw new Error(`moto is not installed, and CI does not go without: ${how}`);
  console.warn(`skipped, since moto is not installed: ${how}`);
  return false;
}

/** Starts a server of its own on a free port of this machine. Its credentials are made up, as are all things in it. */
export async function startMoto(): Promise<Moto> {
  Object.assign(process.env, MADE_UP_CREDENTIALS);
  const port = await freePort();
  const child = spawn(MOTO_PYTHON, [SERVER, HOST, String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.splice(0, said.length - 20, text));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const endpoint = `http://${HOST}:${port}`;
  await untilAnswering(endpoint, child, said);
  return {
    endpoint,
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      const killer = setTimeout(kill, STOP_MS);
      await once(child, 'exit');
      clearTimeout(killer);
    },
  };
}

/** What the SDK signs with; nobody checks it. */
const MADE_UP_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'eu-west-1',
};

async function untilAnswering(endpoint: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`moto ended at once:\n${said.join('')}`);
    const answers = await fetch(`${endpoint}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`moto gave no answer within ${START_MS / 1000} s:\n${said.join('')}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
