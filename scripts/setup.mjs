// Installs the workspace's locked dependencies. Runs before start, test, check and bench, under whatever
// Node the machine has (20.11 or newer); everything after it runs under the pinned Node 24.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PNPM = 'pnpm@12.21.0';
const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules/.setup-stamp');
const lock = createHash('sha256').update(readFileSync(path.join(root, 'pnpm-lock.yaml'))).digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) process.exit(0);

console.error(`setup: installing dependencies with ${PNPM}`);
const windows = process.platform === 'win32';
const result = spawnSync('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], {
  cwd: root,
  shell: windows,
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
});
if (result.status !== 0) {
  console.error(result.stdout ?? '', result.stderr ?? '', result.error ?? '');
  console.error('setup: the install failed; the npm registry must be reachable');
  process.exit(1);
}
writeFileSync(stamp, lock);
