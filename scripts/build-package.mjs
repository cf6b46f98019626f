// Compiles one published package into its dist/: ESM and types, as npm ships them. `npm run build --prefix packages/contract`.
// Inside the workspace nothing needs it: packages import one another's .ts files.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'packages', process.argv[2] ?? '');
const config = path.join(folder, 'tsconfig.build.json');
if (!existsSync(config)) throw new Error(`usage: build-package.mjs NAME; no ${config}`);

rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
const tsc = path.join(root, 'node_modules/.bin/tsc');
const { status, error } = spawnSync(tsc, ['-p', config], { stdio: 'inherit', shell: process.platform === 'win32' });
if (error !== undefined) throw error;
if (status !== 0) process.exit(status ?? 1);

if (process.argv[2] === 'contract') copySchemas();

/** For who validates without TypeScript: `@portcullis/contract/schemas/anomaly-event.schema.json`. */
function copySchemas() {
  const source = path.join(root, 'docs/schemas');
  const target = path.join(folder, 'dist/schemas');
  mkdirSync(target);
  for (const name of readdirSync(source).filter((file) => file.endsWith('.schema.json'))) {
    cpSync(path.join(source, name), path.join(target, name));
  }
}
