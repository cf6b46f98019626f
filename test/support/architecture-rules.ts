import path from 'node:path';
import type { Module } from './read-module.ts';

/** Which packages each package may import. */
export type ImportTable = Readonly<Record<string, readonly string[]>>;

/** The parts of a package.json that the rules look at. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A workspace as the rules see it; `manifests` is keyed by folder name, the root's by `.`. */
export interface Workspace {
  readonly modules: readonly Module[];
  readonly manifests: Readonly<Record<string, Manifest>>;
}

const SCOPE = '@portcullis/';
/** Pure functions of their arguments; everything else of Node touches the machine. */
const PURE_BUILTINS = new Set(['node:zlib', 'node:crypto', 'node:buffer']);
const AWS_SDK = /^(@aws-sdk\/|@smithy\/|aws-sdk$|aws-lambda$)/;

/** Imports of a package that the table does not grant, and relative imports that leave their package. */
export function importsOutsideTable({ modules }: Workspace, table: ImportTable): string[] {
  return modules.flatMap(({ file, imports }) => {
    const from = packageOf(file);
    if (from === undefined) return [];
    return imports
      .filter(({ what }) => {
        if (what.startsWith('.'))
          return targetPackage(file, what) !== from && (isSource(file) || inPackages(file, what));
        const to = scoped(what);
        return to !== undefined && !table[from]?.includes(to);
      })
      .map(({ what, line }) => `${file}:${line} imports ${what}`);
  });
}

/** Imports of a package that its package.json does not name; tests may also use the root's tools. */
export function undeclaredImports({ modules, manifests }: Workspace): string[] {
  return modules.flatMap(({ file, imports }) => {
    const own = manifests[packageOf(file) ?? '.'];
    const root = manifests['.'];
    const declared = { ...own?.dependencies };
    if (!isSource(file)) Object.assign(declared, own?.devDependencies, root?.dependencies, root?.devDependencies);
    return (
      imports
        .filter(({ what }) => !what.startsWith('.') && !isBuiltin(what))
        // Some have types only: what Lambda hands over, for one
        .filter(
          ({ what }) => !(npmName(what) in declared) && !(`@types/${npmName(what)}` in { ...own?.devDependencies }),
        )
        .map(({ what, line }) => `${file}:${line} imports ${what}, which package.json does not name`)
    );
  });
}

/** Everything in the given packages' source that depends on more than its arguments. */
export function impureSource({ modules }: Workspace, pure: ReadonlySet<string>): string[] {
  return modules
    .filter(({ file }) => isSource(file) && pure.has(packageOf(file) ?? ''))
    .flatMap(({ file, imports, impurities }) => [
      ...imports
        .filter(({ what }) => AWS_SDK.test(what) || (isBuiltin(what) && !PURE_BUILTINS.has(what)))
        .map(({ what, line }) => `${file}:${line} imports ${what}`),
      ...impurities.map(({ what, line }) => `${file}:${line} uses ${what}`),
    ]);
}

/** Source past ingest that names a field of a CloudTrail record. */
export function recordFieldsPastIngest({ modules }: Workspace, exempt: ReadonlySet<string>): string[] {
  return modules
    .filter(({ file }) => isSource(file) && !exempt.has(packageOf(file) ?? ''))
    .flatMap(({ file, recordFields }) => recordFields.map(({ what, line }) => `${file}:${line} names ${what}`));
}

/** Any import of the command: it is where the house ends. Suites of the whole house may run it as its own tests do. */
export function importsOfCli({ modules }: Workspace): string[] {
  return modules.flatMap(({ file, imports }) =>
    imports
      .filter(({ what }) => packageOf(file) !== 'cli' && targetPackage(file, what) === 'cli')
      .filter(({ what }) => !file.startsWith('test/') || !what.includes('/cli/src/testing/'))
      .map(({ what, line }) => `${file}:${line} imports ${what}`),
  );
}

/** Packages that npm has, and so all that an example can lean on. */
const PUBLISHED = new Set(['contract', 'config']);

/** Imports that an example would lose where somebody copies its folder. Manifests are keyed by the folder's name. */
export function importsOfExamples(modules: readonly Module[], manifests: Readonly<Record<string, Manifest>>): string[] {
  return modules.flatMap(({ file, imports }) => {
    const [folder = ''] = /^examples\/[^/]+\//.exec(file) ?? [];
    const { dependencies, devDependencies } = manifests[folder.split('/')[1] ?? ''] ?? {};
    const declared = { ...dependencies, ...devDependencies };
    return imports
      .filter(({ what }) => {
        if (what.startsWith('.')) return !path.posix.join(path.posix.dirname(file), what).startsWith(folder);
        const to = scoped(what);
        return !isBuiltin(what) && (!(npmName(what) in declared) || (to !== undefined && !PUBLISHED.has(to)));
      })
      .map(({ what, line }) => `${file}:${line} imports ${what}`);
  });
}

/** A way from a package back to itself, over the imports of all its files and over its declared dependencies. */
export function packageCycles({ modules, manifests }: Workspace): string[] {
  const edges = new Map<string, Set<string>>();
  const join = (from: string | undefined, to: string | undefined) => {
    if (from === undefined || to === undefined || from === to) return;
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  };
  for (const { file, imports } of modules) {
    for (const { what } of imports) join(packageOf(file), targetPackage(file, what));
  }
  for (const [name, { dependencies, devDependencies }] of Object.entries(manifests)) {
    if (name === '.') continue;
    for (const to of Object.keys({ ...dependencies, ...devDependencies })) join(name, scoped(to));
  }
  return [...edges.keys()].flatMap((start) => {
    const way = wayBack(start, edges);
    return way ? [way.join(' -> ')] : [];
  });
}

function wayBack(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const seen = new Set<string>();
  const ways = [[start]];
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of edges.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

/** `packages/score/src/impact.ts` belongs to `score`; a file outside `packages/` to none. */
function packageOf(file: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(file)?.[1];
}

/** What is shipped, as against tests, what only tests use, and generators. */
function isSource(file: string): boolean {
  return /^packages\/[^/]+\/src\//.test(file) && !/\.test\.ts$|\/testing\//.test(file);
}

function targetPackage(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return packageOf(`${path.posix.join(path.posix.dirname(file), specifier)}/`);
  return scoped(specifier);
}

function inPackages(file: string, specifier: string): boolean {
  return targetPackage(file, specifier) !== undefined;
}

function scoped(specifier: string): string | undefined {
  return specifier.startsWith(SCOPE) ? specifier.slice(SCOPE.length).split('/')[0] : undefined;
}

function npmName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:');
}
