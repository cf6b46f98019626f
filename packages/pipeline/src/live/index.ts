export { decodeBaseline, decodeDelta, encodeBaseline } from '@portcullis/baseline';
export { EventHashes, eventHashOf } from '../event-hashes.ts';
export { BASELINE_VERSION } from '../seal-context.ts';
export { type Activity, decodeActivity, encodeActivity } from './activity-codec.ts';
export { boundedChains } from './chain-cache.ts';
export { type Diagnosis, diagnose, type Place, type Vital } from './diagnose.ts';
export { eachBaseline, type LiveBaseline } from './each-baseline.ts';
export { type EmergeContext, type Emerged, emerge, judgeGrown, type KnownState, nothingKnown } from './emerge.ts';
export { expectedPlaces } from './expected-places.ts';
export { type HandOver, handOverOf } from './hand-over.ts';
export { type Impairment, impairedEntry, isTampering, tampering } from './impairment.ts';
export { AlreadySealedError, installState } from './install-state.ts';
export { FailedRecordsError, type LaneWorker, type LaneWorkerOptions, laneWorker } from './lane-worker.ts';
export { isBulk, isLogLane, LOG_LANES, type LogLane } from './lanes.ts';
export { type LiveSettings, liveSettings } from './live-settings.ts';
export { type BatchObserved, type DeliveredRecord, type ObserveContext, observeBatch } from './observe-batch.ts';
export { type ChainCache, SegmentContentionError } from './observe-hour.ts';
export { isOfLog } from './open-log.ts';
export { packLogs } from './pack-logs.ts';
export type {
  ActivityRecord,
  ActivityStream,
  AlertEntry,
  AlertSink,
  AlertStore,
  BaselineStore,
  DecisionStore,
  EvidenceStore,
  ForgetStore,
  Increment,
  IncrementQueue,
  Lane,
  LaneProgress,
  LeaseStore,
  LivePorts,
  OutboxEvent,
  ProgressStore,
  RejectedRecord,
  RejectStore,
  Routing,
  RoutingStore,
  SegmentKey,
  SegmentSaved,
  SegmentStore,
  SnapshotPointer,
  SnapshotStore,
  StoredBaseline,
  StoredSegment,
} from './ports.ts';
export { type Published, publishOutbox } from './publish.ts';
export { readLiveState } from './read-live-state.ts';
export { alertsOf, copiedOnRead, replayPorts, WrongLaneError } from './replay-ports.ts';
export { type RawRecord, type RouteContext, type Routed, type RouteOptions, route, routeContext } from './route.ts';
export { type RoutingOf, rememberedRouting, splitHot } from './routing.ts';
export { type Sealed, sealNext } from './seal.ts';
export { decodeSegment, encodeSegment } from './segment-codec.ts';
export { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';
export { storedHabits } from './stored-habits.ts';
export { type Ticked, tick } from './tick.ts';
export {
  type Canary,
  DEFAULT_WATCH,
  impairmentsOf,
  type Vitals,
  type WatchSettings,
  watchPipeline,
} from './watch-pipeline.ts';
export { dueThrough, passedByAll, type Watermark, watermarkOf } from './watermark.ts';
