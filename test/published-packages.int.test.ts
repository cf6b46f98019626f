import { execFileSync, execSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const example = path.join(root, 'docs/schemas/examples/anomaly-detected.json');
const NAMES = ['contract', 'config'];
const EXAMPLES = globSync('examples/*/handler.ts', { cwd: root })
  .map((file) => path.basename(path.dirname(file)))
  .sort();

/** Every entry that the packages offer, used the way a subscriber would. */
const CONSUMER = `
import { readFileSync } from 'node:fs';
import { type AnomalyEvent, parseAlert, parseEvent, toAsff, toOcsf } from '@portcullis/contract';
import { DETAIL_TYPES, SCHEMA_VERSION } from '@portcullis/contract/names';
import { alertPattern, type EventPattern } from '@portcullis/contract/pattern';
import { type Verification, verifyAlert } from '@portcullis/contract/verify';
import schema from '@portcullis/contract/schemas/anomaly-event.schema.json' with { type: 'json' };
import { defaultSettings, defineConfig, parseSettings, type Settings } from '@portcullis/config';
import { defaultSettings as sameSettings } from '@portcullis/config/defaults';
import { configVersion } from '@portcullis/config/version';

const value: unknown = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const alert: AnomalyEvent = parseAlert(value);
const severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' = alert.detail.data.severity;
const pattern: EventPattern = alertPattern({ minSeverity: 'HIGH' });
const verified: Verification<AnomalyEvent> = await verifyAlert(value, {
  publisherAccount: '123456789012',
  publicKeys: 'unchecked',
  now: Date.parse('2026-11-23T10:16:00Z'),
});
const settings: Settings = parseSettings(defineConfig({ alerts: { budgetPer100ActorsPerWeek: 3 } }), 'here');
const event = parseEvent(value);
// @ts-expect-error: only told apart by its detail-type
event.detail.data.component;
console.log(
  JSON.stringify({
    severity,
    types: DETAIL_TYPES.length > 10,
    version: alert.detail.metadata.schemaVersion < SCHEMA_VERSION,
    source: pattern.source,
    verified: verified.kind,
    ocsf: toOcsf(alert).class_uid,
    asff: toAsff(alert, { account: '999999999999', region: 'eu-west-1' }).SchemaVersion,
    schema: schema.$id,
    budget: settings.alerts.budgetPer100ActorsPerWeek,
    other: configVersion(settings) !== configVersion(defaultSettings),
    same: defaultSettings === sameSettings,
  }),
);
`;

/** No Node in sight: a browser, another runtime, or the infrastructure code of a team. */
const ANYWHERE = `
import type { AnomalyEvent } from '@portcullis/contract';
import { SEVERITIES } from '@portcullis/contract/names';
import { alertPattern } from '@portcullis/contract/pattern';
import type { Verification } from '@portcullis/contract/verify';
import type { Settings } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';
export const settings: Settings = defaultSettings;
export type Verified = Verification<AnomalyEvent>;
export const patterns = SEVERITIES.map((minSeverity) => alertPattern({ minSeverity }));
`;

const TSCONFIG = {
  compilerOptions: {
    module: 'NodeNext',
    target: 'ES2023',
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules/@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    resolveJsonModule: true,
    // Our own declarations are what is checked
    skipLibCheck: false,
  },
};

describe('packages as npm ships them', () => {
  let folder = '';
  let tarballs: readonly string[] = [];
  const run = (command: string, args: readonly string[], cwd = folder) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const compile = (config: object) => {
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout, status } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'portcullis-consumer-'));
    for (const name of NAMES) {
      const pack = ['-y', 'pnpm@12.21.0', 'pack', '--pack-destination', folder];
      run('npx', pack, path.join(root, 'packages', name));
    }
    tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
    writeFileSync(path.join(folder, 'consumer.ts'), CONSUMER);
    writeFileSync(path.join(folder, 'anywhere.ts'), ANYWHERE);
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    run('npm', ['install', ...quiet, ...tarballs.map((file) => `./${file}`)]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('bring zod and nothing else', () => {
    const installed = readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));

    expect(tarballs).toHaveLength(NAMES.length);
    expect(installed.sort()).toEqual(['@portcullis', 'zod']);
    expect(readdirSync(path.join(folder, 'node_modules/@portcullis')).sort()).toEqual(['config', 'contract']);
  });

  it('are typed, and run under plain Node', () => {
    compile({ ...TSCONFIG, files: ['consumer.ts'] });

    expect(JSON.parse(run(process.execPath, ['consumer.js', example]))).toEqual({
      severity: 'HIGH',
      types: true,
      version: true,
      source: ['portcullis'],
      verified: 'verified',
      ocsf: 2004,
      asff: '2018-10-08',
      schema: 'urn:portcullis:anomaly-event:1',
      budget: 3,
      other: true,
      same: true,
    });
  });

  it('need no types of Node', () => {
    compile({ compilerOptions: { ...TSCONFIG.compilerOptions, types: [] }, files: ['anywhere.ts'] });
  });

  it.each(NAMES)('%s is what npm expects of a package', async (name) => {
    const file = tarballs.find((tarball) => tarball.includes(name)) ?? '';
    const { buffer } = new Uint8Array(readFileSync(path.join(folder, file)));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });

    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  it.each(NAMES)('%s holds its licence, what to read and what to run, nothing else', (name) => {
    const files = readdirSync(path.join(folder, 'node_modules/@portcullis', name), { recursive: true }).map(String);

    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js']));
    expect(files.filter((file) => /\.test\.|testing|(?<!\.d)\.ts$|tsbuildinfo/.test(file))).toEqual([]);
  });

  it.each(EXAMPLES)('carry the example %s, copied elsewhere and built as its package.json says', (name) => {
    const copy = path.join(folder, name);
    cpSync(path.join(root, 'examples', name), copy, { recursive: true });
    const { scripts, devDependencies } = manifest(`examples/${name}`);
    const PATH = [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);

    execSync(`${scripts?.build} --log-level=error`, { cwd: copy, env: { ...process.env, PATH }, stdio: 'pipe' });

    const bundle = readFileSync(path.join(copy, 'dist/handler.mjs'), 'utf8');
    const imported = [...bundle.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, what = '']) => what);
    expect(devDependencies?.esbuild).toBe(manifest('.').devDependencies?.esbuild);
    // The SDK is of the runtime
    expect(imported.filter((what) => !/^(node:|@aws-sdk\/)/.test(what))).toEqual([]);
    expect(bundle).toMatch(/export \{\s+handler\s+\};/);
    expect(bundle.length).toBeLessThan(1_000_000);
  });
});

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifest(at: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, at, 'package.json'), 'utf8'));
}
