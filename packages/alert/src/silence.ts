import type { Actor, EpochMs } from '@portcullis/event';
import type { Episode, EpisodeEvidence } from './episode.ts';
import { isNeverSilenced } from './never-silenced.ts';
import { matchesActor, matchesWildcard } from './wildcard.ts';

/** Evidence that the operator does not want to be alerted about, for a reason and a time. */
export interface Suppression {
  readonly id: string;
  readonly owner: string;
  readonly expires: EpochMs;
  readonly match: {
    readonly actor: string;
    readonly detector?: string | undefined;
    readonly value?: string | undefined;
    readonly account?: string | undefined;
  };
}

/** Silence about one actor or one episode, for a time. */
export interface Mute {
  readonly actor?: string | undefined;
  readonly episode?: string | undefined;
  readonly at: EpochMs;
  readonly until: EpochMs;
  readonly by: string;
  readonly reason: string;
}

export interface Suppressed {
  /** The episode with a note on what is suppressed; the very same where nothing is. */
  readonly shown: Episode;
  /** Ids of the suppressions at work. */
  readonly by: readonly string[];
}

/**
 * Marks the evidence that suppressions in force match, so that it does not count. An episode that holds what is
 * never silenced is told in full: what came with it is part of it.
 */
export function suppressEvidence(episode: Episode, suppressions: readonly Suppression[], at: EpochMs): Suppressed {
  const inForce = suppressions.filter(({ expires, match }) => at < expires && matchesActor(match.actor, episode.actor));
  if (inForce.length === 0 || holdsNeverSilenced(episode)) return { shown: episode, by: [] };
  const by = new Set<string>();
  const evidence = episode.evidence.map((item) => {
    const suppression =
      item.note === undefined ? inForce.find(({ match }) => matches(match, item, episode.actor)) : undefined;
    if (suppression === undefined) return item;
    by.add(suppression.id);
    return { ...item, note: `suppressed: ${suppression.id} by ${suppression.owner}` };
  });
  return by.size === 0 ? { shown: episode, by: [] } : { shown: { ...episode, evidence }, by: [...by].sort() };
}

/** Whether nothing is to be told of an episode now. Evidence that is never silenced breaks through. */
export function isMuted(episode: Episode, mutes: Iterable<Mute>, at: EpochMs): boolean {
  if (holdsNeverSilenced(episode)) return false;
  for (const mute of mutes) {
    if (at < mute.until && isMeant(mute, episode)) return true;
  }
  return false;
}

function holdsNeverSilenced({ evidence, actor }: Episode): boolean {
  return evidence.some((item) => item.note === undefined && isNeverSilenced(item, actor));
}

function isMeant(mute: Mute, { id, actor }: Episode): boolean {
  if (mute.episode !== undefined) return mute.episode === id;
  return mute.actor === actor.id || mute.actor === actor.arn || mute.actor === actor.name;
}

function matches({ detector, value, account }: Suppression['match'], evidence: EpisodeEvidence, actor: Actor): boolean {
  const accounts =
    evidence.witnesses.length === 0 ? [actor.account] : evidence.witnesses.map((witness) => witness.account);
  return (
    (detector === undefined || detector === evidence.detector) &&
    (value === undefined || matchesWildcard(value, evidence.value)) &&
    (account === undefined || accounts.every((one) => one === account))
  );
}
