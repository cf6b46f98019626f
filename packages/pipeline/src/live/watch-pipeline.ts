import { EPOCH_MS, type EpochIndex, type EpochMs, epochStart, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import { type Impairment, impairedEntry, recoveredEntry, troubleOf } from './impairment.ts';
import { isBulk, isLogLane } from './lanes.ts';
import type { LiveSettings } from './live-settings.ts';
import type { LaneProgress, LivePorts } from './ports.ts';

/** Where a canary call is made, so that silence means that something is wrong. */
export interface Canary {
  readonly account: string;
  readonly region: string;
}

export interface WatchSettings {
  readonly canaries: readonly Canary[];
  /** Longest time between a canary call and its arrival. */
  readonly canaryMs: number;
  /** Silence of an account and region without a canary that is worth a word. */
  readonly silenceMs: number;
  /** How far behind the events a seal, a lane or the outbox may be. */
  readonly lagMs: number;
}

export const DEFAULT_WATCH: WatchSettings = {
  canaries: [],
  canaryMs: 45 * MINUTE_MS,
  silenceMs: 24 * HOUR_MS,
  lagMs: 45 * MINUTE_MS,
};

/** What is known of the pipeline's health. */
export interface Vitals {
  readonly lanes: readonly LaneProgress[];
  /** Hours that wait for their seal, ascending. */
  readonly waiting: readonly EpochIndex[];
  /** When the oldest event in the outbox was made. */
  readonly oldestUnpublished: EpochMs | undefined;
}

/** What is wrong. Pure; the order of the lanes does not matter. */
export function impairmentsOf(
  { lanes, waiting, oldestUnpublished }: Vitals,
  latenessMs: number,
  { canaries, canaryMs, silenceMs, lagMs }: WatchSettings,
  now: EpochMs,
): readonly Impairment[] {
  const main = lanes.filter(isBulk);
  const places = latestByPlace(main.length > 0 ? main : lanes);
  const found: Impairment[] = [];
  for (const { account, region } of canaries) {
    const last = places.get(`${account} ${region}`);
    if (last !== undefined && now - last.eventTime <= canaryMs) continue;
    found.push({
      component: 'feed',
      reason: 'canary-missed',
      account,
      region,
      severity: 'HIGH',
      since: last?.eventTime ?? 0,
      ...(last === undefined ? {} : { lastEventAt: last.eventTime }),
      detail:
        `${sinceWhen(last)}, though a call is made there every few minutes to be seen here. ` +
        'See whether the trail logs, and whether its log group or bucket still sends to this pipeline.',
    });
  }
  const watched = new Set(canaries.map(({ account, region }) => `${account} ${region}`));
  for (const [place, last] of places) {
    if (watched.has(place) || now - last.arrivedAt <= silenceMs) continue;
    found.push({
      component: 'feed',
      reason: 'silence',
      account: last.account,
      region: last.region,
      severity: 'MEDIUM',
      since: last.eventTime,
      lastEventAt: last.eventTime,
      detail: `${sinceWhen(last)}. If nothing runs there any more this is no reason to worry; a canary would tell.`,
    });
  }
  const reached = Math.max(...[...places.values()].map(({ eventTime }) => eventTime), Number.NEGATIVE_INFINITY);
  const logs = lanes.filter(({ lane }) => isLogLane(lane));
  for (const { lane, account, region, eventTime, arrivedAt } of logs) {
    if (now - arrivedAt <= silenceMs) continue;
    found.push({
      component: lane,
      reason: 'silence',
      account,
      region,
      severity: 'MEDIUM',
      since: eventTime,
      lastEventAt: eventTime,
      detail:
        `No line has come in that is later than ${isoTime(eventTime)}. ` +
        'See whether the log groups are still subscribed, or the objects announced; if nothing runs there any more this is no reason to worry.',
    });
  }
  for (const { lane, account, region, eventTime, arrivedAt } of [...main, ...logs]) {
    if (arrivedAt - eventTime <= latenessMs + lagMs || now - arrivedAt > silenceMs) continue;
    found.push({
      component: isLogLane(lane) ? lane : `ingest-${lane}`,
      reason: 'lag',
      account,
      region,
      severity: 'MEDIUM',
      since: eventTime,
      lastEventAt: eventTime,
      detail: `What arrived last was ${minutes(arrivedAt - eventTime)} old. Alerts come late by as much.`,
    });
  }
  const [oldest] = waiting;
  if (oldest !== undefined && reached - (epochStart(oldest) + EPOCH_MS) > latenessMs + lagMs) {
    found.push({
      component: 'roll-up',
      reason: 'lag',
      severity: 'HIGH',
      since: epochStart(oldest) + EPOCH_MS,
      detail:
        `The hour from ${isoTime(epochStart(oldest))} is not sealed, though events from ${isoTime(reached)} have come in. ` +
        'See the errors of roll-up and score-stream, and whether a shard is stuck.',
    });
  }
  if (oldestUnpublished !== undefined && now - oldestUnpublished > lagMs) {
    found.push({
      component: 'publish-outbox',
      reason: 'delivery-failed',
      severity: 'HIGH',
      since: oldestUnpublished,
      detail: `An alert made ${minutes(now - oldestUnpublished)} ago has not been published. See the errors of publish-outbox.`,
    });
  }
  return found;
}

/** What no later look can tell to be over. */
const NEVER_OVER: ReadonlySet<string> = new Set(['tampering']);

/**
 * Looks after the pipeline and tells what is wrong: once when it begins, and once when it is over. To be run every few minutes.
 *
 * @returns what is wrong now, told before or not
 */
export async function watchPipeline(
  ports: Pick<LivePorts, 'progress' | 'segments' | 'alerts'>,
  settings: LiveSettings,
  watch: WatchSettings,
  now: EpochMs,
): Promise<readonly Impairment[]> {
  const [oldest] = await ports.alerts.pending(1);
  const vitals: Vitals = {
    lanes: await ports.progress.lanes(),
    waiting: await ports.segments.waiting(),
    oldestUnpublished: oldest && Date.parse(oldest.event.detail.metadata.producedAt),
  };
  const latenessMs = settings.pipeline.lateness.minutes * MINUTE_MS;
  const found = impairmentsOf(vitals, latenessMs, watch, now);
  const lasting = await ports.alerts.lasting();
  const told = new Set(lasting.map(({ detail }) => troubleOf(detail.data)));
  const seen = new Set(found.map(troubleOf));
  const entries = [
    ...lasting
      .filter(({ detail: { data } }) => !seen.has(troubleOf(data)) && !NEVER_OVER.has(data.reason))
      .map((event) => recoveredEntry(event, now)),
    ...found
      .filter((impairment) => !told.has(troubleOf(impairment)))
      .map((impairment) => impairedEntry(impairment, settings, now)),
  ];
  if (entries.length > 0) await ports.alerts.add(entries);
  return found;
}

function latestByPlace(lanes: readonly LaneProgress[]): ReadonlyMap<string, LaneProgress> {
  const latest = new Map<string, LaneProgress>();
  for (const lane of lanes) {
    const place = `${lane.account} ${lane.region}`;
    const known = latest.get(place);
    if (known === undefined || isLater(lane, known)) latest.set(place, lane);
  }
  return latest;
}

/** By what it is about, then by when it came: two lanes may end with one event. */
function isLater(lane: LaneProgress, known: LaneProgress): boolean {
  if (lane.eventTime !== known.eventTime) return lane.eventTime > known.eventTime;
  return lane.arrivedAt > known.arrivedAt;
}

function sinceWhen(last: LaneProgress | undefined): string {
  return last === undefined
    ? 'No event has come in'
    : `No event has come in that is later than ${isoTime(last.eventTime)}`;
}

function minutes(ms: number): string {
  return `${Math.round(ms / MINUTE_MS)} minutes`;
}
