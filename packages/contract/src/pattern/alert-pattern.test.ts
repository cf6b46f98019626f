import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DETAIL_TYPES, SEVERITIES } from '../names.ts';
import type { AnomalyEvent, PortcullisEvent } from '../types.ts';
import { type AlertPatternOptions, alertPattern, MAX_PATTERN_CHARACTERS } from './alert-pattern.ts';
import { PatternError } from './errors.ts';
import { matchesPattern } from './testing/match-pattern.ts';

const examples = new URL('../../../../docs/schemas/examples/', import.meta.url);
const read = <Event extends PortcullisEvent>(name: string): Event =>
  JSON.parse(readFileSync(new URL(`${name}.json`, examples), 'utf8'));
/** HIGH, score 87, a role of account 123456789012 in eu-west-1. */
const alert = read<AnomalyEvent>('anomaly-detected');
const withData = (change: object): object => ({
  ...alert,
  detail: { ...alert.detail, data: { ...alert.detail.data, ...change } },
});
const withMode = (mode: string): object => ({
  ...alert,
  detail: { ...alert.detail, metadata: { ...alert.detail.metadata, mode } },
});
const service = { id: '123456789012/service/lambda', kind: 'service', name: 'lambda.amazonaws.com' };
const answer = { verdict: 'dismissed', by: 'ana', at: '2026-11-23T11:00:00Z', reason: 'a test' };

describe('alertPattern', () => {
  it('says what the documentation shows', () => {
    expect(alertPattern({ minSeverity: 'HIGH', minScore: 80, accounts: ['123456789012'], answered: false })).toEqual({
      source: ['portcullis'],
      'detail-type': ['Anomaly Detected', 'Anomaly Updated', 'Anomaly Closed'],
      'replay-name': [{ exists: false }],
      detail: {
        metadata: { mode: ['live'] },
        data: {
          account: ['123456789012'],
          severity: ['HIGH', 'CRITICAL'],
          score: [{ numeric: ['>=', 80] }],
          verdict: { verdict: [{ exists: false }] },
        },
      },
    });
  });

  it.each<{ options: AlertPatternOptions; event: object; matches: boolean; why: string }>([
    { options: {}, event: alert, matches: true, why: 'every alert' },
    { options: {}, event: { ...alert, source: 'aws.guardduty' }, matches: false, why: 'of somebody else' },
    { options: {}, event: { ...alert, 'detail-type': 'Anomaly Closed' }, matches: true, why: 'its end too' },
    { options: {}, event: read('anomaly-emerging'), matches: false, why: 'an early word is asked for' },
    { options: {}, event: read('pipeline-impaired'), matches: false, why: 'no alert' },
    { options: { detailTypes: ['Anomaly Emerging'] }, event: read('anomaly-emerging'), matches: true, why: 'asked' },
    { options: { detailTypes: [...DETAIL_TYPES] }, event: read('pipeline-impaired'), matches: true, why: 'everything' },
    { options: {}, event: withMode('replay'), matches: false, why: 'a replay is no alarm' },
    { options: {}, event: { ...alert, 'replay-name': 'last-week' }, matches: false, why: 'nor is one from an archive' },
    {
      options: { archiveReplays: true },
      event: { ...alert, 'replay-name': 'x' },
      matches: true,
      why: 'unless asked for',
    },
    { options: { mode: 'replay' }, event: withMode('replay'), matches: true, why: 'unless asked for' },
    { options: { mode: 'replay' }, event: alert, matches: false, why: 'and then alone' },
    { options: { mode: ['live', 'dry-run'] }, event: withMode('dry-run'), matches: true, why: 'one of two' },
    { options: { minSeverity: 'HIGH' }, event: alert, matches: true, why: 'exactly' },
    { options: { minSeverity: 'HIGH' }, event: withData({ severity: 'CRITICAL' }), matches: true, why: 'more' },
    { options: { minSeverity: 'HIGH' }, event: withData({ severity: 'MEDIUM' }), matches: false, why: 'less' },
    { options: { minSeverity: 'LOW' }, event: withData({ severity: 'LOW' }), matches: true, why: 'all of them' },
    { options: { minScore: 87 }, event: alert, matches: true, why: 'at least' },
    { options: { minScore: 88 }, event: alert, matches: false, why: 'below' },
    { options: { minScore: 9 }, event: alert, matches: true, why: 'numbers, not texts' },
    {
      options: { minConfidence: 'medium' },
      event: withData({ confidence: 'low' }),
      matches: false,
      why: 'little history',
    },
    { options: { minConfidence: 'medium' }, event: alert, matches: true, why: 'high' },
    { options: { accounts: ['1', '123456789012'] }, event: alert, matches: true, why: 'one of two' },
    { options: { accounts: ['12345678901'] }, event: alert, matches: false, why: 'no prefix without *' },
    {
      options: { accounts: ['210987654321'] },
      event: { ...alert, account: '210987654321' },
      matches: false,
      why: 'where it happened, not who published',
    },
    { options: { exceptAccounts: ['123456789012'] }, event: alert, matches: false, why: 'excepted' },
    { options: { exceptAccounts: ['210987654321'] }, event: alert, matches: true, why: 'another is' },
    { options: { regions: ['eu-*', 'us-east-1'] }, event: alert, matches: true, why: 'by its beginning' },
    { options: { regions: ['us-*'] }, event: alert, matches: false, why: 'another beginning' },
    { options: { exceptRegions: ['eu-*', 'us-*'] }, event: alert, matches: false, why: 'excepted by its beginning' },
    { options: { exceptRegions: ['us-*'] }, event: alert, matches: true, why: 'others are' },
    { options: { actorKinds: ['user', 'role'] }, event: alert, matches: true, why: 'one of two' },
    { options: { exceptActorKinds: ['role'] }, event: alert, matches: false, why: 'excepted' },
    { options: { actorArns: ['arn:aws:iam::123456789012:role/orders-*'] }, event: alert, matches: true, why: 'prefix' },
    { options: { actorArns: ['arn:*'] }, event: withData({ actor: service }), matches: false, why: 'it has none' },
    { options: { exceptActorArns: ['arn:*'] }, event: alert, matches: false, why: 'excepted' },
    {
      options: { exceptActorArns: ['arn:*'] },
      event: withData({ actor: service }),
      matches: true,
      why: 'what has no ARN is not excepted by one',
    },
    { options: { detectors: ['new-network'] }, event: alert, matches: true, why: 'the second of its evidence' },
    { options: { detectors: ['root-use'] }, event: alert, matches: false, why: 'no such evidence' },
    { options: { techniques: ['T1098*'] }, event: alert, matches: true, why: 'with sub-techniques' },
    { options: { techniques: ['T1098'] }, event: alert, matches: false, why: 'exactly' },
    { options: { answered: false }, event: alert, matches: true, why: 'nobody did' },
    { options: { answered: false }, event: withData({ verdict: answer }), matches: false, why: 'somebody did' },
    { options: { answered: true }, event: withData({ verdict: answer }), matches: true, why: 'somebody did' },
    { options: { answered: true }, event: alert, matches: false, why: 'nobody did' },
    { options: { minScore: 80, regions: ['us-*'] }, event: alert, matches: false, why: 'both must hold' },
    {
      options: { detailTypes: ['Revocation Held'], minSeverity: 'HIGH', accounts: ['123456789012'] },
      event: read('revocation-conflict'),
      matches: true,
      why: 'other events have severities too',
    },
  ])('$options: $matches ($why)', ({ options, event, matches }) => {
    expect(matchesPattern(event, alertPattern(options))).toBe(matches);
  });

  it.each<{ options: object; says: RegExp; why: string }>([
    { options: { minSeverty: 'HIGH' }, says: /^no such option: minSeverty; there are .*minSeverity/, why: 'mistyped' },
    { options: { minSeverity: 'SEVERE' }, says: /^minSeverity: takes LOW, .*, not SEVERE/, why: 'no such severity' },
    { options: { minScore: 101 }, says: /^minScore: takes a number from 0 to 100/, why: 'scores end at 100' },
    { options: { minScore: Number.NaN }, says: /^minScore/, why: 'no number' },
    { options: { accounts: [] }, says: /^accounts: takes at least one/, why: 'matches nothing' },
    { options: { mode: [] }, says: /^mode: takes at least one/, why: 'matches nothing' },
    { options: { accounts: ['*'] }, says: /^accounts: takes values/, why: 'matches everything' },
    { options: { actorArns: ['arn:*:role'] }, says: /^actorArns: takes values/, why: 'only a beginning' },
    { options: { accounts: ['1'], exceptAccounts: ['2'] }, says: /^accounts and exceptAccounts/, why: 'one field' },
    { options: { actorArns: ['a'], exceptActorArns: ['b'] }, says: /^actorArns and exceptActorArns/, why: 'one field' },
    { options: { exceptRegions: ['eu-*', 'us-east-1'] }, says: /^exceptRegions: takes either/, why: 'or-joined' },
    { options: { detailTypes: ['Anomaly'] }, says: /^detailTypes: no such event: Anomaly/, why: 'not in the list' },
    {
      options: { detailTypes: ['Anomaly Detected', 'Pipeline Impaired'], minScore: 1 },
      says: /^minScore: not every Pipeline Impaired has the field/,
      why: 'it would never come',
    },
  ])('refuses $options ($why)', ({ options, says }) => {
    expect(() => alertPattern(options)).toThrow(PatternError);
    expect(() => alertPattern(options)).toThrow(says);
  });

  it('takes what EventBridge takes, and says what makes it longer', () => {
    const accounts = (count: number) => Array.from({ length: count }, (_, index) => String(1e11 + index));
    const longest = Array.from({ length: 200 }, (_, count) => count + 1).findLast((count) => {
      try {
        return alertPattern({ minSeverity: 'HIGH', accounts: accounts(count) }) !== undefined;
      } catch {
        return false;
      }
    });

    expect(longest).toBe(121);
    expect(JSON.stringify(alertPattern({ minSeverity: 'HIGH', accounts: accounts(121) })).length).toBeLessThanOrEqual(
      MAX_PATTERN_CHARACTERS,
    );
    expect(() => alertPattern({ minSeverity: 'HIGH', accounts: accounts(122) })).toThrow(
      /^the pattern has 20\d\d characters, EventBridge takes 2048: .*most of it is account$/,
    );
  });

  it('lets through the more the less is asked', () => {
    const score = fc.integer({ min: 0, max: 100 });
    const severity = fc.constantFrom(...SEVERITIES);
    fc.assert(
      fc.property(score, score, severity, severity, (minScore, score, minSeverity, severity) => {
        const event = withData({ score, severity });
        const both = matchesPattern(event, alertPattern({ minScore, minSeverity }));
        const asked = score >= minScore && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minSeverity);
        expect(both).toBe(asked);
        if (both) expect(matchesPattern(event, alertPattern({ minScore }))).toBe(true);
      }),
    );
  });
});
