import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ImportTable,
  importsOfCli,
  importsOfExamples,
  importsOutsideTable,
  impureSource,
  type Manifest,
  packageCycles,
  recordFieldsPastIngest,
  undeclaredImports,
  type Workspace,
} from './support/architecture-rules.ts';
import { type Module, readModule } from './support/read-module.ts';

/** Who may import whom. `docs/architecture.md` tells why. */
const IMPORTS: ImportTable = {
  // vocabulary
  event: [],
  iam: ['event'],
  contract: [],
  config: [],
  // stages: vocabulary, and the types they are handed
  ingest: ['event', 'iam'],
  baseline: ['event'],
  score: ['event', 'baseline'],
  alert: ['event', 'contract', 'score'],
  review: ['event', 'iam', 'contract', 'baseline'],
  respond: ['event', 'iam', 'contract', 'config'],
  // edges
  pipeline: ['event', 'contract', 'config', 'ingest', 'baseline', 'score', 'alert', 'respond'],
  aws: ['event', 'contract', 'config', 'respond', 'pipeline'],
  functions: ['event', 'contract', 'config', 'ingest', 'respond', 'review', 'pipeline', 'aws'],
  cli: ['event', 'contract', 'config', 'ingest', 'baseline', 'score', 'respond', 'review', 'pipeline', 'aws', 'lab'],
  // proving ground
  lab: ['event', 'iam', 'contract', 'config', 'ingest', 'review', 'pipeline'],
};

/** Vocabulary and stages: what they return follows from what they are given. */
const PURE = new Set([
  'event',
  'iam',
  'contract',
  'config',
  'ingest',
  'baseline',
  'score',
  'alert',
  'respond',
  'review',
]);

/** Where records of CloudTrail are read, and where they are made up. */
const KNOW_RECORDS = new Set(['ingest', 'lab']);

describe('the workspace', () => {
  const workspace = readWorkspace(path.resolve(import.meta.dirname, '..'));

  it('has a row in the table for each package', () => {
    expect(Object.keys(workspace.manifests).filter((name) => name !== '.')).toEqual(Object.keys(IMPORTS).sort());
  });

  it('imports along the table only', () => {
    expect(importsOutsideTable(workspace, IMPORTS)).toEqual([]);
  });

  it('imports only what it declares', () => {
    expect(undeclaredImports(workspace)).toEqual([]);
  });

  it('keeps vocabulary and stages away from clock, chance, environment, files, console and AWS', () => {
    expect(impureSource(workspace, PURE)).toEqual([]);
  });

  it('forgets the fields of CloudTrail after ingest', () => {
    expect(recordFieldsPastIngest(workspace, KNOW_RECORDS)).toEqual([]);
  });

  it('imports the command nowhere', () => {
    expect(importsOfCli(workspace)).toEqual([]);
  });

  it('has examples that anybody can copy', () => {
    const examples = readModules(path.resolve(import.meta.dirname, '..'), 'examples/**/*.{ts,mjs}');

    expect(examples.length).toBeGreaterThan(10);
    expect(importsOfExamples(examples, exampleManifests(path.resolve(import.meta.dirname, '..')))).toEqual([]);
  });

  it('has no cycle between packages', () => {
    expect(packageCycles(workspace)).toEqual([]);
  });
});

describe('a violation is found', () => {
  it.each([
    { code: "import { a } from '@portcullis/alert';", why: 'a package the row does not name' },
    { code: "import type { A } from '@portcullis/alert';", why: 'a type is an import too' },
    { code: "export { a } from '@portcullis/alert';", why: 're-exported' },
    { code: "export * from '@portcullis/alert/names';", why: 'an entry of its own' },
    { code: "type A = import('@portcullis/alert').A;", why: 'within a type' },
    { code: "const a = await import('@portcullis/alert');", why: 'at run time' },
    { code: "import { a } from '../../alert/src/risk.ts';", why: 'past the door' },
    { code: "import { a } from '../../../test/builders.ts';", why: 'source does not lean on tests' },
    { code: "import { a } from '@portcullis/score';", why: 'itself, by the front door' },
  ])('outside the table: $why', ({ code }) => {
    expect(importsOutsideTable(planted('packages/score/src/planted.ts', code), IMPORTS)).toHaveLength(1);
  });

  it.each([
    { file: 'packages/score/src/planted.ts', code: "import { z } from 'zod/mini';", why: 'declared by others only' },
    {
      file: 'packages/score/src/planted.ts',
      code: "import fc from 'fast-check';",
      why: 'a tool of the root, in source',
    },
    { file: 'packages/score/src/planted.test.ts', code: "import a from 'chai';", why: 'installed by chance' },
    { file: 'test/planted.test.ts', code: "import { z } from 'zod';", why: 'not the root’s' },
  ])('undeclared: $why', ({ file, code }) => {
    expect(undeclaredImports(planted(file, code))).toHaveLength(1);
  });

  it.each([
    "import { readFileSync } from 'node:fs';",
    "import { env } from 'node:process';",
    "import { KinesisClient } from '@aws-sdk/client-kinesis';",
    "import type { KinesisStreamEvent } from 'aws-lambda';",
    "import { randomUUID } from 'node:crypto';",
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date;',
    'const now = Date();',
    'const now = performance.now();',
    'const chance = Math.random();',
    'const id = crypto.randomUUID();',
    'const home = process.env.HOME;',
    "const home = process['env'];",
    'const { env } = process;',
    'console.log(1);',
    'const log = console.log;',
    'const now = globalThis.Date.now;',
    'setTimeout(() => 1, 1);',
    'const clock = Date.now;',
  ])('impure: %s', (code) => {
    expect(impureSource(planted('packages/score/src/planted.ts', code), PURE)).toHaveLength(1);
  });

  it.each([
    'const a = record.userIdentity;',
    "const a = record['sessionContext'];",
    'interface A { requestParameters: 1 }',
  ])('a field of a record past ingest: %s', (code) => {
    expect(recordFieldsPastIngest(planted('packages/score/src/planted.ts', code), KNOW_RECORDS)).toHaveLength(1);
  });

  it.each(['packages/lab/src/planted.test.ts', 'test/planted.test.ts'])('%s imports the command', (file) => {
    expect(importsOfCli(planted(file, "import { run } from '@portcullis/cli';"))).toHaveLength(1);
  });

  it('what runs the command in tests is for the house’s tests alone', () => {
    const runs = (from: string) => `import { runPortcullis } from '${from}packages/cli/src/testing/run-portcullis.ts';`;

    expect(importsOfCli(planted('test/live/planted.int.test.ts', runs('../../')))).toEqual([]);
    expect(importsOfCli(planted('packages/lab/src/planted.test.ts', runs('../../../')))).toHaveLength(1);
  });

  it.each([
    { code: "import { a } from '../slack/post-json.ts';", why: 'another example' },
    { code: "import { a } from '../../packages/contract/src/index.ts';", why: 'past the door' },
    { code: "import { a } from '@portcullis/event';", why: 'a package that is not published' },
    { code: "import { z } from 'zod';", why: 'not in its package.json' },
  ])('an example that cannot stand alone: $why', ({ code }) => {
    const manifests = { tickets: { dependencies: { '@portcullis/contract': '1', '@portcullis/event': '1' } } };

    expect(importsOfExamples([readModule('examples/tickets/planted.ts', code)], manifests)).toHaveLength(1);
  });

  it('a cycle, also one that only tests close', () => {
    const cycle = planted('packages/event/src/planted.test.ts', "import { a } from '@portcullis/iam';");

    expect(packageCycles(cycle)).toEqual(['event -> iam -> event', 'iam -> event -> iam']);
  });
});

describe('no violation is seen', () => {
  it.each([
    { code: "import { a } from '@portcullis/event';", why: 'in the row' },
    { code: "import { a } from './impact.ts';", why: 'of the same package' },
    { code: "import { gunzipSync } from 'node:zlib';", why: 'a pure builtin' },
    { code: "import { createHash } from 'node:crypto';", why: 'a hash is no chance' },
    { code: '// console.log(Date.now()), process.env', why: 'a comment' },
    { code: "const text = 'Math.random()';", why: 'a string' },
    { code: 'const date = new Date(0);', why: 'a given time' },
    { code: 'const step = { process: 1 }; step.process;', why: 'a member of that name' },
  ])('$code ($why)', ({ code }) => {
    const workspace = planted('packages/score/src/planted.ts', code);

    expect(importsOutsideTable(workspace, IMPORTS)).toEqual([]);
    expect(undeclaredImports(workspace)).toEqual([]);
    expect(impureSource(workspace, PURE)).toEqual([]);
  });
});

/** A workspace of one made-up file among the manifests it needs. */
function planted(file: string, code: string): Workspace {
  return {
    modules: [readModule(file, code)],
    manifests: {
      '.': { devDependencies: { 'fast-check': '1', vitest: '1' } },
      event: {},
      iam: { dependencies: { '@portcullis/event': '1' } },
      score: { dependencies: { '@portcullis/event': '1' } },
    },
  };
}

function readWorkspace(root: string): Workspace {
  return {
    modules: readModules(root, 'packages/*/{src,scripts}/**/*.{ts,mjs}', 'test/**/*.{ts,mjs}'),
    manifests: readManifests(root, 'package.json', 'packages/*/package.json'),
  };
}

function exampleManifests(root: string): Record<string, Manifest> {
  return readManifests(root, 'examples/*/package.json');
}

function readModules(root: string, ...patterns: string[]): Module[] {
  return globSync(patterns, { cwd: root }).map((file) =>
    readModule(file.replaceAll(path.sep, '/'), readFileSync(path.join(root, file), 'utf8')),
  );
}

/** Keyed by folder name, the root's by `.`. */
function readManifests(root: string, ...patterns: string[]): Record<string, Manifest> {
  return Object.fromEntries(
    globSync(patterns, { cwd: root })
      .sort()
      .map((file): [string, Manifest] => [
        path.basename(path.dirname(path.join('packages', file))).replace(/^packages$/, '.'),
        JSON.parse(readFileSync(path.join(root, file), 'utf8')),
      ]),
  );
}
