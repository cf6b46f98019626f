import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from './errors.ts';
import { anomalyJsonSchema } from './json-schema.ts';
import { parseAlert } from './parse-alert.ts';
import type { AnomalyEvent } from './types.ts';

const docs = new URL('../../../docs/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, docs), 'utf8'));
const example = read('schemas/examples/anomaly-detected.json') as AnomalyEvent;
const { data, metadata } = example.detail;

const withData = (change: object) => ({ ...example, detail: { metadata, data: { ...data, ...change } } });
const withMetadata = (change: object) => ({ ...example, detail: { data, metadata: { ...metadata, ...change } } });

function issuePaths(value: unknown): string[] {
  try {
    parseAlert(value);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.issues.map(({ path }) => path);
    throw error;
  }
}

describe('parseAlert', () => {
  it('returns the documented example as it is', () => {
    expect(parseAlert(example)).toEqual(example);
  });

  it('drops fields that a later minor version adds', () => {
    const later = { ...withMetadata({ schemaVersion: '1.7' }), added: true };
    expect(parseAlert(later)).toEqual(withMetadata({ schemaVersion: '1.7' }));
  });

  it.each([
    { value: 'text', path: '', why: 'not an object' },
    { value: { ...example, source: 'aws.guardduty' }, path: 'source', why: 'an event of somebody else' },
    { value: { ...example, 'detail-type': 'Anomaly' }, path: 'detail-type', why: 'not in the closed list' },
    { value: withMetadata({ schemaVersion: '2.0' }), path: 'detail.metadata.schemaVersion', why: 'another major' },
    { value: withMetadata({ revision: 2 }), path: 'detail.metadata.idempotencyKey', why: 'key of another revision' },
    { value: withMetadata({ mode: 'test' }), path: 'detail.metadata.mode', why: 'no such lane' },
    { value: withData({ severity: 'SEVERE' }), path: 'detail.data.severity', why: 'no such severity' },
    { value: withData({ score: 87.5 }), path: 'detail.data.score', why: 'scores are whole' },
    { value: withData({ score: 101 }), path: 'detail.data.score', why: 'scores end at 100' },
    { value: withData({ risk: -1 }), path: 'detail.data.risk', why: 'risk is never negative' },
    { value: withData({ risk: 15.9 }), path: 'detail.data.risk', why: 'evidence adds up to 15.4' },
    { value: withData({ evidence: [] }), path: 'detail.data.evidence', why: 'an alert has a reason' },
    { value: withData({ account: '1234' }), path: 'detail.data.account', why: 'accounts have 12 digits' },
    {
      value: withData({ firstSeen: '2026-11-24T00:00:00Z' }),
      path: 'detail.data.lastSeen',
      why: 'ends before it starts',
    },
    { value: withData({ lastSeen: '2026-11-24' }), path: 'detail.data.lastSeen', why: 'a day is not an instant' },
    { value: withData({ eventCount: 1 }), path: 'detail.data.eventIds', why: 'more ids than events' },
    {
      value: withData({ expectedPerWeek: { value: 1, low: 2, high: 3 } }),
      path: 'detail.data.expectedPerWeek',
      why: 'outside its interval',
    },
    {
      value: withData({ techniques: ['TA0005'] }),
      path: 'detail.data.techniques[0]',
      why: 'a tactic, not a technique',
    },
    {
      value: withData({ response: { mode: 'enforce', plan: [] } }),
      path: 'detail.data.response.mode',
      why: 'nothing is enforced by this version',
    },
    {
      value: withData({ evidence: [{ ...data.evidence[0], bits: -1 }, data.evidence[1]] }),
      path: 'detail.data.evidence[0].bits',
      why: 'bits are never negative',
    },
  ])('names $path ($why)', ({ value, path }) => {
    expect(issuePaths(value)).toContain(path);
  });

  it('accepts contributions and risk that were rounded to one decimal each', () => {
    const oneDecimal = (value: number) => Math.round(value * 10) / 10;
    const contributions = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(contributions, (exact) => {
        const evidence = exact.map((contribution) => ({
          ...data.evidence[0],
          contribution: oneDecimal(contribution),
        }));
        const risk = oneDecimal(exact.reduce((sum, contribution) => sum + contribution, 0));
        expect(issuePaths(withData({ evidence, risk }))).toEqual([]);
      }),
    );
  });

  it('lists what is wrong in its message', () => {
    expect(() => parseAlert({ ...example, version: '1', id: '' })).toThrow(/version: .*id: /);
  });
});

describe('the shipped JSON Schema', () => {
  it('is the one that the schemas generate (npm run generate in packages/contract)', () => {
    expect(read('schemas/anomaly-event.schema.json')).toEqual(JSON.parse(JSON.stringify(anomalyJsonSchema())));
  });

  it('accepts the example, also with unknown fields, and rejects a missing one', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(anomalyJsonSchema());

    expect(validate(example)).toBe(true);
    expect(validate({ ...example, added: true })).toBe(true);
    expect(validate(withData({ severity: undefined }))).toBe(false);
  });
});

describe('docs/contract.md', () => {
  it('shows the example that the tests parse', () => {
    const text = readFileSync(new URL('contract.md', docs), 'utf8');
    const shown = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(JSON.parse(shown)).toEqual(example);
  });
});
