import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAction } from './action-table.ts';
import table from './generated/action-table.json' with { type: 'json' };
import { PERMISSIONLESS } from './permissionless-calls.ts';
import { RENAMED } from './renamed-calls.ts';
import { resolveAction } from './resolve-action.ts';
import { ROLE_PASSING } from './role-passing-calls.ts';
import { PREFIXES, servicePrefix } from './service-prefixes.ts';
import { UNDECIDED } from './undecided-calls.ts';

const LINE = /^(\S+) (\S+) -> (-|!|[^|#]+?)(?: \| ([^#]+?))?(?: # (.+))?$/;

const pairs = readFileSync(path.join(import.meta.dirname, 'checked-pairs.test-data.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, source = '', event = '', actions = '', accessLevel, why = 'same name'] = LINE.exec(line) ?? [];
    return { source: `${source}.amazonaws.com`, event, actions, accessLevel, why };
  });

const source = fc.oneof(fc.string(), fc.constantFrom(...pairs.map((pair) => pair.source)));
const event = fc.oneof(fc.string(), fc.constantFrom(...pairs.map((pair) => pair.event)));

describe('resolveAction', () => {
  it('is checked on at least 200 pairs', () => {
    expect(new Set(pairs.map((pair) => `${pair.source} ${pair.event}`)).size).toBeGreaterThanOrEqual(200);
  });

  it.each(pairs)('$source $event is $actions ($why)', ({ source, event, actions, accessLevel }) => {
    const action = resolveAction(source, event);

    const mapping = actions === '-' ? 'unmapped' : actions === '!' ? 'permissionless' : 'mapped';
    expect(action.mapping).toBe(mapping);
    expect(action.accessLevel).toBe(accessLevel);
    if (mapping === 'mapped') expect([action.name, ...action.alsoNeeds].join(' ')).toBe(actions);
  });

  it.each([
    { source: 'iam.amazonaws.com', why: 'the usual form' },
    { source: 'iam.amazonaws.com.cn', why: 'China partition' },
    { source: 'iam.aws.internal', why: 'services among themselves' },
    { source: 'IAM.amazonaws.com', why: 'host names ignore case' },
  ])('reads the event source $source ($why)', ({ source }) => {
    expect(resolveAction(source, 'CreateUser').name).toBe('iam:CreateUser');
  });

  it('names what it does not know after the call, without its version', () => {
    expect(resolveAction('future.amazonaws.com', 'CreateThing20300101v3')).toEqual({
      name: 'future:CreateThing',
      service: 'future',
      mapping: 'unmapped',
      effect: 'changes',
      alsoNeeds: [],
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ':', 'iam:', 'x'.repeat(10_000)])(
    'takes %j for a name like any other',
    (name) => {
      expect(resolveAction(name, name).mapping).toBe('unmapped');
      expect(resolveAction(name, 'CreateUser').mapping).toBe('unmapped');
      expect(resolveAction('s3.amazonaws.com', name).mapping).toBe('unmapped');
      expect(resolveAction('s3.amazonaws.com', name).name.length).toBeLessThan(300);
    },
  );

  it('never throws, and never maps to an action that IAM does not document', () => {
    fc.assert(
      fc.property(source, event, (eventSource, eventName) => {
        const { mapping, name, service, alsoNeeds, accessLevel } = resolveAction(eventSource, eventName);
        if (mapping !== 'mapped') return;
        expect({ name, service, accessLevel }).toEqual(findAction(name));
        for (const action of alsoNeeds) expect(findAction(action)?.name).toBe(action);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives one shared object per pair', () => {
    fc.assert(
      fc.property(source, event, (eventSource, eventName) => {
        expect(resolveAction(eventSource, eventName)).toBe(resolveAction(eventSource, eventName));
      }),
    );
  });

  it('stops remembering names when too many are made up, and forgets none', () => {
    const early = resolveAction('iam.amazonaws.com', 'GetUser');
    for (let index = 0; index < 20_000; index++) resolveAction(`made-up-${index % 50}`, `Call${index}`);

    const late = resolveAction('iam.amazonaws.com', 'SeenAfterTheFlood');

    expect(resolveAction('iam.amazonaws.com', 'GetUser')).toBe(early);
    expect(resolveAction('iam.amazonaws.com', 'SeenAfterTheFlood')).toEqual(late);
    expect(resolveAction('iam.amazonaws.com', 'SeenAfterTheFlood')).not.toBe(late);
  });

  it('does not remember names of absurd length', () => {
    const name = 'x'.repeat(129);

    expect(resolveAction('s3.amazonaws.com', name)).not.toBe(resolveAction('s3.amazonaws.com', name));
  });
});

describe('the tables by hand', () => {
  const renamed = Object.entries(RENAMED).flatMap(([service, calls]) =>
    Object.entries(calls).map(([call, actions]) => ({ service, call, actions: actions.split(' ') })),
  );

  it.each(renamed)('$service:$call is renamed to known actions', ({ service, call, actions }) => {
    for (const action of actions) expect(findAction(action)?.name).toBe(action);
    expect(actions, 'a row that says nothing new').not.toEqual([`${service}:${call}`]);
    expect(servicePrefix(`${service}.amazonaws.com`), 'a row that no event reaches').toBe(service);
  });

  it.each([...ROLE_PASSING])('%s is known, and in no other table', (action) => {
    const [service = '', call = ''] = action.split(':');
    expect(findAction(action)?.name).toBe(action);
    expect(RENAMED[service]?.[call]).toBeUndefined();
  });

  it.each(Object.entries(PREFIXES))('%s is not a prefix of IAM, %s is', (label, prefix) => {
    expect(Object.keys(table.services)).not.toContain(label);
    expect(Object.keys(table.services)).toContain(prefix);
    expect(resolveAction(`${label}.amazonaws.com`, 'x').service).toBe(prefix);
    expect(servicePrefix(prefix)).toBe(prefix);
  });

  it('decide each call once', () => {
    const permissionless = Object.entries(PERMISSIONLESS).flatMap(([service, calls]) =>
      calls.split(' ').map((call) => `${service}:${call}`),
    );
    const all = [
      ...permissionless,
      ...UNDECIDED,
      ...ROLE_PASSING,
      ...renamed.map(({ service, call }) => `${service}:${call}`),
    ];

    expect(all.filter((call, index) => all.indexOf(call) !== index)).toEqual([]);
  });
});
