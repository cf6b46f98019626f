import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import type { PlannedAttack } from './attack-plan.ts';
import { creditOf, toldAt, wasToldBefore } from './credit.ts';
import { evidenceNote, worstTold } from './false-alert.ts';
import type { AttackResult, PlayedAttack } from './figures.ts';

const WEEK_MS = 7 * DAY_MS;
/** Two episodes of an actor this near are the same story told in two runs. */
const SAME_EPISODE_MS = 2 * DAY_MS;
/** Pieces of evidence kept per attack. */
const MAX_EVIDENCE = 6;

/** What came of an attack in its run. */
export function attackResult(
  attack: PlannedAttack,
  told: readonly AnomalyEvent[],
  benign: readonly AnomalyEvent[],
  judgedFrom: EpochMs,
): AttackResult {
  const { any, strict } = creditOf(attack, told, benign);
  const overlapped = wasToldBefore(attack, told);
  if (any === undefined) return { id: attack.id, found: 'missed', strict: false, overlapped };
  return {
    id: attack.id,
    found: any.by,
    strict: strict !== undefined,
    overlapped,
    risk: any.risk,
    minutes: any.minutes,
    eventsUntil: any.events,
    rank: rankInWeek(any.risk, toldAt(any.alert), benign, judgedFrom),
    title: any.alert.detail.data.title,
  };
}

/** How an attack was played, with the best that the most generous run says of it. */
export function playedAttack(
  attack: PlannedAttack,
  generous: readonly AnomalyEvent[],
  benign: readonly AnomalyEvent[],
): PlayedAttack {
  const { any } = creditOf(attack, generous, benign);
  const times = attack.events.map(({ time }) => time);
  const episode = any?.alert.detail.metadata.id;
  const worst = episode === undefined ? undefined : worstTold(generous).get(episode)?.worst;
  return {
    id: attack.id,
    story: attack.story,
    manner: attack.manner,
    victim: attack.victim.name,
    group: attack.victim.group,
    from: Math.min(...times),
    to: Math.max(...times),
    events: attack.events.length,
    best: any && {
      risk: any.risk,
      evidence: (worst ?? any.alert).detail.data.evidence.slice(0, MAX_EVIDENCE).map(evidenceNote),
    },
  };
}

/** Episodes told in a run with attacks: how many, how many list an attack's event, and which ones nobody caused. */
export function amongAttacks(
  attacks: readonly PlannedAttack[],
  told: readonly AnomalyEvent[],
  benign: readonly AnomalyEvent[],
): { readonly episodes: number; readonly true: number; readonly collateral: readonly string[] } {
  const ids = new Set(attacks.flatMap(({ events }) => events.map(({ id }) => id)));
  const principals = new Set(attacks.flatMap((attack) => [...attack.principals]));
  const listing = new Set(
    told.filter(({ detail }) => detail.data.eventIds.some((id) => ids.has(id))).map(({ detail }) => detail.metadata.id),
  );
  const benignly = [...worstTold(benign).values()].map(({ first }) => first);
  const episodes = [...worstTold(told)];
  const collateral = episodes
    .filter(([id, { first }]) => !listing.has(id) && !principals.has(first.detail.data.actor.id))
    .filter(([, { first }]) => !benignly.some((other) => isSame(first, other)))
    .map(([, { worst }]) => worst.detail.data.title);
  return { episodes: episodes.length, true: episodes.filter(([id]) => listing.has(id)).length, collateral };
}

function isSame(one: AnomalyEvent, other: AnomalyEvent): boolean {
  return (
    one.detail.data.actor.id === other.detail.data.actor.id && Math.abs(toldAt(one) - toldAt(other)) <= SAME_EPISODE_MS
  );
}

function rankInWeek(risk: number, at: EpochMs, benign: readonly AnomalyEvent[], judgedFrom: EpochMs): number {
  const week = (time: EpochMs) => Math.floor((time - judgedFrom) / WEEK_MS);
  const above = [...worstTold(benign).values()].filter(
    ({ first, worst }) => week(toldAt(first)) === week(at) && worst.detail.data.risk >= risk,
  );
  return above.length + 1;
}
