import {
  type ActivityDelta,
  emptyDelta,
  type FunctionDelta,
  observe,
  observeFinding,
  observeFlow,
  observeRequest,
  type TrafficDelta,
} from '@portcullis/baseline';
import type { Settings } from '@portcullis/config';
import type { AnomalyEvent, Decision } from '@portcullis/contract';
import {
  type ActivityEvent,
  type ApiEvent,
  EPOCH_MS,
  type EpochIndex,
  type EpochMs,
  epochOf,
  epochStart,
  type FindingEvent,
  type FlowEvent,
  type FunctionEvent,
  MINUTE_MS,
  type NetworkLookup,
} from '@portcullis/event';
import { createIngest, type IngestResult, type Rejection, type SkipReason } from '@portcullis/ingest';
import { type AppliedDecision, type Decided, decideBefore, decideReached, queueDecisions } from './decide.ts';
import { SeenEvents } from './dedupe.ts';
import type { LogContainer, LogSource } from './log-source.ts';
import { OpenEpochs } from './open-epochs.ts';
import { emptyState, type PipelineState, reachedBy } from './pipeline-state.ts';
import { type HiddenAlert, type SealContext, sealContext } from './seal-context.ts';
import { sealEpoch } from './seal-epoch.ts';
import { partyOfFlow, partyOfRequest } from './traffic-party.ts';

export interface ReplayProgress {
  readonly containers: number;
  readonly events: number;
  readonly alerts: number;
  /** Event time reached. */
  readonly at: EpochMs | undefined;
}

/** What one actor did in one hour. */
export type SealedActivity = Pick<ActivityDelta, 'actor' | 'events'>;

export interface ReplayOptions {
  readonly settings: Settings;
  readonly network: NetworkLookup;
  /** Records before are skipped as `before-from`. */
  readonly from?: EpochMs | undefined;
  /** Records at or after are skipped as `after-to`. */
  readonly to?: EpochMs | undefined;
  /** Learn from everything, tell only of what happened from here on. */
  readonly alertAfter?: EpochMs | undefined;
  /** Where to start from; changed in place. Empty when absent. */
  readonly state?: PipelineState | undefined;
  /** What people decided, in any order; each takes effect when event time reaches it. */
  readonly decisions?: readonly Decision[] | undefined;
  /** Stops between two containers. */
  readonly signal?: AbortSignal | undefined;
  onAlert(event: AnomalyEvent): void;
  onReject(rejection: Rejection & { readonly file: string }): void;
  onProgress?(progress: ReplayProgress): void;
  /** Told of each decision as it takes effect, or does not. */
  onDecision?(applied: AppliedDecision & { readonly late: boolean }): void;
  /** An alert that was suppressed or muted; again with each revision. */
  onHidden?(hidden: HiddenAlert): void;
  /** Told each event once, as it is read and before it is judged. */
  onEvent?(event: ActivityEvent): void;
  /** Told all of an hour when it is sealed, before what it gave reason to tell. Late events of an hour come by themselves. */
  onSealed?(epoch: EpochIndex, activity: Iterable<SealedActivity>): void;
}

/** How the decisions fared. */
export interface DecisionCounts {
  readonly applied: number;
  /** Among the applied: the state had gone past their time, so they hold from where it stood. */
  readonly late: number;
  /** In force before, or overtaken by a later one. */
  readonly repeated: number;
  /** Answers to alerts that had not been told by then. */
  readonly unmatched: number;
  /** Later than the last hour of the logs; kept in the state. */
  readonly notDue: number;
}

/** `read` = `unique` + `duplicates` + all `rejected` + all `skipped`. */
export interface ReplayOutcome {
  readonly read: number;
  readonly unique: number;
  readonly duplicates: number;
  /** Among the unique ones: came after their epoch was sealed; judged, but not learned from. */
  readonly late: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly actors: number;
  /** Functions known by their own logs. */
  readonly functions: number;
  /** Interfaces, instances and APIs known by flow logs and access logs. */
  readonly parties: number;
  /** Episodes told, however many revisions each had. */
  readonly alerts: number;
  readonly decisions: DecisionCounts;
  /** Episodes not told, by suppression; one may count for several. */
  readonly suppressed: Readonly<Record<string, number>>;
  /** Episodes not told because they were muted. */
  readonly muted: number;
  /** A container broke or passed a limit: an unknown number of records is missing. */
  readonly partial: boolean;
  readonly interrupted: boolean;
  readonly state: PipelineState;
}

/**
 * Runs logs through the whole house, in event time, and tells what it finds.
 *
 * Nothing is sealed that this container or one not read yet may still add to, so the order inside a
 * container, and of delivery within the lateness bound, cannot show. At the end everything is sealed: what comes later in a further run that
 * starts from the returned state is late if it belongs to the last hour of this one.
 */
export async function replay(source: LogSource, options: ReplayOptions): Promise<ReplayOutcome> {
  const run = new ReplayRun(options);
  for await (const container of source) {
    if (options.signal?.aborted) break;
    if ('rejection' in container) run.reject(container.name, container.rejection);
    else run.container(container);
  }
  return run.finish(options.signal?.aborted ?? false);
}

class ReplayRun {
  readonly #options: ReplayOptions;
  readonly #context: SealContext;
  readonly #state: PipelineState;
  readonly #ingest: ReturnType<typeof createIngest>;
  readonly #open: OpenEpochs;
  readonly #seen = new SeenEvents();
  readonly #horizonMs: number;
  readonly #rejected = new Map<string, number>();
  readonly #skipped = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #suppressed = new Map<string, Set<string>>();
  readonly #muted = new Set<string>();
  readonly #decided = { applied: 0, late: 0, repeated: 0, unmatched: 0 };
  readonly #startedAt: EpochMs;
  #late = new Map<string, ActivityDelta>();
  #read = 0;
  #unique = 0;
  #duplicates = 0;
  #lateCount = 0;
  #containers = 0;
  #partial = false;
  #at: EpochMs | undefined;

  constructor(options: ReplayOptions) {
    const { settings, network } = options;
    this.#options = options;
    this.#state = options.state ?? emptyState();
    this.#ingest = createIngest({ network, limits: settings.limits, region: settings.functions.region });
    this.#open = new OpenEpochs(settings.lateness.minutes * MINUTE_MS);
    this.#horizonMs = settings.dedupe.horizonMinutes * MINUTE_MS;
    this.#context = {
      ...sealContext(settings),
      alertAfter: options.alertAfter ?? Number.NEGATIVE_INFINITY,
      onHidden: (hidden) => this.#hide(hidden),
    };
    this.#startedAt = reachedBy(this.#state);
    queueDecisions(this.#state, options.decisions ?? []);
  }

  container({ name, bytes, precedingLines, laterStartsAt = Number.POSITIVE_INFINITY }: LogContainer): void {
    const result = this.#ingest.container(bytes, precedingLines);
    this.#account(name, result);
    // What this container holds is known now; of later ones only where they seem to start
    const { events, functionEvents, flowEvents, apiEvents, findingEvents } = result;
    let earliest = laterStartsAt;
    for (const those of [events, functionEvents, flowEvents, apiEvents, findingEvents]) {
      for (const { time } of those) earliest = Math.min(earliest, time);
    }
    this.#sealUpTo(earliest);
    for (const event of events) this.#event(event);
    for (const event of flowEvents) this.#trafficEvent(event, event.interfaceId);
    for (const event of apiEvents) this.#trafficEvent(event, event.apiId);
    for (const event of functionEvents) this.#functionEvent(event);
    for (const event of findingEvents) this.#findingEvent(event);
    this.#containers += 1;
    this.#options.onProgress?.({
      containers: this.#containers,
      events: this.#read,
      alerts: this.#told.size,
      at: this.#at,
    });
  }

  reject(file: string, rejection: Rejection): void {
    this.#read += 1;
    this.#partial = true;
    count(this.#rejected, rejection.reason, 1);
    this.#options.onReject({ ...rejection, file });
  }

  finish(interrupted: boolean): ReplayOutcome {
    this.#sealUpTo(Number.POSITIVE_INFINITY);
    this.#follow(decideReached(this.#state, this.#context));
    return {
      read: this.#read,
      unique: this.#unique,
      duplicates: this.#duplicates,
      late: this.#lateCount,
      rejected: sorted(this.#rejected),
      skipped: sorted(this.#skipped),
      actors: this.#state.baselines.size,
      functions: this.#state.functions.known.size,
      parties: this.#state.traffic.known.size,
      alerts: this.#told.size,
      decisions: { ...this.#decided, notDue: this.#state.decisions.length },
      suppressed: sorted(new Map([...this.#suppressed].map(([id, episodes]) => [id, episodes.size]))),
      muted: this.#muted.size,
      partial: this.#partial,
      interrupted,
      state: this.#state,
    };
  }

  #account(file: string, result: IngestResult): void {
    this.#read += result.read;
    this.#partial ||= result.partial;
    for (const [reason, amount] of result.skipped) count(this.#skipped, reason, amount);
    for (const rejection of result.rejected) {
      count(this.#rejected, rejection.reason, 1);
      this.#options.onReject({ ...rejection, file });
    }
  }

  #event(event: ActivityEvent): void {
    if (!this.#isNew(event.account, event)) return;
    this.#options.onEvent?.(event);
    if (epochOf(event.time) > this.#state.sealedThrough) this.#open.add(event, this.#seen.lastHash);
    else this.#addLate(event);
  }

  /** Late lines are counted, and no more: a function's hour is judged by all of it or not at all. */
  #functionEvent(event: FunctionEvent): void {
    if (!this.#isNew(event.of.id, event)) return;
    if (epochOf(event.time) > this.#state.sealedThrough) this.#open.addFunction(event, this.#seen.lastHash);
    else this.#lateCount += 1;
  }

  /** As lines of functions: late ones are counted, and no more. */
  #trafficEvent(event: FlowEvent | ApiEvent, of: string): void {
    if (!this.#isNew(of, event)) return;
    if (epochOf(event.time) <= this.#state.sealedThrough) {
      this.#lateCount += 1;
      return;
    }
    const { network, settings } = this.#options;
    const rank = this.#seen.lastHash;
    if (event.source === 'vpc-flow') {
      observeFlow(this.#open.trafficOf(partyOfFlow(event, settings.network.owners), event.time), event, network, rank);
    } else {
      observeRequest(this.#open.trafficOf(partyOfRequest(event), event.time), event, network, rank);
    }
  }

  #findingEvent(event: FindingEvent): void {
    if (!this.#isNew(event.account, event)) return;
    if (epochOf(event.time) > this.#state.sealedThrough) {
      this.#open.addFinding(event);
      return;
    }
    this.#lateCount += 1;
    observeFinding(this.#lateDelta(event), event);
  }

  /**
   * Whether an event counts: it lies within the time that is asked for, and did not come before. Counts it either way.
   *
   * @param of - what its id belongs to
   */
  #isNew(of: string, { id, time }: { readonly id: string; readonly time: EpochMs }): boolean {
    const outside = this.#outside(time);
    if (outside !== undefined) {
      count(this.#skipped, outside, 1);
      return false;
    }
    if (!this.#seen.add(of, id, time)) {
      this.#duplicates += 1;
      return false;
    }
    this.#unique += 1;
    this.#at = time;
    return true;
  }

  /** Late events wait for the next seal and are judged then, hour by hour, without being learned. */
  #addLate(event: ActivityEvent): void {
    this.#lateCount += 1;
    observe(this.#lateDelta(event), event, this.#seen.lastHash);
  }

  #lateDelta({ actor, time }: Pick<ActivityEvent, 'actor' | 'time'>): ActivityDelta {
    const epoch = epochOf(time);
    const key = `${actor.id} ${epoch}`;
    const delta = this.#late.get(key) ?? emptyDelta(actor, epoch, { late: true });
    this.#late.set(key, delta);
    return delta;
  }

  #sealUpTo(watermark: EpochMs): void {
    this.#sealLate();
    if (watermark < this.#open.sealableAt) return;
    for (const { epoch, deltas, functions, traffic } of this.#open.take(watermark)) {
      this.#follow(decideBefore(this.#state, epochStart(epoch) + EPOCH_MS, this.#context));
      this.#seal(epoch, deltas, functions, traffic);
    }
    if (watermark !== Number.POSITIVE_INFINITY) this.#seen.forgetBefore(epochOf(watermark - this.#horizonMs));
  }

  #sealLate(): void {
    if (this.#late.size === 0) return;
    const byEpoch = Map.groupBy(this.#late.values(), ({ epoch }) => epoch);
    this.#late = new Map();
    for (const epoch of [...byEpoch.keys()].sort((a, b) => a - b)) {
      const deltas = new Map((byEpoch.get(epoch) ?? []).map((delta) => [delta.actor.id, delta]));
      this.#seal(epoch, deltas);
    }
  }

  #follow({ events, applied }: Decided): void {
    for (const decision of applied) {
      const late = decision.outcome === 'applied' && Date.parse(decision.decision.at) < this.#startedAt;
      this.#decided[decision.outcome] += 1;
      if (late) this.#decided.late += 1;
      this.#options.onDecision?.({ ...decision, late });
    }
    this.#tell(events);
  }

  #hide(hidden: HiddenAlert): void {
    const { id } = hidden.event.detail.metadata;
    if (hidden.suppressions.length === 0) this.#muted.add(id);
    for (const suppression of hidden.suppressions) {
      const episodes = this.#suppressed.get(suppression) ?? new Set();
      this.#suppressed.set(suppression, episodes.add(id));
    }
    this.#options.onHidden?.(hidden);
  }

  #seal(
    epoch: EpochIndex,
    deltas: ReadonlyMap<string, ActivityDelta>,
    functions?: ReadonlyMap<string, FunctionDelta>,
    traffic?: ReadonlyMap<string, TrafficDelta>,
  ): void {
    this.#options.onSealed?.(epoch, deltas.values());
    this.#tell(sealEpoch(this.#state, epoch, deltas, this.#context, functions, traffic));
  }

  #tell(events: readonly AnomalyEvent[]): void {
    for (const event of events) {
      this.#told.add(event.detail.metadata.id);
      this.#options.onAlert(event);
    }
  }

  #outside(time: EpochMs): SkipReason | undefined {
    const { from, to } = this.#options;
    if (from !== undefined && time < from) return 'before-from';
    return to !== undefined && time >= to ? 'after-to' : undefined;
  }
}

function count(counts: Map<string, number>, reason: string, amount: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + amount);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
