// Installs the workspace's locked dependencies. Runs before start, test, check and bench, under whatever
// Node the machine has (20.11 or newer); everything after it runs under the pinned Node 24.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PNPM = 'pnpm@12.21.0';
const INSTALL = ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
const NODE_MAJOR = 24;

const root = path.resolve(import.meta.dirname, '..');
// Lies in node_modules, so it goes with what it vouches for
const stamp = path.join(root, 'node_modules/.setup-stamp');
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'pnpm-lock.yaml')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) install();
requireNode();

function install() {
  console.error(`setup: installing dependencies with ${PNPM}`);
  // CI=true: pnpm replaces a node_modules of another layout instead of asking, which fails without a terminal
  const result = spawnSync('npx', INSTALL, {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    console.error(result.stdout ?? '', result.stderr ?? '', result.error ?? '');
    fail('the install failed, for the reason above; pnpm and packages come from the npm registry');
  }
  writeFileSync(stamp, lock);
}

// Linux and Intel macOS get the pinned Node as a package. Elsewhere, as on Apple silicon, none is published.
function requireNode() {
  const pinned = path.join(root, `node_modules/node-${process.platform}-${process.arch}`);
  const major = Number(process.versions.node.split('.')[0]);
  if (existsSync(pinned) || major >= NODE_MAJOR) return;
  fail(
    `no Node ${NODE_MAJOR} package exists for ${process.platform} ${process.arch}, and this is Node ${process.version}; ` +
      `install Node ${NODE_MAJOR} (https://nodejs.org) and run the command again`,
  );
}

function fail(reason) {
  console.error(`setup: ${reason}`);
  process.exit(1);
}
