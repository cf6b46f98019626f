import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from './names.ts';
import { parseAlert } from './parse-alert.ts';
import { breakingChanges, type SchemaNode } from './testing/breaking-changes.ts';

const schemas = new URL('../../../docs/schemas/', import.meta.url);
const published = new URL('published/', schemas);
const read = (name: string, folder = schemas): SchemaNode => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const files = readdirSync(published, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: version }) =>
    readdirSync(new URL(`${version}/`, published))
      .filter((name) => name.endsWith('.schema.json'))
      .map((name) => ({ version, name })),
  );

describe('what was published', () => {
  it('is kept version by version, the newest last before this one', () => {
    const minors = [...new Set(files.map(({ version }) => Number(version.split('.')[1])))];

    expect(minors.length).toBeGreaterThan(0);
    expect(Math.max(...minors)).toBeLessThanOrEqual(Number(SCHEMA_VERSION.split('.')[1]));
  });

  // A breaking change is a new detail-type. What people write for us to read (decisions) may be taken more freely
  it.each(files)('$version/$name holds still', ({ version, name }) => {
    const changes = breakingChanges(read(`${version}/${name}`, published), read(name)).filter(
      ({ breaks }) => breaks === 'stored' || name !== 'decision.schema.json',
    );

    expect(changes).toEqual([]);
  });

  it('can be compared with whatever the current ones use', () => {
    for (const name of readdirSync(schemas).filter((file) => file.endsWith('.schema.json'))) {
      expect(breakingChanges(read(name), read(name)), name).toEqual([]);
    }
  });

  it('is still read: an alert as 1.0 and 1.1 told it', () => {
    const told = { ...read('examples/anomaly-detected.json') };

    expect(parseAlert(told).detail.metadata.schemaVersion).toBe('1.0');
  });
});

describe('a breaking change', () => {
  const before = read('anomaly-event.schema.json');
  const changed = (at: readonly string[], change: (node: SchemaNode) => SchemaNode): SchemaNode => {
    const walk = (node: SchemaNode, [step, ...rest]: readonly string[]): SchemaNode =>
      step === undefined ? change(node) : { ...node, [step]: walk((node[step] ?? {}) as SchemaNode, rest) };
    return walk(before, at);
  };
  const data = ['properties', 'detail', 'properties', 'data'];
  const field = (name: string) => [...data, 'properties', name];
  const without = (name: string) => (node: SchemaNode) => {
    const { [name]: _, ...properties } = node.properties ?? {};
    return { ...node, properties, required: (node.required ?? []).filter((one) => one !== name) };
  };

  it.each<{ at: readonly string[]; change: (node: SchemaNode) => SchemaNode; found: string; breaks: string }>([
    { at: data, change: without('severity'), found: 'detail.data.severity is gone', breaks: 'readers' },
    { at: data, change: without('verdict'), found: 'detail.data.verdict is gone', breaks: 'readers' },
    {
      at: data,
      change: (node) => ({
        ...node,
        properties: { ...node.properties, team: { type: 'string' } },
        required: [...(node.required ?? []), 'team'],
      }),
      found: 'detail.data.team is required now',
      breaks: 'stored',
    },
    {
      at: data,
      change: (node) => ({ ...node, required: [...(node.required ?? []), 'verdict'] }),
      found: 'detail.data.verdict is required now',
      breaks: 'stored',
    },
    {
      at: data,
      change: (node) => ({ ...node, required: (node.required ?? []).filter((name) => name !== 'score') }),
      found: 'detail.data.score may be absent now',
      breaks: 'readers',
    },
    {
      at: field('severity'),
      change: (node) => ({ ...node, enum: ['LOW', 'MEDIUM', 'HIGH'] }),
      found: 'detail.data.severity lost CRITICAL',
      breaks: 'stored',
    },
    {
      at: field('severity'),
      change: (node) => ({ ...node, enum: [...(node.enum ?? []), 'FATAL'] }),
      found: 'detail.data.severity gained FATAL',
      breaks: 'readers',
    },
    {
      at: field('severity'),
      change: ({ enum: _, ...node }) => node,
      found: 'detail.data.severity is no enum any more',
      breaks: 'readers',
    },
    {
      at: field('title'),
      change: (node) => ({ ...node, enum: ['a'] }),
      found: 'detail.data.title is an enum now',
      breaks: 'stored',
    },
    {
      at: field('score'),
      change: (node) => ({ ...node, type: 'number' }),
      found: 'detail.data.score type "integer" became "number"',
      breaks: 'stored',
    },
    {
      at: field('score'),
      change: (node) => ({ ...node, maximum: 10 }),
      found: 'detail.data.score maximum 100 became 10',
      breaks: 'stored',
    },
    {
      at: field('score'),
      change: (node) => ({ ...node, maximum: 1000 }),
      found: 'detail.data.score maximum 100 became 1000',
      breaks: 'readers',
    },
    {
      at: field('eventIds'),
      change: (node) => ({ ...node, minItems: 2 }),
      found: 'detail.data.eventIds minItems 1 became 2',
      breaks: 'stored',
    },
    {
      at: field('title'),
      change: (node) => ({ ...node, maxLength: 80 }),
      found: 'detail.data.title maxLength Infinity became 80',
      breaks: 'stored',
    },
    {
      at: [...field('techniques'), 'items'],
      change: (node) => ({ ...node, pattern: '^T' }),
      found: 'detail.data.techniques[] pattern "^T\\\\d{4}(\\\\.\\\\d{3})?$" became "^T"',
      breaks: 'stored',
    },
    {
      at: [...field('evidence'), 'items'],
      change: without('bits'),
      found: 'detail.data.evidence[].bits is gone',
      breaks: 'readers',
    },
    {
      at: ['properties', 'source'],
      change: (node) => ({ ...node, const: 'portcullis.alerts' }),
      found: 'source const "portcullis" became "portcullis.alerts"',
      breaks: 'stored',
    },
    {
      at: data,
      change: (node) => ({ ...node, additionalProperties: false }),
      found: 'detail.data additionalProperties undefined became false',
      breaks: 'stored',
    },
    {
      at: field('region'),
      change: (node) => ({ ...node, anyOf: [{ type: 'string' }] }),
      found: 'detail.data.region<0> anyOf gained one',
      breaks: 'stored',
    },
    {
      at: field('region'),
      change: (node) => ({ ...node, allOf: [{ pattern: '^eu' }] }),
      found: 'detail.data.region<0> allOf gained one',
      breaks: 'stored',
    },
  ])('is found: $found', ({ at, change, found, breaks }) => {
    const changes = breakingChanges(before, changed(at, change));

    expect(changes.map((one) => `${one.path} ${one.what}`)).toEqual([found]);
    expect(changes[0]?.breaks).toBe(breaks);
  });

  it.each<{ at: readonly string[]; change: (node: SchemaNode) => SchemaNode; why: string }>([
    { at: field('title'), change: (node) => ({ ...node, description: 'Other words' }), why: 'words for people' },
    {
      at: data,
      change: (node) => ({ ...node, properties: { ...node.properties, team: { type: 'string' } } }),
      why: 'a new field that need not be there',
    },
  ])('is none: $why', ({ at, change }) => {
    expect(breakingChanges(before, changed(at, change))).toEqual([]);
  });

  it('cannot hide behind a keyword that is not compared', () => {
    expect(() =>
      breakingChanges(
        before,
        changed(field('title'), (node) => ({ ...node, not: {} })),
      ),
    ).toThrow('detail.data.title: cannot compare not');
  });
});
