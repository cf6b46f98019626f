import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { DecisionError } from './errors.ts';
import { decisionJsonSchema } from './json-schema.ts';
import { parseDecisions } from './parse-decisions.ts';

const docs = new URL('../../../docs/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, docs), 'utf8');
const examples = read('schemas/examples/decisions.ndjson');
const [verdict, , mute, work] = examples
  .trim()
  .split('\n')
  .map((line): object => JSON.parse(line));

function problems(...lines: unknown[]): string[] {
  try {
    parseDecisions(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), 'file');
    return [];
  } catch (error) {
    if (error instanceof DecisionError) return error.message.split('\n');
    throw error;
  }
}

describe('parseDecisions', () => {
  it('returns the documented examples as they are', () => {
    expect(parseDecisions(examples, 'file').map((decision) => JSON.stringify(decision))).toEqual(
      examples.trim().split('\n'),
    );
  });

  it('passes over empty lines, also those of Windows', () => {
    expect(parseDecisions(`\n${JSON.stringify(verdict)}\r\n\r\n`, 'file')).toHaveLength(1);
  });

  it.each([
    { line: '{"version":', says: 'expected object', why: 'no JSON' },
    { line: '[]', says: 'expected object', why: 'no object' },
    { line: { ...verdict, kind: 'opinion' }, says: 'kind: ', why: 'no such kind' },
    { line: { ...verdict, version: '2' }, says: 'version: ', why: 'of a later version' },
    { line: { ...verdict, at: '2026-11-24' }, says: 'at: ', why: 'a day is no instant' },
    { line: { ...verdict, verdict: 'fine' }, says: 'verdict: ', why: 'no such verdict' },
    { line: { ...verdict, reason: '' }, says: 'reason: ', why: 'an answer has a reason' },
    { line: { ...verdict, scope: {} }, says: 'scope: expected actors', why: 'a scope of nothing' },
    { line: { ...verdict, scope: { actors: ['*'] } }, says: 'scope.actors[0]: ', why: 'everybody' },
    {
      line: { ...verdict, scope: { until: '2020-01-01T00:00:00Z' } },
      says: 'scope.until: expected later than at',
      why: 'over before it holds',
    },
    { line: { ...mute, episode: 'e' }, says: 'either an actor or an episode', why: 'both' },
    { line: { ...mute, actor: 'arn:*' }, says: 'actor: expected one actor', why: 'a mute is for one' },
    {
      line: { ...mute, until: '2027-11-24T00:00:00Z' },
      says: 'until: expected later than at, by at most 90',
      why: 'a year',
    },
    {
      line: { ...work, to: '2026-11-01T00:00:00Z' },
      says: 'to: expected later than from',
      why: 'ends before it begins',
    },
    { line: { ...work, actions: ['*:*'] }, says: 'actions[0]: ', why: 'everything' },
    { line: { ...work, actions: ['GetUser'] }, says: 'actions[0]: expected an IAM action', why: 'no service' },
    { line: { ...work, actors: [] }, says: 'actors: ', why: 'done by nobody' },
    { line: { ...work, accounts: ['1'] }, says: 'accounts[0]: ', why: 'no account id' },
  ])('says file:2 and $says ($why)', ({ line, says }) => {
    const [problem] = problems(verdict, line);

    expect(problem).toMatch(/^file:2: /);
    expect(problem).toContain(says);
  });

  it('names every wrong line, up to a bound', () => {
    expect(problems('1', verdict, '2')).toHaveLength(2);
    expect(problems(...Array<string>(30).fill('1')).at(-1)).toBe('file: and 10 more');
  });
});

describe('the shipped JSON Schema', () => {
  it('is the one that the schemas generate (npm run generate in packages/contract)', () => {
    expect(JSON.parse(read('schemas/decision.schema.json'))).toEqual(JSON.parse(JSON.stringify(decisionJsonSchema())));
  });

  it('accepts the examples and rejects what lacks a field', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(decisionJsonSchema());

    for (const decision of parseDecisions(examples, 'file')) expect(validate(decision)).toBe(true);
    expect(validate({ ...verdict, episode: undefined })).toBe(false);
  });
});
