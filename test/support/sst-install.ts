/**
 * Makes `.sst/platform` (the component sources and types of SST, the Pulumi SDK) from npm alone, so that stacks can be
 * type-checked and synthesized without an AWS account.
 *
 * `sst install` wants two programs: bun comes from npm; pulumi is needed only to deploy, so a stub answers its version.
 * Both live in a home of their own, or a later `sst deploy` of this user would find the stub.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What SST 4.17 asks pulumi to be; a stub of another version would be replaced by a download. */
const PULUMI_VERSION = '3.215.0';

const root = path.resolve(import.meta.dirname, '../..');
const platform = path.join(root, '.sst/platform');
const home = path.join(root, '.sst-home');

if (installedVersion() !== wantedVersion()) install();

function wantedVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(root, 'node_modules/sst/package.json'), 'utf8'),
  );
  return manifest.version;
}

/** The version of a finished install; undefined after one that was cut short. */
function installedVersion(): string | undefined {
  const version = path.join(platform, 'version');
  const last = path.join(platform, 'node_modules/@pulumi/aws/package.json');
  return existsSync(version) && existsSync(last) ? readFileSync(version, 'utf8').trim() : undefined;
}

function install(): void {
  const bin = path.join(home, '.config/sst/bin');
  mkdirSync(bin, { recursive: true });
  const stub = `#!/bin/sh\n[ "$1" = version ] && echo v${PULUMI_VERSION} && exit 0\necho "no pulumi here: $*" >&2\nexit 1\n`;
  writeFileSync(path.join(bin, 'pulumi'), stub, { mode: 0o755 });

  const result = spawnSync(path.join(root, 'node_modules/.bin/sst'), ['install'], {
    cwd: root,
    env: {
      ...process.env,
      HOME: home,
      SST_BUN_PATH: path.join(root, 'node_modules/bun/bin/bun.exe'),
      SST_STAGE: 'test',
      SST_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status === 0 && installedVersion() === wantedVersion()) return;
  console.error(result.stdout, result.stderr, result.error ?? '');
  console.error('sst-install: SST could not be installed, for the reason above; its parts come from the npm registry');
  process.exit(1);
}
