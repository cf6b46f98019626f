import type {
  AnomalyEvent,
  Decision,
  EmergingEvent,
  PermissionReviewEvent,
  PipelineImpairedEvent,
  PortcullisEvent,
} from '@portcullis/contract';
import type { ActivityEvent, EpochIndex, EpochMs } from '@portcullis/event';
import type { Rejection } from '@portcullis/ingest';
import type { KnownActor } from '../pipeline-state.ts';
import type { LogLane } from './lanes.ts';

/**
 * What the live lane asks of the world. Each port has an adapter on AWS, an in-memory twin, and one contract suite
 * that both pass.
 *
 * All methods reject with an error that may be tried again (throttling, outage) and otherwise answer in values. What
 * is said to be idempotent may be repeated after a crash anywhere, by anybody, any number of times.
 */

/** How a log came: CloudTrail in bulk by subscription or object, or by the fast lane of single events; or what logs it beside CloudTrail. */
export type Lane = 'stream' | 's3' | 'event' | LogLane;

/** One record of the activity stream: packed events of one actor, or a mark. */
export interface ActivityRecord {
  /** Partition key: the actor's id, with its split where it is hot. Records of one key keep their order. */
  readonly key: string;
  readonly data: Uint8Array;
}

/**
 * Consumed shard by shard in order: a parent shard before its children, and one batch of a shard at a time, since a
 * mark speaks for all that lies before it.
 */
export interface ActivityStream {
  /**
   * Puts records, in order per key, retrying what the stream refuses for now.
   *
   * @returns those that were not taken in the end; a record above `maxRecordBytes` is a `RangeError`
   */
  put(records: readonly ActivityRecord[]): Promise<readonly ActivityRecord[]>;
  /**
   * Puts one mark into every open shard, behind all that is in it.
   *
   * @returns ids of the open shards, all of which hold the mark now
   */
  mark(data: Uint8Array): Promise<readonly string[]>;
  readonly maxRecordBytes: number;
}

/** Names a segment: a part of what one actor did in one hour. */
export interface SegmentKey {
  /** The seal that takes it: its own hour, or for what came late the oldest hour still open. */
  readonly sealEpoch: EpochIndex;
  readonly actorId: string;
  readonly epoch: EpochIndex;
  /** 0 unless the actor is hot. */
  readonly split: number;
  /** Parts follow one another when one is full. */
  readonly part: number;
}

export interface StoredSegment {
  readonly key: SegmentKey;
  readonly bytes: Uint8Array;
  /** Counts the writes of the key from 1. */
  readonly version: number;
  /** Taken by the seal; can't change any more. */
  readonly frozen: boolean;
}

/**
 * `conflict`: somebody else wrote it since. `closed`: the hour takes no new segments, or this one is frozen. What is there and
 * not frozen can still be written after its hour was closed.
 */
export type SegmentSaved = 'saved' | 'conflict' | 'closed';

/** Open deltas with the hashes of the events in them, so that both are written at once or not at all. */
export interface SegmentStore {
  /** All parts of an actor's hour on one split, wherever they wait for their seal. Strongly consistent. */
  load(
    actorId: string,
    epoch: EpochIndex,
    split: number,
    sealEpochs: readonly EpochIndex[],
  ): Promise<readonly StoredSegment[]>;
  /** @param expected - version it replaces; 0 creates it, unless its `sealEpoch` is closed */
  save(key: SegmentKey, bytes: Uint8Array, expected: number): Promise<SegmentSaved>;
  /** Seals that wait: those with segments, closed or not, ascending. */
  waiting(): Promise<readonly EpochIndex[]>;
  /** From now on no segment joins this seal or any before it, whether they have segments or not. Idempotent. */
  close(sealEpoch: EpochIndex): Promise<void>;
  /** Freezes all segments of a closed seal and gives them. Idempotent; in no order. */
  freeze(sealEpoch: EpochIndex): AsyncIterable<StoredSegment>;
  /** Nobody waits for this seal any more; its segments stay readable for a day, to know duplicates by. Idempotent. */
  sealed(sealEpoch: EpochIndex): Promise<void>;
  /** Removes all segments of actors, of hours that are open too: what is delivered again of them counts as new. Idempotent. */
  forget(actorIds: readonly string[]): Promise<void>;
  readonly maxBytes: number;
}

export interface StoredBaseline {
  readonly actorId: string;
  readonly bytes: Uint8Array;
  readonly known: KnownActor | undefined;
  /** The seal that wrote it. */
  readonly sealEpoch: EpochIndex;
}

export interface BaselineStore {
  /**
   * Baselines as they were before a seal; the latest for `Infinity`. Unknown actors are absent.
   *
   * Only the two latest versions are kept: asking for older ones is an error.
   */
  load(actorIds: readonly string[], before: EpochIndex): Promise<ReadonlyMap<string, StoredBaseline>>;
  /**
   * Idempotent: a second write of the same seal replaces the first and leaves what was before it. One that comes after
   * the write of a later seal changes nothing, for a container may wake up that everybody took for dead.
   */
  save(baselines: readonly StoredBaseline[]): Promise<void>;
  /** Removes all that is kept of an actor here. Idempotent. */
  forget(actorIds: readonly string[]): Promise<void>;
}

/** Where the seals stand. */
export interface SnapshotPointer {
  readonly sealedThrough: EpochIndex;
  /** Number of seals so far; tells two pointers with the same hour apart. */
  readonly version: number;
}

/** The state of the deployment apart from the baselines, one immutable snapshot a seal. */
export interface SnapshotStore {
  pointer(): Promise<SnapshotPointer | undefined>;
  load(version: number): Promise<Uint8Array>;
  /**
   * Fixes what a seal starts from, apart from what is frozen: whoever comes first tells, all others get the same.
   *
   * @returns what was told first
   */
  begin(version: number, inputs: Uint8Array): Promise<Uint8Array>;
  /** Idempotent: a seal writes the same bytes again. */
  save(version: number, bytes: Uint8Array): Promise<void>;
  /** Moves the pointer on by one version. @returns false if somebody else did */
  advance(to: SnapshotPointer): Promise<boolean>;
}

/** What waits to be published. */
export type OutboxEvent = AnomalyEvent | EmergingEvent | PermissionReviewEvent | PipelineImpairedEvent;

/** An event beside its state of delivery. */
export interface AlertEntry {
  /** `metadata.idempotencyKey`. */
  readonly key: string;
  readonly event: OutboxEvent;
}

/** Alerts, and beside them what else waits to be published. */
export interface AlertStore {
  /** Adds events that wait to be published. Idempotent: what is there stays as it is, published or not. */
  add(entries: readonly AlertEntry[]): Promise<void>;
  /** Those that wait, oldest first. */
  pending(limit: number): Promise<readonly AlertEntry[]>;
  /** Idempotent. */
  published(keys: readonly string[], at: EpochMs): Promise<void>;
  /** All revisions of the alert about an episode, oldest first; what emerged before is none of them. */
  get(episode: string): Promise<readonly AnomalyEvent[]>;
  /** The latest revision of the alert about each episode last told at or after `since`, latest first. */
  list(since: EpochMs, limit: number): Promise<readonly AnomalyEvent[]>;
  /** First revisions of impairments that last: of those no revision with `until` was added. In no order. */
  lasting(): Promise<readonly PipelineImpairedEvent[]>;
  /** Forgets the alerts about an actor, and what emerged. Idempotent. */
  forget(actorId: string): Promise<void>;
}

export interface DecisionStore {
  /** Idempotent by content. */
  add(decision: Decision): Promise<void>;
  /** Those that were added at or after this time, earliest first. */
  since(addedAt: EpochMs): Promise<readonly Decision[]>;
}

/** The bus. */
export interface AlertSink {
  /** @returns by index, what went wrong with those that were not taken */
  publish(events: readonly PortcullisEvent[]): Promise<ReadonlyMap<number, string>>;
}

/** What changed something, and the first of every other kind of call, by account, actor and hour, kept for 90 days: proof for a response. */
export interface EvidenceStore {
  /** Idempotent by the ids of the events. All of one actor and hour. */
  put(actorId: string, epoch: EpochIndex, events: readonly ActivityEvent[]): Promise<void>;
  /** Each event once, by time then id. */
  read(account: string, actorId: string, from: EpochMs, to: EpochMs): Promise<readonly ActivityEvent[]>;
  /** The same of all actors of an account, from a time on. */
  since(account: string, from: EpochMs): Promise<readonly ActivityEvent[]>;
  forget(account: string, actorId: string): Promise<void>;
}

/** A record that could not be read, and where it came from. */
export interface RejectedRecord extends Rejection {
  /** Shard and sequence number, bucket and key, or id of the event. */
  readonly origin: string;
}

export interface RejectStore {
  /** Idempotent by origin and position. */
  put(rejected: readonly RejectedRecord[]): Promise<void>;
}

/** How far one lane of one account and region has come. */
export interface LaneProgress {
  readonly lane: Lane;
  readonly account: string;
  readonly region: string;
  /** Latest event time. */
  readonly eventTime: EpochMs;
  /** When it arrived here, by the clock. */
  readonly arrivedAt: EpochMs;
}

export interface ProgressStore {
  /** Of each lane, account and region keeps the one with the latest event time; of equals, what is known. Idempotent. */
  reach(progress: readonly LaneProgress[]): Promise<void>;
  lanes(): Promise<readonly LaneProgress[]>;
  /**
   * Latest event time in what came first in bulk, whoever took it; `undefined` before. All that was delivered before it began is, but for
   * the lateness of logs, older than that.
   */
  began(): Promise<EpochMs | undefined>;
  /** A mark came out of a shard: all before it has been observed. Keeps the later. Idempotent. */
  passed(shardId: string, mark: EpochMs): Promise<void>;
  /** Latest mark by shard. */
  marks(): Promise<ReadonlyMap<string, EpochMs>>;
}

/** Which actors are split over how many keys in an hour; the same for all who ask, for ever. */
export type Routing = Readonly<Record<string, number>>;

export interface RoutingStore {
  /** Events in an hour by actor, for those near to being hot. Keeps the highest of each actor and hour. Idempotent. */
  tell(epoch: EpochIndex, rates: Routing): Promise<void>;
  /**
   * Routing of an hour: decided by whoever asks first, and the same ever after.
   *
   * @param decide - gets the highest rates told of the hour itself and the two before it
   */
  of(epoch: EpochIndex, decide: (rates: Routing) => Routing): Promise<Routing>;
}

/** Findings in an hour that is still open, worth an early word. */
export interface Increment {
  readonly account: string;
  readonly actorId: string;
  readonly epoch: EpochIndex;
  readonly data: string;
}

/** Increments of one account arrive one after the other. */
export interface IncrementQueue {
  send(increments: readonly Increment[]): Promise<void>;
}

/** One at a time, whatever the number of containers. */
export interface LeaseStore {
  /** @returns false while somebody else holds it */
  acquire(name: string, holder: string, now: EpochMs, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Actors whose data people asked to have removed. */
export interface ForgetStore {
  /** Idempotent. */
  ask(actorId: string): Promise<void>;
  /** Those whose turn has not come. */
  asked(): Promise<readonly string[]>;
  /** Idempotent. */
  done(actorIds: readonly string[]): Promise<void>;
}

/** All ports together, as the twins and the adapters make them. */
export interface LivePorts {
  readonly stream: ActivityStream;
  readonly segments: SegmentStore;
  readonly baselines: BaselineStore;
  readonly snapshots: SnapshotStore;
  readonly alerts: AlertStore;
  readonly decisions: DecisionStore;
  readonly sink: AlertSink;
  readonly evidence: EvidenceStore;
  readonly rejects: RejectStore;
  readonly progress: ProgressStore;
  readonly routing: RoutingStore;
  readonly increments: IncrementQueue;
  readonly leases: LeaseStore;
  readonly forgets: ForgetStore;
}
