import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type BuildOptions, build } from 'esbuild';

/** A handler as it would be deployed. */
export interface BuiltHandler {
  /** `packages/functions/src/alert.handler` */
  readonly handler: string;
  readonly bytes: number;
  /** Whatever the bundle leaves to the runtime. */
  readonly external: readonly string[];
}

/** What SST's components ask of the command that runs them, over JSON-RPC. */
export interface SstServer {
  readonly url: string;
  readonly built: readonly BuiltHandler[];
  close(): void;
}

interface BuildRequest {
  readonly functionID: string;
  readonly handler: string;
  readonly properties?: { readonly minify?: boolean; readonly esbuild?: { readonly external?: string[] } };
}

/** Answers like the `sst` command during a deployment: where assets go, and bundles of handlers, really made. */
export async function startSstServer(root: string, folder: string): Promise<SstServer> {
  const built: BuiltHandler[] = [];
  const methods: Readonly<Record<string, (params: BuildRequest) => Promise<unknown>>> = {
    'Provider.Aws.Bootstrap': async () => ({
      asset: 'sst-asset',
      state: 'sst-state',
      assetEcrRegistryId: '',
      assetEcrUrl: '',
    }),
    'Runtime.Build': (request) => buildHandler(root, folder, request, built),
  };
  const server = createServer(async (request, response) => {
    const { method, params } = await requestOf(request);
    const answer = await methods[method]?.(params).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: String(error) }),
    );
    response.end(JSON.stringify({ id: null, ...(answer ?? { error: `synth: no answer to ${method}` }) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('synth: the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, built, close: () => server.close() };
}

async function requestOf(
  request: IncomingMessage,
): Promise<{ readonly method: string; readonly params: BuildRequest }> {
  const { method, params } = JSON.parse(await text(request));
  return { method, params: params[0] };
}

/** As SST 4 does it (pkg/runtime/node): one module, with `require` for what is not one. */
export function bundleOptions(
  entry: string,
  { minify = true, external = [] }: { minify?: boolean | undefined; external?: string[] | undefined },
) {
  return {
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    mainFields: ['module', 'main'],
    minify,
    keepNames: true,
    external,
    metafile: true,
    logLevel: 'silent',
    banner: {
      js: [
        "import { createRequire as topLevelCreateRequire } from 'module';",
        'const require = topLevelCreateRequire(import.meta.url);',
        "import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from 'url';",
        'const __filename = topLevelFileUrlToPath(import.meta.url);',
        "const __dirname = topLevelFileUrlToPath(new topLevelURL('.', import.meta.url));",
      ].join('\n'),
    },
  } satisfies BuildOptions;
}

async function buildHandler(root: string, folder: string, request: BuildRequest, built: BuiltHandler[]) {
  const { functionID, handler, properties } = request;
  const dot = handler.lastIndexOf('.');
  const entry = path.join(root, `${handler.slice(0, dot)}.ts`);
  const out = path.join(folder, functionID);
  if (!existsSync(entry)) return { handler: '', out, errors: [`no such handler: ${handler}`], sourcemaps: [] };
  mkdirSync(out, { recursive: true });
  const { metafile } = await build({
    ...bundleOptions(entry, { minify: properties?.minify, external: properties?.esbuild?.external }),
    outfile: path.join(out, 'bundle.mjs'),
  });
  const [output] = Object.values(metafile.outputs);
  built.push({
    handler,
    bytes: output?.bytes ?? 0,
    external: [...new Set((output?.imports ?? []).filter((one) => one.external).map((one) => one.path))].sort(),
  });
  return { handler: `bundle${handler.slice(dot)}`, out, errors: [], sourcemaps: [] };
}
