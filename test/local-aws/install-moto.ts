/**
 * Installs moto, which plays AWS in tests, into a folder that git ignores. Needs Python 3.11 or newer with venv.
 *
 * Does nothing where what requirements.txt names is installed already.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const MOTO_PYTHON = path.join(import.meta.dirname, '.venv/bin/python');

const venv = path.join(import.meta.dirname, '.venv');
const requirements = path.join(import.meta.dirname, 'requirements.txt');
// Lies in the environment, so it goes with what it vouches for
const stamp = path.join(venv, 'installed.txt');

/** Whether what requirements.txt names is installed. */
export function motoInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');
}

if (import.meta.main && !motoInstalled()) {
  rmSync(venv, { recursive: true, force: true });
  run('python3', '-m', 'venv', venv);
  run(
    path.join(venv, 'bin/pip'),
    ...['install', '--quiet', '--no-deps', '--disable-pip-version-check', '--requirement', requirements],
  );
  writeFileSync(stamp, readFileSync(requirements));
}

function run(command: string, ...args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  console.error(`install-moto: ${command} ${args[0]} failed: ${error?.message ?? 'see above'}`);
  console.error('install-moto: needs python3 (3.11 or newer) with venv, and the Python package index');
  process.exit(1);
}
