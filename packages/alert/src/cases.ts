import { type Actor, type EpochMs, HOUR_MS } from '@portcullis/event';
import { type CaseMember, type Episode, type EpisodeEvidence, harmOf, lastEvidence } from './episode.ts';
import { type RiskSettings, riskOf, undiscounted } from './risk.ts';
import { weighCounting } from './weigh-counting.ts';

/** Two episodes belong together if their evidence is no further apart than this. */
const CASE_HOURS = 36;

/** Contribution from which a value is one that episodes can share. */
const STRONG = 1.5;

/** Values that two episodes share before they are taken for one thing. */
const SHARED_VALUES = 2;

/** Or this share of the risk of the one that joins. */
const SHARED_RISK = 0.35;

/** Actors that a case holds, and events of each. */
const MAX_CASE_ACTORS = 50;
const MAX_MEMBER_WITNESSES = 8;

/** Counts and hours name nothing that two actors could share. */
const SHAREABLE: ReadonlySet<EpisodeEvidence['family']> = new Set(['what', 'which', 'where', 'who-how']);

/**
 * Finds the told episode that another one belongs to: the same new things, at the same time, by another actor.
 *
 * A storm, such as a tool adopted by all or a drill, is one case and not fifty alerts. It is joined, never muted:
 * what an actor does beyond what is shared must alert by itself, and `ownRisk` says how much that is.
 *
 * Links of a chain belong together whatever they show: an API, the function behind it, and its role.
 *
 * @param told - episodes that alerts were told of; the one that opened first is chosen, ties by id
 */
export function caseOf(
  episode: Episode,
  told: Iterable<Episode>,
  settings: RiskSettings,
  isLinked: (one: Actor, other: Actor) => boolean = () => false,
): { readonly lead: Episode; readonly ownRisk: number } | undefined {
  const mine = strongValues(episode, settings);
  const at = lastEvidence(episode);
  const risk = riskOf(weighCounting(episode.evidence, at, settings));
  let found: { readonly lead: Episode; readonly ownRisk: number } | undefined;
  for (const lead of told) {
    if (lead.id === episode.id || Math.abs(lastEvidence(lead) - at) > CASE_HOURS * HOUR_MS) continue;
    if (isLinked(episode.actor, lead.actor)) {
      if (found === undefined || isBefore(lead, found.lead)) found = { lead, ownRisk: 0 };
      continue;
    }
    const theirs = strongValues(lead, settings);
    const shared = new Set([...mine].filter((value) => theirs.has(value)));
    if (shared.size === 0) continue;
    const rest = episode.evidence.filter((item) => !shared.has(keyOf(item)));
    const ownRisk = riskOf(weighCounting(rest, at, settings));
    if (shared.size < SHARED_VALUES && risk - ownRisk < SHARED_RISK * risk) continue;
    if (found === undefined || isBefore(lead, found.lead)) found = { lead, ownRisk };
  }
  return found;
}

/** The lead's episode with another as its member, or with its newer figures. `grown` tells a new member from a known one. */
export function joinCase(
  lead: Episode,
  episode: Episode,
  at: EpochMs,
  settings: RiskSettings,
): { readonly lead: Episode; readonly grown: boolean } {
  const members = lead.members ?? [];
  const { id, kind, name, arn } = episode.actor;
  const known = members.some(({ actor }) => actor.id === id);
  if (!known && members.length >= MAX_CASE_ACTORS) {
    return { lead: { ...lead, moreMembers: (lead.moreMembers ?? 0) + 1 }, grown: true };
  }
  const weighed = weighCounting(episode.evidence, at, settings);
  const member: CaseMember = {
    actor: { id, kind, name, arn },
    risk: riskOf(weighed),
    witnesses: weighed.flatMap(({ evidence }) => evidence.witnesses.slice(0, 2)).slice(0, MAX_MEMBER_WITNESSES),
  };
  const others = members.filter(({ actor }) => actor.id !== id);
  return { lead: { ...lead, members: [...others, member] }, grown: !known };
}

function strongValues({ evidence }: Episode, settings: RiskSettings): ReadonlySet<string> {
  const strong = evidence.filter(
    (item) =>
      item.note === undefined &&
      SHAREABLE.has(item.family) &&
      undiscounted({ ...item, impact: harmOf(item) }, item.last, settings) >= STRONG,
  );
  return new Set(strong.map(keyOf));
}

function keyOf({ detector, value }: EpisodeEvidence): string {
  return `${detector} ${value}`;
}

function isBefore(a: Episode, b: Episode): boolean {
  return a.openedEpoch < b.openedEpoch || (a.openedEpoch === b.openedEpoch && a.id < b.id);
}
