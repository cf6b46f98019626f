import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ContractError } from './errors.ts';
import {
  anomalyJsonSchema,
  emergingJsonSchema,
  permissionReviewJsonSchema,
  pipelineImpairedJsonSchema,
  revocationJsonSchema,
} from './json-schema.ts';
import { DETAIL_TYPES, REVOCATION_DETAIL_TYPES, REVOCATION_STATES } from './names.ts';
import { parseAlert } from './parse-alert.ts';
import { parseEvent } from './parse-event.ts';
import { detailTypeOf } from './revocation.ts';
import type { PortcullisEvent } from './types.ts';

const schemas = new URL('../../../docs/schemas/', import.meta.url);
const examples = new URL('examples/', schemas);
const read = (name: string): PortcullisEvent => JSON.parse(readFileSync(new URL(`${name}.json`, examples), 'utf8'));

/** The example with other fields in its `data`, and another detail-type where one is given. */
function changed(name: string, data: object, detailType?: string): object {
  const event = read(name);
  return {
    ...event,
    'detail-type': detailType ?? event['detail-type'],
    detail: { ...event.detail, data: { ...event.detail.data, ...data } },
  };
}

function issuePaths(value: unknown): string[] {
  try {
    parseEvent(value);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.issues.map(({ path }) => path);
    throw error;
  }
}

describe('parseEvent', () => {
  it.each(readdirSync(examples).filter((file) => file.endsWith('.json')))('returns %s as it is', (file) => {
    const example = read(file.replace('.json', ''));

    expect(parseEvent(example)).toEqual(example);
  });

  it('names the detail-type where it knows none', () => {
    expect(issuePaths({ ...read('anomaly-detected'), 'detail-type': 'Anomaly Forgotten' })).toEqual(['detail-type']);
    expect(issuePaths('text')).toEqual(['']);
  });

  it('reads each detail-type by a schema of its own', () => {
    for (const detailType of DETAIL_TYPES) {
      const detail = { ...read('anomaly-detected').detail, data: {} };
      const paths = issuePaths({ ...read('anomaly-detected'), 'detail-type': detailType, detail });

      expect(paths.length, detailType).toBeGreaterThan(0);
      expect(paths, detailType).not.toContain('detail-type');
    }
  });

  it('drops fields that a later minor version adds', () => {
    expect(parseEvent(changed('pipeline-impaired', { added: 1 }))).toEqual(read('pipeline-impaired'));
  });

  it.each([
    { value: changed('revocation-applied', { state: 'verified' }), path: 'detail.data.state', why: 'told as another' },
    { value: changed('revocation-conflict', { cause: undefined }), path: 'detail.data.cause', why: 'held for what?' },
    {
      value: changed('revocation-applied', { state: 'failed' }, 'Revocation Failed'),
      path: 'detail.data.cause',
      why: 'failed at what?',
    },
    {
      value: changed('revocation-conflict', { differences: undefined }),
      path: 'detail.data.differences',
      why: 'a conflict shows both states',
    },
    {
      value: changed('revocation-applied', { differences: [{ path: 'a' }] }),
      path: 'detail.data.differences',
      why: 'no conflict',
    },
    { value: changed('revocation-applied', { before: 'a3' }), path: 'detail.data.before', why: 'no SHA-256' },
    { value: changed('revocation-applied', { target: 'orders-api' }), path: 'detail.data.target', why: 'no ARN' },
    { value: changed('revocation-applied', { action: 'Deny' }), path: 'detail.data.action', why: 'no stable name' },
    {
      value: changed('permission-review-proposed', { actionsAfter: 215 }),
      path: 'detail.data.actionsAfter',
      why: 'a review never gives',
    },
    {
      value: changed('permission-review-proposed', { riskRemoved: 62 }),
      path: 'detail.data.riskRemoved',
      why: 'more than there was',
    },
    {
      value: changed('pipeline-impaired', { until: '2026-11-23T10:00:00Z' }),
      path: 'detail.data.until',
      why: 'over before it began',
    },
    {
      value: changed('pipeline-impaired', { reason: 'No events' }),
      path: 'detail.data.reason',
      why: 'not for machines',
    },
  ])('names $path ($why)', ({ value, path }) => {
    expect(issuePaths(value)).toContain(path);
  });
});

describe('an emerging anomaly', () => {
  const emerging = read('anomaly-emerging');

  it('has keys of its own, so that it never stands for the alert', () => {
    const { metadata } = emerging.detail;
    const withKey = (idempotencyKey: string) => ({
      ...emerging,
      detail: { ...emerging.detail, metadata: { ...metadata, idempotencyKey } },
    });

    expect(issuePaths(withKey(`${metadata.id}:1`))).toEqual(['detail.metadata.idempotencyKey']);
    expect(issuePaths(withKey(`${metadata.id}:emerging:2`))).toEqual(['detail.metadata.idempotencyKey']);
  });

  it('is no alert yet', () => {
    expect(() => parseAlert(emerging)).toThrow(ContractError);
  });
});

describe('detailTypeOf', () => {
  it('has a state for every detail-type', () => {
    expect(new Set(REVOCATION_STATES.map(detailTypeOf))).toEqual(new Set(REVOCATION_DETAIL_TYPES));
  });
});

describe('the shipped JSON Schemas', () => {
  it.each([
    { name: 'anomaly-event', schema: anomalyJsonSchema(), accepts: ['anomaly-detected'] },
    { name: 'emerging-event', schema: emergingJsonSchema(), accepts: ['anomaly-emerging'] },
    {
      name: 'revocation-event',
      schema: revocationJsonSchema(),
      accepts: ['revocation-applied', 'revocation-conflict'],
    },
    { name: 'permission-review-event', schema: permissionReviewJsonSchema(), accepts: ['permission-review-proposed'] },
    { name: 'pipeline-impaired-event', schema: pipelineImpairedJsonSchema(), accepts: ['pipeline-impaired'] },
  ])(
    '$name is generated (npm run generate in packages/contract) and fits its examples',
    ({ name, schema, accepts }) => {
      const shipped: unknown = JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8'));
      const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

      expect(shipped).toEqual(JSON.parse(JSON.stringify(schema)));
      for (const example of readdirSync(examples).filter((file) => file.endsWith('.json'))) {
        const stem = example.replace('.json', '');
        expect(validate(read(stem)), stem).toBe(accepts.includes(stem));
      }
    },
  );
});
