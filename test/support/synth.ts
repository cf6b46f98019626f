/**
 * Runs the real `sst.config.ts` with the real SST components and writes down what would be created. No account, no
 * network: Pulumi's own mock engine answers every registration. It does not prove that AWS accepts the result.
 *
 *     node test/support/synth.ts OUT.json STAGE [CONFIG.ts]
 *
 * CONFIG.ts takes the place of `portcullis.config.ts`.
 *
 * Does what the `sst` command does around a deployment (pkg/project in its sources): bundles the configuration with
 * the globals it promises (`sst`, `aws`, `$app` ...), asks `app()`, then runs `run()` in a Pulumi program, and bundles
 * the handlers when the components ask for it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type BuiltHandler, startSstServer } from './sst-server.ts';
import { answerCall, REGION, stateOf } from './synth-answers.ts';

const root = path.resolve(import.meta.dirname, '../..');
const platform = path.join(root, '.sst/platform');

export interface Synthesized {
  readonly app: AppSettings;
  readonly resources: readonly SynthesizedResource[];
  readonly handlers: readonly BuiltHandler[];
}

/** What `app()` of the configuration answered. */
interface AppSettings {
  readonly name: string;
  readonly removal?: string;
  readonly protect?: boolean;
}

export interface SynthesizedResource {
  /** Pulumi's, as in `aws:kinesis/stream:Stream`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The part of `@pulumi/pulumi` used here; the package lies below .sst, where types are not looked for. */
interface Pulumi {
  readonly runtime: {
    setMocks(mocks: PulumiMocks, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
    /** Registrations go on after the program has ended: those that wait for an output of another. */
    waitForRPCs(): Promise<void>;
  };
}

interface PulumiMocks {
  newResource(registered: SynthesizedResource & { readonly id?: string }): { id: string; state: object };
  call(question: { readonly token: string; readonly inputs: Readonly<Record<string, unknown>> }): object;
}

/** Left for Node to load: what SST itself leaves out of its bundles. */
const EXTERNAL = [
  '@pulumi/*',
  '@pulumiverse/*',
  '@sst-provider/*',
  '@aws-sdk/*',
  'undici',
  'esbuild',
  'archiver',
  'glob',
  'vite',
];

/** Bundled CommonJS code still expects these. */
const COMMONJS = [
  "import { createRequire as synthCreateRequire } from 'node:module';",
  'const require = synthCreateRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** Configuration and stacks speak of `sst` and `aws` without importing them. */
const sstGlobals: Plugin = {
  name: 'sst-globals',
  setup({ onLoad }) {
    const imports = `import * as aws from '@pulumi/aws'; import * as sst from '${platform}/src/components';`;
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      if (file.startsWith(platform) || file.startsWith(path.join(root, 'packages'))) return undefined;
      return { contents: `${imports}\n${readFileSync(file, 'utf8')}`, loader: 'ts' };
    });
  },
};

const [out, stage, config] = process.argv.slice(2);
if (!out || !stage) throw new Error('usage: node test/support/synth.ts OUT.json STAGE [CONFIG.ts]');

const chosenConfig: Plugin = {
  name: 'chosen-config',
  setup({ onResolve }) {
    onResolve({ filter: /\/portcullis\.config\.ts$/ }, () => (config ? { path: path.resolve(config) } : undefined));
  },
};

// Below the platform, so that what the bundles leave external is found in its node_modules
const bundles = mkdtempSync(path.join(platform, 'synth-'));
try {
  const app = await askApp(stage);
  const server = await startSstServer(root, bundles);
  process.env.SST_SERVER = server.url;
  try {
    const resources = await run(app, stage);
    writeFileSync(out, JSON.stringify({ app, resources, handlers: server.built } satisfies Synthesized, null, 2));
  } finally {
    server.close();
  }
} finally {
  rmSync(bundles, { recursive: true, force: true });
}

async function askApp(stage: string): Promise<AppSettings> {
  const outfile = path.join(bundles, 'app.mjs');
  await bundle({
    outfile,
    banner: { js: 'const $config = (config) => config;' },
    stdin: { contents: `export { default } from '${root}/sst.config.ts';`, resolveDir: root },
    // run() is not called here, and its stacks mean nothing before the globals exist
    external: [...EXTERNAL, './stacks/*'],
  });
  const { default: config } = await import(pathToFileURL(outfile).href);
  return config.app({ stage });
}

async function run(app: AppSettings, stage: string): Promise<readonly SynthesizedResource[]> {
  const outfile = path.join(bundles, 'run.mjs');
  await bundle({
    outfile,
    define: {
      $app: JSON.stringify({ removal: 'retain', protect: false, ...app, stage }),
      $cli: JSON.stringify({
        command: 'deploy',
        dev: false,
        paths: { home: path.join(root, '.sst-home'), root, work: path.join(root, '.sst'), platform },
        state: { version: {} },
      }),
      $dev: 'false',
    },
    inject: [path.join(platform, 'src/shim/run.js')],
    plugins: [chosenConfig, sstGlobals],
    stdin: {
      contents: [
        `import { run } from '${platform}/src/auto/run.ts';`,
        `import config from '${root}/sst.config.ts';`,
        'export default await run(config.run);',
      ].join('\n'),
      resolveDir: root,
    },
  });

  const pulumi: Pulumi = createRequire(path.join(platform, 'package.json'))('@pulumi/pulumi');
  const resources: SynthesizedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, id }) {
        resources.push({ type, name, inputs });
        return { id: id || `${name}-id`, state: { ...stateOf(type, name, inputs), ...inputs } };
      },
      call({ token, inputs }) {
        return answerCall(token, inputs);
      },
    },
    app.name,
    stage,
    false,
  );
  process.env.SST_AWS_REGION = REGION;
  await pulumi.runtime.runInPulumiStack(async () => (await import(pathToFileURL(outfile).href)).default);
  await pulumi.runtime.waitForRPCs();
  return resources;
}

async function bundle(options: BuildOptions): Promise<void> {
  await build({
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    nodePaths: [path.join(platform, 'node_modules')],
    external: EXTERNAL,
    absWorkingDir: root,
    logLevel: 'error',
    ...options,
    banner: { js: `${COMMONJS}\n${options.banner?.js ?? ''}` },
  });
}
