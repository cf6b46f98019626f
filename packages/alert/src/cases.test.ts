import { EPOCH_MS, epochOf } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anActor, MONDAY } from '../../../test/builders.ts';
import { caseOf } from './cases.ts';
import { type Episode, type EpisodeEvidence, openEpisode } from './episode.ts';

const SETTINGS = { allowanceBits: 3.5, familyDiscount: 0.35, decayHalfLifeHours: 36 };

function evidence(value: string, overrides: Partial<EpisodeEvidence> = {}): EpisodeEvidence {
  return {
    detector: 'new-action',
    family: 'what',
    value,
    bits: 10,
    impact: 1,
    observed: value,
    usual: '',
    reason: '',
    techniques: [],
    first: MONDAY,
    last: MONDAY,
    count: 1,
    witnesses: [],
    always: false,
    peak: 1,
    ...overrides,
  };
}

function episode(name: string, items: readonly EpisodeEvidence[], hour = 0): Episode {
  return { ...openEpisode(anActor({ name }), epochOf(MONDAY + hour * EPOCH_MS)), evidence: items };
}

const lead = episode('first', [evidence('a:A'), evidence('b:B')]);

describe('caseOf', () => {
  it.each([
    { items: [evidence('a:A'), evidence('b:B')], joins: true, why: 'two values shared' },
    { items: [evidence('c:C'), evidence('d:D')], joins: false, why: 'nothing shared' },
    {
      items: [evidence('a:A'), evidence('b:B', { note: 'expected' })],
      joins: true,
      why: 'most of what counts is shared',
    },
    {
      items: [evidence('a:A', { note: 'x' }), evidence('b:B', { note: 'x' }), evidence('c:C')],
      joins: false,
      why: 'what was answered is no tie',
    },
    { items: [evidence('a:A', { last: MONDAY + 48 * EPOCH_MS })], joins: false, why: 'two days later' },
    { items: [evidence('a:A', { family: 'how-much' })], joins: false, why: 'a count names nothing' },
  ])('$why: joins $joins', ({ items, joins }) => {
    expect(caseOf(episode('second', items, 1), [lead], SETTINGS)?.lead).toBe(joins ? lead : undefined);
  });

  it('joins what is linked to what was told, whatever the two show, and no later than values do', () => {
    const linked = (one: { readonly name: string }, other: { readonly name: string }) =>
      one.name === 'behind' && other.name === 'first';
    const of = (hour: number) =>
      episode('behind', [evidence('x:X', { family: 'how-much', last: MONDAY + hour * EPOCH_MS })], hour);

    expect(caseOf(of(2), [lead], SETTINGS)).toBeUndefined();
    expect(caseOf(of(2), [lead], SETTINGS, linked)).toEqual({ lead, ownRisk: 0 });
    expect(caseOf(of(48), [lead], SETTINGS, linked)).toBeUndefined();
  });

  it('says what the actor does beyond what is shared, without what was answered', () => {
    const own = [evidence('e:E', { family: 'which' }), evidence('f:F', { family: 'where', note: 'expected' })];

    const found = caseOf(episode('second', [evidence('a:A'), evidence('b:B'), ...own]), [lead], SETTINGS);

    expect(found?.ownRisk).toBe(6.5);
  });

  it('chooses the one that opened first', () => {
    const later = episode('later', lead.evidence, 1);

    expect(caseOf(episode('second', lead.evidence, 2), [later, lead], SETTINGS)?.lead).toBe(lead);
  });
});
