import type { ActivityDelta, Feature, Sighting } from '@portcullis/baseline';
import type { Candidate, DetectorId, Family, Knowledge } from '../detector.ts';
import { impactOf } from '../impact.ts';
import { describeNovelty, judgeNovelty, type Novelty } from '../novelty.ts';
import { describeUsual } from '../usual.ts';

/** What the detectors of first-time values differ in. */
export interface NewValueTraits {
  readonly detector: DetectorId;
  readonly family: Family;
  readonly feature: Feature;
  /** The value in words: `network owner`. */
  readonly noun: string;
  readonly verb: string;
  readonly impact: number;
  readonly techniques?: readonly string[];
  /** Identity of the finding, where it is not the value itself. */
  readonly value?: string;
  readonly observed?: string;
  readonly always?: boolean;
  /** Where the detector has judged it already. */
  readonly novelty?: Novelty;
}

/** A candidate about a value that the actor never showed before. */
export function newValue(
  sighting: Sighting,
  traits: NewValueTraits,
  delta: ActivityDelta,
  knowledge: Knowledge,
): Candidate {
  const { detector, family, feature, noun, verb, impact, techniques = [], always = false } = traits;
  const novelty = traits.novelty ?? judgeNovelty(feature, sighting, knowledge);
  return {
    channel: `${detector}/${feature}`,
    detector,
    family,
    value: traits.value ?? sighting.value,
    bits: novelty.bits,
    impact,
    techniques,
    first: sighting.first,
    last: sighting.last,
    count: sighting.count,
    witnesses: sighting.witnesses,
    always,
    tell: () => ({
      observed: traits.observed ?? sighting.value,
      usual: describeUsual(feature, noun, knowledge),
      reason: `${noun} ${describeNovelty(delta.actor.kind, verb, novelty)}`,
    }),
  };
}

/**
 * Context harms nobody: where, with what and when somebody calls weighs at most like reading data. Without
 * the cap each new address of a role whose daily work is permissions or code would alert.
 */
const MAX_CONTEXT_IMPACT = 1;

/** How harmful what was done in this hour is, as far as context may weigh. */
export function contextImpact(delta: ActivityDelta): number {
  let largest = 0;
  for (const { of } of delta.sightings.action.list) {
    if (of !== undefined && 'effect' in of) largest = Math.max(largest, impactOf(of));
    if (largest >= MAX_CONTEXT_IMPACT) break;
  }
  return Math.min(largest, MAX_CONTEXT_IMPACT);
}

/** The most harmful of the actions behind a sighting, as its witnesses tell. */
export function worstAction({ witnesses }: Sighting): { readonly name: string; readonly impact: number } {
  let worst = { name: '', impact: 0 };
  for (const { action } of witnesses) {
    const impact = impactOf(action);
    if (impact > worst.impact || (impact === worst.impact && action.name < worst.name)) {
      worst = { name: action.name, impact };
    }
  }
  return worst;
}
