/** The part of JSON Schema 2020-12 that `z.toJSONSchema` writes. */
export interface SchemaNode {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly enum?: readonly unknown[];
}

/** One difference that somebody may stumble over. */
export interface Change {
  /** `detail.data.evidence[].bits`; empty for the whole. */
  readonly path: string;
  readonly what: string;
  /**
   * `stored`: something that was valid may not be valid any more. `readers`: something that never came may come, or what always came may not.
   * Of what is only read, such as decisions, only the first breaks anything.
   */
  readonly breaks: 'stored' | 'readers';
}

type Side = Omit<Change, 'path'>;

/** Lower is looser. */
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
/** Higher is looser. */
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
/** Of two, nobody can tell by looking which is wider, so any change counts. */
const OPAQUE = ['type', 'const', 'pattern', 'format', 'contentEncoding', 'additionalProperties', 'propertyNames'];
const BRANCHES = ['allOf', 'anyOf', 'oneOf'];
const NOTES = ['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples'];
const COMPARED = new Set([
  ...['properties', 'required', 'items', 'enum', ...NOTES],
  ...[...LOWER_BOUNDS, ...UPPER_BOUNDS, ...OPAQUE, ...BRANCHES],
]);

/**
 * What of a published schema a new one breaks; nothing if whoever wrote and whoever reads by the old one can go on.
 *
 * @throws where a schema uses a keyword that this comparison does not know, for it could hide a change
 */
export function breakingChanges(before: SchemaNode, now: SchemaNode, path = ''): readonly Change[] {
  const unknown = Object.keys({ ...before, ...now }).filter((keyword) => !COMPARED.has(keyword));
  if (unknown.length > 0) throw new Error(`${path}: cannot compare ${unknown.join(', ')}`);
  const own = [...opaqueChanges(before, now), ...enumChanges(before, now), ...boundChanges(before, now)];
  return [
    ...own.map((change) => ({ path, ...change })),
    ...memberChanges(before, now, path),
    ...nodeChanges(before.items, now.items, `${path}[]`),
    ...BRANCHES.flatMap((keyword) => branchChanges(keyword, before[keyword], now[keyword], path)),
  ];
}

function opaqueChanges(before: SchemaNode, now: SchemaNode): Side[] {
  return OPAQUE.flatMap((keyword) => {
    const [was, is] = [JSON.stringify(before[keyword]), JSON.stringify(now[keyword])];
    if (was === is) return [];
    return [{ what: `${keyword} ${was} became ${is}`, breaks: is === undefined ? 'readers' : 'stored' } as const];
  });
}

function enumChanges({ enum: was }: SchemaNode, { enum: is }: SchemaNode): Side[] {
  if (was === undefined) return is === undefined ? [] : [{ what: 'is an enum now', breaks: 'stored' }];
  if (is === undefined) return [{ what: 'is no enum any more', breaks: 'readers' }];
  return [
    ...was
      .filter((value) => !is.includes(value))
      .map((value) => ({ what: `lost ${value}`, breaks: 'stored' }) as const),
    ...is
      .filter((value) => !was.includes(value))
      .map((value) => ({ what: `gained ${value}`, breaks: 'readers' }) as const),
  ];
}

function boundChanges(before: SchemaNode, now: SchemaNode): Side[] {
  return [...LOWER_BOUNDS, ...UPPER_BOUNDS].flatMap((keyword) => {
    const loosest = LOWER_BOUNDS.includes(keyword) ? -Infinity : Infinity;
    const [was, is] = [before[keyword], now[keyword]].map((bound) => (typeof bound === 'number' ? bound : loosest));
    if (was === undefined || is === undefined || was === is) return [];
    const tighter = loosest < 0 ? is > was : is < was;
    return [{ what: `${keyword} ${was} became ${is}`, breaks: tighter ? 'stored' : 'readers' } as const];
  });
}

function memberChanges(before: SchemaNode, now: SchemaNode, path: string): Change[] {
  const [was, is] = [before.properties ?? {}, now.properties ?? {}];
  return Object.keys({ ...was, ...is }).flatMap((name): readonly Change[] => {
    const at = path === '' ? name : `${path}.${name}`;
    const [needed, needs] = [before, now].map(({ required }) => required?.includes(name) ?? false);
    const [old, current] = [was[name], is[name]];
    if (current === undefined) return [{ path: at, what: 'is gone', breaks: 'readers' }];
    if (needs && !needed) return [{ path: at, what: 'is required now', breaks: 'stored' }];
    if (old === undefined) return [];
    const optional: Change[] = needed && !needs ? [{ path: at, what: 'may be absent now', breaks: 'readers' }] : [];
    return [...optional, ...breakingChanges(old, current, at)];
  });
}

function nodeChanges(before: SchemaNode | undefined, now: SchemaNode | undefined, path: string): readonly Change[] {
  return before === undefined && now === undefined ? [] : breakingChanges(before ?? {}, now ?? {}, path);
}

/** Branches keep their order. One less to choose from, or one more that must hold, is tighter; so is the first choice of any. */
function branchChanges(keyword: string, before: unknown, now: unknown, path: string): Change[] {
  const [was, is] = [before, now].map((branches): SchemaNode[] => (Array.isArray(branches) ? branches : []));
  if (was === undefined || is === undefined) return [];
  return Array.from({ length: Math.max(was.length, is.length) }).flatMap((_, index): readonly Change[] => {
    const [old, current] = [was[index], is[index]];
    const at = `${path}<${index}>`;
    if (old !== undefined && current !== undefined) return breakingChanges(old, current, at);
    const choice = keyword !== 'allOf' && was.length > 0 && is.length > 0;
    const tighter = choice ? current === undefined : old === undefined;
    const what = `${keyword} ${current === undefined ? 'lost' : 'gained'} one`;
    return [{ path: at, what, breaks: tighter ? 'stored' : 'readers' }];
  });
}
