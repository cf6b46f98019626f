import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildActionTable } from '../scripts/build-action-table.ts';
import { findAction } from './action-table.ts';
import { resolveAction } from './resolve-action.ts';

const LINE = /^(\S+) (\S+) -> (-|!|[^|]+?)(?: \| (.+))?$/;

const pairs = readFileSync(path.join(import.meta.dirname, 'checked-pairs.test-data.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, source = '', event = '', actions = '', accessLevel] = LINE.exec(line) ?? [];
    return { source: `${source}.amazonaws.com`, event, actions, accessLevel };
  });

describe('resolveAction', () => {
  it('is checked on at least 200 pairs', () => {
    expect(new Set(pairs.map(({ source, event }) => `${source} ${event}`)).size).toBeGreaterThanOrEqual(200);
  });

  it.each(pairs)('$source $event is $actions', ({ source, event, actions, accessLevel }) => {
    const action = resolveAction(source, event);

    const mapping = actions === '-' ? 'unmapped' : actions === '!' ? 'permissionless' : 'mapped';
    expect(action.mapping).toBe(mapping);
    expect(action.accessLevel).toBe(accessLevel);
    if (mapping === 'mapped') expect([action.name, ...action.alsoNeeds].join(' ')).toBe(actions);
  });

  it('names what it does not know after the call, without its version', () => {
    expect(resolveAction('future.amazonaws.com', 'CreateThing20300101v3').name).toBe('future:CreateThing');
  });

  it('gives one shared object per pair', () => {
    expect(resolveAction('iam.amazonaws.com', 'GetUser')).toBe(resolveAction('iam.amazonaws.com', 'GetUser'));
  });

  it.each(['__proto__', 'constructor', 'toString', '', 'x'.repeat(10_000)])(
    'takes %j for a name like any other',
    (name) => {
      expect(resolveAction(name, name).mapping).toBe('unmapped');
      expect(resolveAction('s3.amazonaws.com', name).name.length).toBeLessThan(300);
    },
  );

  it('never throws, and never maps to an action that IAM does not document', () => {
    const source = fc.oneof(fc.string(), fc.constantFrom(...pairs.map((pair) => pair.source)));
    const event = fc.oneof(fc.string(), fc.constantFrom(...pairs.map((pair) => pair.event)));
    fc.assert(
      fc.property(source, event, (eventSource, eventName) => {
        const { mapping, name, alsoNeeds, accessLevel } = resolveAction(eventSource, eventName);
        if (mapping !== 'mapped') return;
        expect(accessLevel).toBeDefined();
        for (const action of [name, ...alsoNeeds]) {
          const [service = '', call = ''] = action.split(':');
          expect(findAction(service, call)?.name).toBe(call);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the action table', () => {
  it('is what the installed data gives', async () => {
    const stored = readFileSync(path.join(import.meta.dirname, 'generated/action-table.json'), 'utf8');

    expect(JSON.parse(stored)).toEqual(await buildActionTable());
  });
});
