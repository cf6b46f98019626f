import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../../bin/portcullis', import.meta.url));

interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Standard output goes here instead of a pipe. */
  readonly stdoutFile?: string;
}

/** A running command; standard input is a pipe. */
export interface RunningCommand {
  readonly stdin: Writable;
  readonly stdout: Readable | null;
  readonly result: Promise<CommandResult>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the real command, as a shell would. */
export function runPortcullis(args: readonly string[], options: RunOptions & { input?: string } = {}) {
  const { stdin, result } = startPortcullis(args, options);
  stdin.end(options.input ?? '');
  return result;
}

export function startPortcullis(args: readonly string[], { cwd, env, stdoutFile }: RunOptions = {}): RunningCommand {
  const child = spawn(COMMAND, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', stdoutFile === undefined ? 'pipe' : openSync(stdoutFile, 'w'), 'pipe'],
  });
  const { stdin, stdout } = child;
  if (!stdin) throw new Error('no pipe to standard input');
  stdin.on('error', () => {}); // the command need not read all of it
  return { stdin, stdout, result: resultOf(child), kill: (signal) => void child.kill(signal) };
}

async function resultOf(child: ChildProcess): Promise<CommandResult> {
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve)),
  ]);
  return { code, stdout, stderr };
}

function textOf(stream: Readable | null): Promise<string> {
  if (!stream) return Promise.resolve('');
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return new Promise((resolve) => stream.on('close', () => resolve(text)));
}
