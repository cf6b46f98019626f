import {
  type ActivityDelta,
  emptyDelta,
  emptyFunctionDelta,
  emptyTrafficDelta,
  type FunctionDelta,
  observe,
  observeFinding,
  observeFunction,
  type TrafficDelta,
  type TrafficParty,
} from '@portcullis/baseline';
import {
  type ActivityEvent,
  EPOCH_MS,
  type EpochIndex,
  type EpochMs,
  epochOf,
  epochStart,
  type FindingEvent,
  type FunctionEvent,
} from '@portcullis/event';

/** An epoch that nothing more can belong to. */
export interface FinishedEpoch {
  readonly epoch: EpochIndex;
  readonly deltas: ReadonlyMap<string, ActivityDelta>;
  readonly functions: ReadonlyMap<string, FunctionDelta>;
  /** By id of the party. */
  readonly traffic: ReadonlyMap<string, TrafficDelta>;
}

/**
 * Event time that is not sealed yet: one delta per actor and epoch.
 *
 * Memory follows the actors active in the open hours, not the events.
 */
export class OpenEpochs {
  readonly #latenessMs: number;
  readonly #open = new Map<EpochIndex, Map<string, ActivityDelta>>();
  readonly #functions = new Map<EpochIndex, Map<string, FunctionDelta>>();
  readonly #traffic = new Map<EpochIndex, Map<string, TrafficDelta>>();
  #lastEpoch: EpochIndex = -1;
  #lastDeltas: Map<string, ActivityDelta> | undefined;
  #oldest: EpochIndex = Number.POSITIVE_INFINITY;

  /** @param latenessMs - how long after its end an epoch still takes records */
  constructor(latenessMs: number) {
    this.#latenessMs = latenessMs;
  }

  /** @param rank - hash of the event's id */
  add(event: ActivityEvent, rank?: number): void {
    const deltas = this.#deltasOf(epochOf(event.time));
    let delta = deltas.get(event.actor.id);
    if (delta === undefined) {
      delta = emptyDelta(event.actor, epochOf(event.time));
      deltas.set(event.actor.id, delta);
    }
    observe(delta, event, rank);
  }

  addFinding(finding: FindingEvent): void {
    const { actor, time } = finding;
    const deltas = this.#deltasOf(epochOf(time));
    const delta = deltas.get(actor.id) ?? emptyDelta(actor, epochOf(time));
    deltas.set(actor.id, delta);
    observeFinding(delta, finding);
  }

  /** @param rank - hash of the event's id */
  addFunction(event: FunctionEvent, rank?: number): void {
    const epoch = epochOf(event.time);
    this.#deltasOf(epoch);
    const functions = this.#functions.get(epoch) ?? new Map<string, FunctionDelta>();
    this.#functions.set(epoch, functions);
    const delta = functions.get(event.of.id) ?? emptyFunctionDelta(event.of, epoch);
    functions.set(event.of.id, delta);
    observeFunction(delta, event, rank);
  }

  /** The open delta of a party whose traffic is told of. */
  trafficOf(party: TrafficParty, time: EpochMs): TrafficDelta {
    const epoch = epochOf(time);
    this.#deltasOf(epoch);
    const traffic = this.#traffic.get(epoch) ?? new Map<string, TrafficDelta>();
    this.#traffic.set(epoch, traffic);
    const delta = traffic.get(party.id) ?? emptyTrafficDelta(party, epoch);
    traffic.set(party.id, delta);
    return delta;
  }

  /** First instant at which some open epoch can be sealed; infinite when none is open. */
  get sealableAt(): EpochMs {
    return this.#oldest === Number.POSITIVE_INFINITY
      ? this.#oldest
      : epochStart(this.#oldest) + EPOCH_MS + this.#latenessMs;
  }

  /** Takes out the epochs that nothing from `watermark` on can belong to, oldest first. */
  take(watermark: EpochMs): readonly FinishedEpoch[] {
    const finished = [...this.#open.keys()]
      .filter((epoch) => epochStart(epoch) + EPOCH_MS + this.#latenessMs <= watermark)
      .sort((a, b) => a - b);
    const taken = finished.map((epoch) => ({
      epoch,
      deltas: this.#open.get(epoch) ?? new Map(),
      functions: this.#functions.get(epoch) ?? new Map(),
      traffic: this.#traffic.get(epoch) ?? new Map(),
    }));
    for (const epoch of finished) {
      this.#open.delete(epoch);
      this.#functions.delete(epoch);
      this.#traffic.delete(epoch);
    }
    this.#lastDeltas = undefined;
    this.#oldest = Number.POSITIVE_INFINITY;
    for (const epoch of this.#open.keys()) this.#oldest = Math.min(this.#oldest, epoch);
    return taken;
  }

  #deltasOf(epoch: EpochIndex): Map<string, ActivityDelta> {
    if (epoch === this.#lastEpoch && this.#lastDeltas !== undefined) return this.#lastDeltas;
    let deltas = this.#open.get(epoch);
    if (deltas === undefined) {
      deltas = new Map();
      this.#open.set(epoch, deltas);
      this.#oldest = Math.min(this.#oldest, epoch);
    }
    this.#lastEpoch = epoch;
    this.#lastDeltas = deltas;
    return deltas;
  }
}
