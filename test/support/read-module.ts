import { parseSync, Visitor } from 'oxc-parser';

/** What the rules of the architecture need to know of one source file. */
export interface Module {
  /** Path from the root of the repository, with forward slashes. */
  readonly file: string;
  /** What it imports, as written: types, re-exports and dynamic imports too. */
  readonly imports: readonly Mention[];
  /** Uses of the outside world: clock, chance, environment, console, timers, network. */
  readonly impurities: readonly Mention[];
  /** Names of fields of a CloudTrail record. */
  readonly recordFields: readonly Mention[];
}

interface Mention {
  readonly what: string;
  readonly line: number;
}

/** Globals that reach the outside world, whatever is done with them. */
const OUTSIDE = new Set(['process', 'console', 'performance', 'globalThis', 'navigator']);
const OUTSIDE_CALLS = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);
const CHANCE_OF_CRYPTO = new Set(['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync', 'getRandomValues']);

const RECORD_FIELDS = new Set(['userIdentity', 'sessionContext', 'requestParameters', 'responseElements']);

/** Reads a file from its syntax tree, so that comments and strings do not count. */
export function readModule(file: string, source: string): Module {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);

  const imports: Mention[] = [];
  const impurities: Mention[] = [];
  const recordFields: Mention[] = [];
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length;
  const importing = (from: { value: unknown } | null | undefined, start: number) => {
    if (typeof from?.value === 'string') imports.push({ what: from.value, line: lineOf(start) });
  };
  const impure = (what: string, start: number) => impurities.push({ what, line: lineOf(start) });
  const recordField = (what: string, start: number) => recordFields.push({ what, line: lineOf(start) });
  /** Offsets of identifiers that name a member, not a variable; parents are visited first. */
  const keys = new Set<number>();

  new Visitor({
    ImportDeclaration: (node) => {
      importing(node.source, node.start);
      if (!/^(node:)?crypto$/.test(node.source.value)) return;
      for (const { local } of node.specifiers) {
        if (CHANCE_OF_CRYPTO.has(local.name)) impure(local.name, node.start);
      }
    },
    ExportNamedDeclaration: (node) => importing(node.source, node.start),
    ExportAllDeclaration: (node) => importing(node.source, node.start),
    ImportExpression: (node) => importing(node.source.type === 'Literal' ? node.source : null, node.start),
    TSImportType: (node) => importing(node.source, node.start),
    Identifier: ({ name, start }) => {
      if (RECORD_FIELDS.has(name)) recordField(name, start);
      if (OUTSIDE.has(name) && !keys.has(start)) impure(name, start);
    },
    Literal: ({ value, start }) => {
      if (typeof value === 'string' && RECORD_FIELDS.has(value)) recordField(value, start);
    },
    Property: ({ key, computed, shorthand }) => {
      if (!computed && !shorthand) keys.add(key.start);
    },
    TSPropertySignature: ({ key }) => keys.add(key.start),
    PropertyDefinition: ({ key }) => keys.add(key.start),
    MethodDefinition: ({ key }) => keys.add(key.start),
    MemberExpression: ({ object, property, computed, start }) => {
      if (property.type !== 'Identifier' || computed) return;
      keys.add(property.start);
      const what = object.type === 'Identifier' ? `${object.name}.${property.name}` : property.name;
      if (what === 'Date.now' || what === 'Math.random' || CHANCE_OF_CRYPTO.has(property.name)) impure(what, start);
    },
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) impure('new Date()', start);
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type !== 'Identifier') return;
      if (callee.name === 'Date' || OUTSIDE_CALLS.has(callee.name)) impure(`${callee.name}()`, start);
    },
  }).visit(program);

  return { file, imports, impurities, recordFields };
}
