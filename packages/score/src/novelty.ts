import {
  expectedNewValues,
  type Feature,
  type Sighting,
  shareAtLeastAsSurprising,
  surprisalAmongOthers,
} from '@portcullis/baseline';
import type { Knowledge } from './detector.ts';

/** Bits are capped: beyond some ten thousand active days no model of ours is to be believed. */
export const MAX_BITS = 16;

/** Weight of the population's learning curve against the actor's own, in active days. */
const LEARNING_CURVE_DAYS = 2;

export interface Novelty {
  /** -log2 P(at least one new value this surprising on an active day of this actor). */
  readonly bits: number;
  /** Peers, and actors of the account, that used the value. */
  readonly peerUsers: number;
  readonly peerActors: number;
  readonly accountUsers: number;
  readonly accountActors: number;
}

/**
 * Surprise of a value that the actor never showed before.
 *
 * Expected number of such surprises per active day = how many new values this actor shows a day ×
 * share of benign new values at least as rare among others; the bits follow by the Poisson chance of
 * at least one. The number of looks is inside: a busy actor gets no surprise for free.
 */
export function judgeNovelty(feature: Feature, { hash }: Sighting, knowledge: Knowledge): Novelty {
  const { own, peers, account, novelty } = knowledge;
  const curve = expectedNewValues(novelty, feature, knowledge.ageDays);
  const fadedNew = own?.features[feature].fadedNew ?? 0;
  const newPerDay = (LEARNING_CURVE_DAYS * curve + fadedNew) / (LEARNING_CURVE_DAYS + (own?.fadedDays ?? 0));
  const surprisal = surprisalAmongOthers(feature, hash, peers, account);
  const share = shareAtLeastAsSurprising(novelty, feature, surprisal, account.actors);
  return {
    bits: bitsOfAtLeastOne(newPerDay * share),
    peerUsers: peers?.users[feature].get(hash) ?? 0,
    peerActors: peers?.actors ?? 0,
    accountUsers: account.users[feature].get(hash) ?? 0,
    accountActors: account.actors,
  };
}

/**
 * -log2 of the Poisson chance of at least one event when `expected` are expected.
 *
 * Written with expm1, so that a millionth of a millionth keeps its 40 bits instead of rounding to none.
 */
export function bitsOfAtLeastOne(expected: number): number {
  return -Math.log2(-Math.expm1(-expected));
}

/** `never used by this role, by 11 peers, or by 309 of 310 actors of the account`. */
export function describeNovelty(kind: string, verb: string, novelty: Novelty): string {
  const peers = novelty.peerActors > 1 ? `, by ${withoutUsers(novelty.peerUsers, novelty.peerActors)} peers` : '';
  const others = withoutUsers(novelty.accountUsers, novelty.accountActors);
  return `never ${verb} by this ${kind}${peers}, or by ${others} actors of the account`;
}

function withoutUsers(users: number, actors: number): string {
  return users === 0 ? `${actors}` : `${Math.max(0, actors - users)} of ${actors}`;
}
