import type { ResponsePolicy } from '@portcullis/config';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import type { Intent, PlanHead } from './ledger.ts';

/** A brake that tripped: an outcome and an event, not an error. */
export interface Tripped {
  readonly cause: 'kill-switch' | 'old-alert' | 'acts-per-hour' | 'acts-per-hour-and-account' | 'share-of-actors';
  readonly reason: string;
}

/** What the brakes look at, read right before the act. */
export interface BrakeReadings {
  readonly at: EpochMs;
  readonly killSwitch: 'armed' | 'stopped';
  /** Of the last hour. */
  readonly intents: readonly Intent[];
  /** Ids of the account's actors that a cut is in force on. */
  readonly underCut: ReadonlySet<string>;
  readonly activeActors: number;
  /** A person approved it, which an old alert does not take away. */
  readonly byPerson: boolean;
}

/**
 * The first brake that stops an act, if any.
 *
 * An attacker may bait the responder into harm, so how much it does is bounded whatever the alerts say. Approved acts count
 * too, but age does not stop them.
 */
export function trippedBrake(
  { account, actor, alert }: Pick<PlanHead, 'account' | 'actor' | 'alert'>,
  { brakes }: Pick<ResponsePolicy, 'brakes'>,
  { at, killSwitch, intents, underCut, activeActors, byPerson }: BrakeReadings,
): Tripped | undefined {
  if (killSwitch === 'stopped') return { cause: 'kill-switch', reason: 'the kill switch is set' };
  const age = Math.round((at - alert.lastSeen) / MINUTE_MS);
  if (!byPerson && age > brakes.maxAlertAgeMinutes) {
    return { cause: 'old-alert', reason: `last seen ${age} minutes ago; an archive may be replayed` };
  }
  const lastHour = intents.filter((intent) => intent.at > at - HOUR_MS);
  if (lastHour.length >= brakes.actsPerHour) {
    return { cause: 'acts-per-hour', reason: `${lastHour.length} cuts within an hour` };
  }
  const here = lastHour.filter((intent) => intent.account === account);
  if (here.length >= brakes.actsPerHourAndAccount) {
    return { cause: 'acts-per-hour-and-account', reason: `${here.length} cuts within an hour in account ${account}` };
  }
  const others = new Set([...underCut].filter((id) => id !== actor.id));
  const allowed = Math.max(1, Math.floor(activeActors * brakes.shareOfActiveActors));
  if (others.size >= allowed) {
    return {
      cause: 'share-of-actors',
      reason: `${others.size} of ${activeActors} active actors are under cuts already`,
    };
  }
  return undefined;
}
