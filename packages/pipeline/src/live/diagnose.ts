import { EPOCH_MS, type EpochMs, epochStart, MINUTE_MS } from '@portcullis/event';
import type { Impairment } from './impairment.ts';
import { isLogLane } from './lanes.ts';
import type { LiveSettings } from './live-settings.ts';
import type { Lane, LaneProgress, SnapshotPointer } from './ports.ts';
import { type Canary, impairmentsOf, type Vitals, type WatchSettings } from './watch-pipeline.ts';
import { passedByAll, watermarkOf } from './watermark.ts';

/** What is asked of a live lane to say how it is. */
export interface Vital extends Vitals {
  readonly pointer: SnapshotPointer | undefined;
  readonly shards: readonly string[];
  readonly marks: ReadonlyMap<string, EpochMs>;
  /** When the newest object in the bucket of the trail was delivered, by account and region; absent where nobody could look. */
  readonly delivered: readonly (Canary & { readonly at: EpochMs })[];
}

/** What has come from one account and region by one lane. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** None where nothing has ever come. */
  readonly lane?: Lane;
  /** Time of the latest event. */
  readonly lastEvent?: EpochMs;
  /** Between that event and its arrival. */
  readonly delayMs?: number;
  /** Hours without an event, up to now or to what lies in the bucket unread. */
  readonly gap?: { readonly from: EpochMs; readonly to: EpochMs; readonly why: 'unread' | 'silent' };
  readonly troubles: readonly string[];
}

export interface Diagnosis {
  readonly places: readonly Place[];
  /** End of the last hour that was sealed. */
  readonly sealedTo?: EpochMs;
  /** Hours that wait for their seal. */
  readonly waiting: number;
  /** Event time up to which all has been counted. */
  readonly countedTo?: EpochMs;
  /** Of no place in particular. */
  readonly troubles: readonly string[];
}

/**
 * How a live lane is: by account, region and lane, and as a whole. Pure.
 *
 * What the heartbeat would tell is trouble, and so is what nobody but a person can look at: objects that lie in the bucket and
 * were not read, lanes that hold back the seals of all, shards whose marks do not come out.
 */
export function diagnose(
  vital: Vital,
  { pipeline, holdMs }: Pick<LiveSettings, 'pipeline' | 'holdMs'>,
  watch: WatchSettings,
  now: EpochMs,
): Diagnosis {
  const { lanes, pointer, shards, marks, waiting } = vital;
  const latenessMs = pipeline.lateness.minutes * MINUTE_MS;
  const impairments = impairmentsOf(vital, latenessMs, watch, now);
  const watermark = watermarkOf(lanes, now, { latenessMs, holdMs });
  const passed = passedByAll(shards, marks);
  const heard = lanes.map((lane): Place => {
    const { account, region, eventTime, arrivedAt } = lane;
    const gap = gapOf(lane, vital, watch, now);
    return {
      account,
      region,
      lane: lane.lane,
      lastEvent: eventTime,
      delayMs: arrivedAt - eventTime,
      ...(gap && { gap }),
      troubles: [
        ...impairments.filter((one) => isAbout(one, lane)).map(({ detail }) => detail),
        ...(gap?.why === 'unread' ? ['the bucket of the trail holds later objects that were not read'] : []),
        ...(watermark.holding.includes(lane) ? ['it is behind, and the seals of all wait for it'] : []),
        ...(watermark.givenUp.includes(lane) ? ['it is behind, and nobody waits for it any longer'] : []),
      ],
    };
  });
  const silent = silentPlaces(lanes, watch.canaries).map(
    (place): Place => ({ ...place, troubles: ['nothing has ever come from there'] }),
  );
  const stuck = shards.filter(
    (id) => watermark.at - (marks.get(id) ?? Number.NEGATIVE_INFINITY) > latenessMs + watch.lagMs,
  );
  return {
    places: [...heard, ...silent].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)),
    ...(pointer && { sealedTo: epochStart(pointer.sealedThrough) + EPOCH_MS }),
    waiting: waiting.length,
    ...(Number.isFinite(passed) && { countedTo: passed }),
    troubles: [
      ...impairments
        .filter(({ account }) => account === undefined)
        .map(({ component, detail }) => `${component}: ${detail}`),
      ...(lanes.length === 0 ? ['no lane has brought anything yet'] : []),
      ...stuck.map((id) => `score-stream: no mark has come out of ${id} for long; see its errors`),
    ],
  };
}

/** The fast lane is silent where nothing worth a response happens: silence is no trouble of it. */
function isAbout(
  { component, account, region }: Impairment,
  lane: Pick<LaneProgress, 'lane' | 'account' | 'region'>,
): boolean {
  if (account !== lane.account || region !== lane.region) return false;
  if (isLogLane(lane.lane)) return component === lane.lane;
  return component === `ingest-${lane.lane}` || (component === 'feed' && lane.lane !== 'event');
}

function silentPlaces(lanes: readonly LaneProgress[], expected: readonly Canary[]): readonly Canary[] {
  const calls = lanes.filter(({ lane }) => !isLogLane(lane));
  return expected.filter(
    (place) => !calls.some((lane) => lane.account === place.account && lane.region === place.region),
  );
}

/** Only of what comes in bulk: single events come when there are any. */
function gapOf(
  { lane, account, region, eventTime }: LaneProgress,
  { delivered }: Vital,
  { canaries, canaryMs, silenceMs }: WatchSettings,
  now: EpochMs,
): Place['gap'] {
  if (lane === 'event') return undefined;
  // Neither the objects of the trail nor a canary call say anything about other logs
  if (isLogLane(lane)) return now - eventTime > silenceMs ? { from: eventTime, to: now, why: 'silent' } : undefined;
  const newest = delivered.find((object) => object.account === account && object.region === region);
  if (newest !== undefined && newest.at - eventTime > canaryMs)
    return { from: eventTime, to: newest.at, why: 'unread' };
  const isCalled = canaries.some((canary) => canary.account === account && canary.region === region);
  return now - eventTime > (isCalled ? canaryMs : silenceMs) ? { from: eventTime, to: now, why: 'silent' } : undefined;
}

function textOf({ account, region, lane }: Place): string {
  return `${account} ${region} ${lane ?? ''}`;
}
