import type { Finding } from '@portcullis/score';
import { describe, expect, it } from 'vitest';
import { anActor, MONDAY } from '../../../test/builders.ts';
import { heldBackValues, type Standing, standpointOf } from './answer-finding.ts';
import type { Episode } from './episode.ts';
import type { Answer, ToldAlert, ToldValue } from './told-alert.ts';
import { toldAlert } from './told-alert.ts';

const DAY = 24 * 60 * 60 * 1000;

function aFinding(change: Partial<Finding> = {}): Finding {
  return {
    detector: 'new-action',
    family: 'what',
    value: 'iam:CreateUser',
    bits: 10,
    impact: 1.8,
    observed: '',
    usual: '',
    reason: '',
    techniques: [],
    first: MONDAY,
    last: MONDAY,
    count: 1,
    witnesses: [],
    always: false,
    ...change,
  };
}

function anAnswer(verdict: Answer['verdict'], change: Partial<Answer> = {}): Answer {
  return { verdict, by: 'dana', reason: 'release', at: MONDAY, ...change };
}

function aToldAlert(id: string, answer?: Answer, value: Partial<ToldValue> = {}, told = MONDAY): ToldAlert {
  const { detector, family, value: name, impact, count, bits } = aFinding();
  const episode: Episode = { id, actor: anActor(), openedEpoch: 0, evidence: [], published: undefined };
  const event = { 'detail-type': 'Anomaly Closed' } as ToldAlert['event'];
  const values = [{ detector, family, value: name, impact, peak: count, bits, ...value }];
  return { ...toldAlert(undefined, episode, event, told), values, answer };
}

function standing(own: readonly ToldAlert[], change: Partial<Standing> = {}): Standing {
  return { actor: anActor(), openId: undefined, own, scoped: [], teams: {}, at: MONDAY + DAY, ...change };
}

describe('standpointOf', () => {
  it.each<{ finding: Partial<Finding>; told: Partial<ToldValue>; kind: string; why: string }>([
    { finding: {}, told: {}, kind: 'noted', why: 'the same' },
    { finding: { detector: 'permission-change' }, told: {}, kind: 'counts', why: 'found by another detector' },
    { finding: { value: 'iam:CreateRole' }, told: {}, kind: 'counts', why: 'another value' },
    { finding: { impact: 1.8 }, told: { impact: 1.5 }, kind: 'counts', why: 'more harm' },
    { finding: { impact: 1 }, told: { impact: 0.9 }, kind: 'noted', why: 'hardly more harm' },
    { finding: { impact: 1.8, harm: 0.9 }, told: { impact: 0.9 }, kind: 'noted', why: 'the same harm by a program' },
    { finding: { count: 12 }, told: {}, kind: 'noted', why: 'a few more' },
    { finding: { count: 13 }, told: {}, kind: 'counts', why: 'many more' },
    { finding: { count: 149 }, told: { family: 'how-much', peak: 100 }, kind: 'noted', why: 'a rate a little higher' },
    { finding: { count: 150 }, told: { family: 'how-much', peak: 100 }, kind: 'counts', why: 'half as much again' },
    { finding: { bits: 12.9 }, told: { family: 'how-much' }, kind: 'noted', why: 'a window a little fuller' },
    { finding: { bits: 13 }, told: { family: 'how-much' }, kind: 'counts', why: 'a window that filled up' },
    { finding: { bits: 20 }, told: {}, kind: 'noted', why: 'a value is no newer than new' },
    { finding: { count: 5000 }, told: { family: 'where' }, kind: 'noted', why: 'often from a place is no new place' },
    { finding: { always: true }, told: {}, kind: 'counts', why: 'told always' },
    { finding: {}, told: { impact: 0.6 }, kind: 'counts', why: 'more harm than then' },
  ])('$kind after a dismissal: $why', ({ finding, told, kind }) => {
    const own = [aToldAlert('e', anAnswer('dismissed'), told)];

    expect(standpointOf(aFinding(finding), standing(own)).kind).toBe(kind);
  });

  it.each([
    { own: [aToldAlert('e')], kind: 'noted', why: 'told and not answered' },
    { own: [aToldAlert('e', undefined, { impact: 0.8 })], kind: 'counts', why: 'told with less harm' },
    { own: [aToldAlert('open')], kind: 'again', why: 'told in this episode' },
    { own: [aToldAlert('e', anAnswer('confirmed'))], kind: 'counts', why: 'an attack' },
    {
      own: [aToldAlert('new'), aToldAlert('e', anAnswer('confirmed'))],
      kind: 'counts',
      why: 'an attack, told again since',
    },
    { own: [aToldAlert('new'), aToldAlert('e', anAnswer('dismissed'))], kind: 'noted', why: 'dismissed before' },
    { own: [aToldAlert('e', anAnswer('reopened'))], kind: 'counts', why: 'the answer was taken back' },
    { own: [aToldAlert('e', anAnswer('expected', { scope: { until: MONDAY } }))], kind: 'counts', why: 'over' },
    {
      own: [aToldAlert('e', anAnswer('expected', { scope: { until: MONDAY + DAY } }))],
      kind: 'noted',
      why: 'not over',
    },
  ])('$kind: $why', ({ own, kind }) => {
    expect(standpointOf(aFinding(), standing(own, { openId: 'open' })).kind).toBe(kind);
  });

  it('a count that was told in this episode may go on rising in it', () => {
    const own = [aToldAlert('open', undefined, { family: 'how-much' })];

    expect(standpointOf(aFinding({ family: 'how-much' }), standing(own, { openId: 'open' })).kind).toBe('counts');
    expect(standpointOf(aFinding({ family: 'how-much' }), standing(own)).kind).toBe('noted');
  });

  it('says by whom, when and why', () => {
    const own = [aToldAlert('e', anAnswer('dismissed'))];

    expect(standpointOf(aFinding(), standing(own))).toMatchObject({ note: 'dismissed by dana on 2026-03-02: release' });
    expect(standpointOf(aFinding(), standing([aToldAlert('e')]))).toMatchObject({
      note: 'told on 2026-03-02 and not answered yet',
    });
  });

  it('a root is answered by nothing', () => {
    const own = [aToldAlert('e', anAnswer('dismissed'))];

    expect(standpointOf(aFinding(), standing(own, { actor: anActor({ root: true }) })).kind).toBe('counts');
  });
});

describe('heldBackValues', () => {
  it.each([
    { own: [aToldAlert('e')], held: true, why: 'told and not answered' },
    { own: [aToldAlert('e', undefined, { impact: 0.6 })], held: false, why: 'told, but harmless' },
    { own: [aToldAlert('e', anAnswer('dismissed'))], held: false, why: 'dismissed' },
    { own: [aToldAlert('e', anAnswer('expected', { scope: { until: MONDAY } }))], held: true, why: 'for a time only' },
    { own: [aToldAlert('e', anAnswer('confirmed'), { impact: 0.6 })], held: true, why: 'an attack, however harmless' },
    { own: [aToldAlert('new'), aToldAlert('e', anAnswer('dismissed'))], held: true, why: 'more of it, told since' },
    {
      own: [aToldAlert('new', undefined, { impact: 0.6 }), aToldAlert('e', anAnswer('confirmed'))],
      held: true,
      why: 'an attack, told again since',
    },
    { own: [aToldAlert('new', anAnswer('dismissed')), aToldAlert('e')], held: false, why: 'dismissed in the end' },
  ])('$held: $why', ({ own, held }) => {
    expect(heldBackValues(own)?.has('iam:CreateUser') ?? false).toBe(held);
  });
});
