import { type ActivityDelta, deriveFeatures, novelSightings, openCounts } from '@portcullis/baseline';
import { dayOf, epochStart } from '@portcullis/event';
import type { Candidate, Detector, DetectorId, Family, Finding, Knowledge } from './detector.ts';
import { DETECTORS } from './detectors/catalog.ts';
import { serviceFinding } from './detectors/service-finding.ts';
import { MAX_BITS } from './novelty.ts';
import { livesLikeAPerson, steadyImpact } from './steadiness.ts';

/** What an epoch of one actor amounts to. */
export interface Judgment {
  /** Above the allowance, in the order of the catalog, by value within a detector. */
  readonly findings: readonly Finding[];
  /** Largest uncalibrated bits by channel: what calibration learns from. */
  readonly maxima: ReadonlyMap<string, number>;
}

/**
 * Judges what one actor did in one epoch against what was known before it.
 *
 * A function of the set of events, not of their order: the delta holds only counts and sets. Live, the
 * same open delta is judged again after each batch, so evidence only grows until the epoch is sealed;
 * replay judges it once, at the seal, and arrives at the same findings.
 *
 * @param enabled - detectors to run; others stay silent
 */
export function scoreEpoch(
  delta: ActivityDelta,
  knowledge: Knowledge,
  enabled: (detector: DetectorId) => boolean,
): Judgment {
  deriveFeatures(delta, knowledge.own);
  const { own } = knowledge;
  const epoch = {
    delta,
    novel: novelSightings(delta, own),
    open: own === undefined ? undefined : openCounts(delta, own, dayOf(epochStart(delta.epoch))),
  };
  const person = livesLikeAPerson(delta.actor, own);
  const findings: Finding[] = [];
  const maxima = new Map<string, number>();
  const newOwners = new Set<string>();
  for (const detector of hasActivity(delta) ? DETECTORS : WITHOUT_ACTIVITY) {
    if (!enabled(detector.id)) continue;
    const before = findings.length;
    for (const candidate of detector.examine(epoch, knowledge)) {
      const { channel, bits, stated } = candidate;
      if (!stated) maxima.set(channel, Math.max(maxima.get(channel) ?? 0, bits));
      const finding = weighed(candidate, knowledge, person);
      if (finding === undefined) continue;
      findings.push(finding);
      if (channel === NEW_OWNER) newOwners.add(finding.value);
    }
    if (findings.length > before + 1) findings.push(...findings.splice(before).sort(byValue));
  }
  return { findings: newOwners.size === 0 ? findings : joinedByPlace(findings, newOwners, knowledge), maxima };
}

/** Channel of what says that a network owner is new to the actor. */
const NEW_OWNER = 'new-network/owner';

/** What a call does, to what, and by which program: none of it follows from where it comes from. */
const APART_FROM_PLACE: ReadonlySet<Family> = new Set(['what', 'which', 'who-how']);

/**
 * Adds the allowance to what the calls from a new place show besides. An ordinary day explains one thing that is new; the same call
 * with a second one, which has nothing to do with the first, is no ordinary day's. Bits of independent things on one call would add up
 * in full: this is the part of it that never counts a thing twice.
 */
function joinedByPlace(
  findings: readonly Finding[],
  owners: ReadonlySet<string>,
  { allowanceBits }: Knowledge,
): readonly Finding[] {
  return findings.map((finding) => {
    if (!APART_FROM_PLACE.has(finding.family)) return finding;
    const isFromThere = finding.witnesses.some(({ network: { owner } }) => owner !== undefined && owners.has(owner));
    if (!isFromThere) return finding;
    return {
      ...finding,
      bits: Math.min(MAX_BITS, finding.bits + allowanceBits),
      reason: `${finding.reason}, and from a network owner that is new to it as well`,
    };
  });
}

const WITHOUT_ACTIVITY: readonly Detector[] = [serviceFinding];

/** False for an actor that an hour tells of only by what security services found. */
function hasActivity({ events, sample }: ActivityDelta): boolean {
  return events > 0 || sample.witnesses.length > 0;
}

/** Field by field: copies by spreading take as long as all the rest of a judgment. */
function weighed(candidate: Candidate, knowledge: Knowledge, person: boolean): Finding | undefined {
  const { channel, detector, family, value, techniques, first, last, count, witnesses, always } = candidate;
  const bits = Math.min(MAX_BITS, candidate.stated ? candidate.bits : knowledge.calibrate(channel, candidate.bits));
  if (bits <= knowledge.allowanceBits && !always) return undefined;
  const { observed, usual, reason } = candidate.tell();
  const impact = steadyImpact(candidate, person);
  return {
    detector,
    family,
    value,
    bits,
    impact,
    harm: impact > candidate.impact ? candidate.impact : undefined,
    techniques,
    first,
    last,
    count,
    witnesses,
    always,
    observed,
    usual,
    reason,
  };
}

function byValue(a: Finding, b: Finding): number {
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
