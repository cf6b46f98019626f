import { createHash } from 'node:crypto';
import type { Actor, EpochIndex, EpochMs } from '@portcullis/event';
import type { DetectorId, Family, Finding } from '@portcullis/score';
import { sharedText } from './shared-text.ts';

/** Contract major that is part of every episode id: a breaking contract never reuses an id. */
const CONTRACT_MAJOR = 1;

/** Witnesses kept per piece of evidence. */
const MAX_WITNESSES = 12;

/** Evidence kept per family: each further one counts about a third of the one before. */
const MAX_PER_FAMILY = 8;

/** What an alert needs to know of an event; small enough to keep for days. */
export interface Witness {
  readonly id: string;
  readonly time: EpochMs;
  readonly account: string;
  readonly region: string;
  /** IAM action, where IAM knows it. */
  readonly action: string | undefined;
}

/** A finding inside an episode, joined over epochs by detector and value. */
export interface EpisodeEvidence {
  readonly detector: DetectorId;
  readonly family: Family;
  readonly value: string;
  readonly bits: number;
  readonly impact: number;
  /** Harm apart from who acts, where `impact` is larger because a program did it. */
  readonly harm?: number | undefined;
  readonly observed: string;
  readonly usual: string;
  readonly reason: string;
  readonly techniques: readonly string[];
  readonly first: EpochMs;
  readonly last: EpochMs;
  readonly count: number;
  /** Earliest first, ties by id. */
  readonly witnesses: readonly Witness[];
  readonly always: boolean;
  /** Most in one epoch. */
  readonly peak: number;
  /** Why it does not count: declared, answered or told before, suppressed. */
  readonly note?: string | undefined;
}

/** A finding after people had their say. */
export type JudgedFinding = Finding & Pick<EpisodeEvidence, 'note'>;

/** What was last told about an episode. */
interface Publication {
  readonly revision: number;
  readonly risk: number;
  readonly severity: string;
  /** `always` evidence told so far. */
  readonly alwaysCount: number;
}

/** Risk of one actor from its first contribution until two days without one. */
export interface Episode {
  readonly id: string;
  readonly actor: Actor;
  readonly openedEpoch: EpochIndex;
  readonly evidence: readonly EpisodeEvidence[];
  /** `undefined` while the risk stays below the threshold. */
  readonly published: Publication | undefined;
  /** The threshold was passed, but a mute, a suppression or another alert's case kept it from being told. */
  readonly withheld?: boolean | undefined;
  /** Largest risk so far. */
  readonly peak?: number | undefined;
  /** From before the time from which to alert: only measured, to learn how far normal operation gets. */
  readonly silent?: boolean | undefined;
  /** Other actors that do the same new things at the same time: one case. */
  readonly members?: readonly CaseMember[] | undefined;
  /** Members beyond those that are kept. */
  readonly moreMembers?: number | undefined;
}

/** An actor that joined the case of another. */
export interface CaseMember {
  readonly actor: Pick<Actor, 'id' | 'kind' | 'name' | 'arn'>;
  readonly risk: number;
  /** Events behind what it shares, few. */
  readonly witnesses: readonly Witness[];
}

/** Whether an episode has passed the threshold, told or not: what its actor does is then no norm for others. */
export function isUnderAlert(episode: Episode | undefined): boolean {
  return episode?.published !== undefined || episode?.withheld === true;
}

export function openEpisode(actor: Actor, epoch: EpochIndex): Episode {
  return { id: episodeId(actor.id, epoch), actor, openedEpoch: epoch, evidence: [], published: undefined };
}

/** The same logs give the same id, whatever else happens to the episode. */
function episodeId(actorId: string, epoch: EpochIndex): string {
  const hash = createHash('sha256').update(`${CONTRACT_MAJOR}\n${actorId}\n${epoch}`);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Adds findings; one that is known by detector and value raises what is there instead of counting twice.
 * What does not count stays apart from what does.
 */
export function joinFindings(episode: Episode, findings: readonly JudgedFinding[]): Episode {
  const evidence = [...episode.evidence];
  const witnessOf = sharedWitnesses();
  for (const finding of findings) {
    const incoming = toEvidence(finding, witnessOf);
    const at = evidence.findIndex(
      ({ detector, value, note }) =>
        detector === finding.detector &&
        value === finding.value &&
        (note === undefined) === (finding.note === undefined),
    );
    const known = evidence[at];
    if (known === undefined) evidence.push(incoming);
    else evidence[at] = joined(known, incoming);
  }
  return { ...episode, evidence: strongestOf(evidence) };
}

/**
 * What is worth keeping: of each family the strongest, and what is told always. What is discounted to nothing adds
 * nothing to a risk, but memory to every busy actor.
 */
function strongestOf(evidence: readonly EpisodeEvidence[]): readonly EpisodeEvidence[] {
  if (evidence.length <= MAX_PER_FAMILY) return evidence;
  const ranked = [...evidence].sort((a, b) => b.bits * b.impact - a.bits * a.impact || (keyOf(a) < keyOf(b) ? -1 : 1));
  const perFamily = new Map<string, number>();
  const kept = new Set<EpisodeEvidence>();
  for (const item of ranked) {
    const before = perFamily.get(item.family) ?? 0;
    if (before >= MAX_PER_FAMILY && !item.always) continue;
    perFamily.set(item.family, before + 1);
    kept.add(item);
  }
  return kept.size === evidence.length ? evidence : evidence.filter((item) => kept.has(item));
}

function keyOf({ detector, value, note }: EpisodeEvidence): string {
  return `${detector} ${value} ${note ?? ''}`;
}

/** When evidence last came in that counts; what does not keeps only an episode without any open. */
export function lastEvidence({ evidence }: Episode): EpochMs {
  let [counting, any] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { note, last } of evidence) {
    any = Math.max(any, last);
    if (note === undefined) counting = Math.max(counting, last);
  }
  return counting === Number.NEGATIVE_INFINITY ? any : counting;
}

/** How much harm was done, whoever did it: what severity and answers go by. */
export function harmOf({ harm, impact }: Pick<EpisodeEvidence, 'harm' | 'impact'>): number {
  return harm ?? impact;
}

function joined(known: EpisodeEvidence, incoming: EpisodeEvidence): EpisodeEvidence {
  const stronger = incoming.bits * incoming.impact > known.bits * known.impact ? incoming : known;
  return {
    ...stronger,
    bits: Math.max(known.bits, incoming.bits),
    impact: Math.max(known.impact, incoming.impact),
    harm:
      known.harm === undefined && incoming.harm === undefined ? undefined : Math.max(harmOf(known), harmOf(incoming)),
    first: Math.min(known.first, incoming.first),
    last: Math.max(known.last, incoming.last),
    count: known.count + incoming.count,
    witnesses: [...known.witnesses, ...incoming.witnesses].sort(byTime).slice(0, MAX_WITNESSES),
    always: known.always || incoming.always,
    peak: Math.max(known.peak, incoming.peak),
  };
}

type WitnessOf = (witness: Finding['witnesses'][number]) => Witness;

/** Field by field, and with what others have as well shared: episodes are the larger part of what a state keeps in memory. */
function toEvidence(finding: JudgedFinding, witnessOf: WitnessOf): EpisodeEvidence {
  return {
    detector: finding.detector,
    family: finding.family,
    value: finding.value,
    bits: finding.bits,
    impact: finding.impact,
    harm: finding.harm,
    techniques: finding.techniques,
    first: finding.first,
    last: finding.last,
    count: finding.count,
    always: finding.always,
    observed: sharedText(finding.observed),
    usual: sharedText(finding.usual),
    reason: sharedText(finding.reason),
    note: finding.note,
    witnesses: finding.witnesses.map(witnessOf),
    peak: finding.count,
  };
}

/** One event stands behind many findings of an hour. */
function sharedWitnesses(): WitnessOf {
  const known = new Map<Finding['witnesses'][number], Witness>();
  return (witness) => {
    let shared = known.get(witness);
    if (shared === undefined) {
      shared = toWitness(witness);
      known.set(witness, shared);
    }
    return shared;
  };
}

function toWitness({ id, time, account, region, action }: Finding['witnesses'][number]): Witness {
  return { id, time, account, region, action: action.mapping === 'mapped' ? action.name : undefined };
}

function byTime(a: Witness, b: Witness): number {
  return a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
