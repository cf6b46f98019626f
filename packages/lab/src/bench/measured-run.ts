import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What a program used, from its start to its end. */
export interface Usage {
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** Largest resident set. */
  readonly maxRssKiB: number;
}

const HOOK = new URL('./usage-hook.mjs', import.meta.url).href;
/** Clock ticks per second in `/proc` (USER_HZ, 100 on all Linux platforms that Node runs on). */
const TICKS_PER_SECOND = 100;

/**
 * Runs a program to its end, its output thrown away, and tells what it used.
 *
 * The Node process reports itself as it exits (`usage-hook.mjs`). On Linux the CPU time is the
 * kernel's own sum over the finished child and its children instead (to 10 ms), so that the shell
 * around `bin/portcullis` counts too. Only one run at a time.
 *
 * @throws Error where the program fails; its standard error is the message
 */
export async function measuredRun(command: string, args: readonly string[]): Promise<Usage> {
  const before = childrenCpuMs();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `--import=${HOOK}` },
  });
  const exit = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [said, report, code] = await Promise.all([readAll(child.stderr), readAll(child.stdio[3]), exit]);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${said.slice(-2000)}`);
  const usage: Usage = JSON.parse(report);
  const after = childrenCpuMs();
  return before === undefined || after === undefined ? usage : { ...usage, cpuMs: after - before };
}

function readAll(stream: unknown): Promise<string> {
  return stream instanceof Readable ? text(stream) : Promise.resolve('');
}

/** CPU time of all children waited for so far: fields 16 and 17 of proc_pid_stat(5). */
function childrenCpuMs(): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return (((user ?? 0) + (system ?? 0)) * 1000) / TICKS_PER_SECOND;
}
