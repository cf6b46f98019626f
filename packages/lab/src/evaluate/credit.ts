import type { AnomalyEvent } from '@portcullis/contract';
import { EPOCH_MS, type EpochMs, epochOf, MINUTE_MS } from '@portcullis/event';
import type { PlannedAttack } from './attack-plan.ts';

/** What of an attack has to be known to judge whether an alert found it. */
export type Findable = Pick<PlannedAttack, 'principals'> & {
  readonly events: readonly { readonly id: string; readonly time: EpochMs; readonly actor: { readonly id: string } }[];
};

/** How an attack was found. */
export interface Credit {
  /** `events`: the alert lists one of its events. `window`: a count that includes its events is why the alert was told. */
  readonly by: 'events' | 'window';
  /** The first alert that says so. */
  readonly alert: AnomalyEvent;
  /** The highest risk told of it. */
  readonly risk: number;
  /** From the attack's first event to the end of the hour that was told of; a live consumer can tell earlier. */
  readonly minutes: number;
  /** Attack events until then. */
  readonly events: number;
}

/**
 * Says whether, how and when a run found an attack.
 *
 * Found means one of two things. By `events`: an `Anomaly Detected` or `Anomaly Updated` lists the id of one of the
 * attack's events. Whose alert that is does not matter: the id belongs to the attack alone. By `window`, for counts, whose
 * witnesses may be other calls of the same window: such an alert is about an actor the attack used, ends an hour in which
 * the attack acted through this actor, and holds evidence of the family how-much with more bits than its episode had been
 * told of from that detector before; and the benign run tells nothing of this actor at the end of the same hour. `Anomaly Closed` finds nothing.
 *
 * The first alert counts, of either kind; an earlier one by `window` does not hide a later one by `events` from `strict`.
 *
 * @param told - by the run with the attack, in order
 * @param benign - by the run without any attack
 */
export function creditOf(
  attack: Findable,
  told: readonly AnomalyEvent[],
  benign: readonly AnomalyEvent[],
): { readonly any: Credit | undefined; readonly strict: Credit | undefined } {
  const byEvents = told.filter(isNews).filter((alert) => listsOneOf(alert, attack));
  const byWindow = withNewCounts(told).filter((alert) => isAboutItsWindow(alert, attack, benign));
  const strict = creditBy('events', byEvents, attack);
  const loose = creditBy('window', byWindow, attack);
  if (strict === undefined || loose === undefined) return { any: strict ?? loose, strict };
  const earlier = toldAt(loose.alert) < toldAt(strict.alert) ? loose : strict;
  return { any: { ...earlier, risk: Math.max(strict.risk, loose.risk) }, strict };
}

/** When an alert is told in a replay: at the end of the hour it judges. */
export function toldAt({ detail }: AnomalyEvent): EpochMs {
  return Date.parse(detail.metadata.producedAt);
}

/** Not the last word, which repeats. */
export function isNews(alert: AnomalyEvent): boolean {
  return alert['detail-type'] !== 'Anomaly Closed';
}

/** Whether an episode of one of its actors stood open, and told of, before the attack's first event. */
export function wasToldBefore({ principals, events }: Findable, told: readonly AnomalyEvent[]): boolean {
  const begin = Math.min(...events.map(({ time }) => time));
  const open = new Set<string>();
  for (const alert of told) {
    const { metadata, data } = alert.detail;
    if (toldAt(alert) > begin || !principals.has(data.actor.id)) continue;
    if (isNews(alert)) open.add(metadata.id);
    else open.delete(metadata.id);
  }
  return open.size > 0;
}

function creditBy(by: Credit['by'], alerts: readonly AnomalyEvent[], { events }: Findable): Credit | undefined {
  const [alert] = alerts;
  if (alert === undefined) return undefined;
  const at = toldAt(alert);
  const begin = Math.min(...events.map(({ time }) => time));
  return {
    by,
    alert,
    risk: Math.max(...alerts.map(({ detail }) => detail.data.risk)),
    minutes: Math.round((at - begin) / MINUTE_MS),
    events: events.filter(({ time }) => time < at).length,
  };
}

function listsOneOf({ detail }: AnomalyEvent, { events }: Findable): boolean {
  const ids = new Set(detail.data.eventIds);
  return events.some(({ id }) => ids.has(id));
}

function isAboutItsWindow(alert: AnomalyEvent, attack: Findable, benign: readonly AnomalyEvent[]): boolean {
  const actorId = alert.detail.data.actor.id;
  const at = toldAt(alert);
  const epoch = epochOf(at - EPOCH_MS);
  return (
    attack.principals.has(actorId) &&
    attack.events.some(({ time, actor }) => epochOf(time) === epoch && actor.id === actorId) &&
    !benign.some((other) => isNews(other) && toldAt(other) === at && other.detail.data.actor.id === actorId)
  );
}

/** Alerts with count evidence of a detector that their episode had not been told of, or not with as many bits. */
function withNewCounts(told: readonly AnomalyEvent[]): readonly AnomalyEvent[] {
  const bitsTold = new Map<string, number>();
  return told.filter((alert) => {
    let isNew = false;
    for (const { family, detector, bits, contribution } of alert.detail.data.evidence) {
      if (family !== 'how-much' || contribution === 0) continue;
      const key = `${alert.detail.metadata.id} ${detector}`;
      if (bits > (bitsTold.get(key) ?? 0)) {
        bitsTold.set(key, bits);
        isNew = true;
      }
    }
    return isNew && isNews(alert);
  });
}
