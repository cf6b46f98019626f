import type { Settings } from '@portcullis/config';
import type { AnomalyEvent, DeclaredWorkDecision } from '@portcullis/contract';
import { EPOCH_MS, type EpochMs, epochStart, type NetworkLookup } from '@portcullis/event';
import { type LogContainer, type PipelineState, replay } from '@portcullis/pipeline';
import type { HourOfLogs } from './hours-of-logs.ts';

/** One run of the product beside others on the same logs. */
export interface Lane {
  readonly settings: Settings;
  readonly network: NetworkLookup;
  /** Where to start from; changed by the run. */
  readonly state?: PipelineState | undefined;
  readonly alertAfter: EpochMs;
  /** What only this run sees, in order of time: its attacks. */
  readonly extra?: readonly HourOfLogs[];
  /** What people told beforehand. */
  readonly decisions?: readonly DeclaredWorkDecision[] | undefined;
}

export interface LaneOutcome {
  /** In order of telling. */
  readonly told: readonly AnomalyEvent[];
  readonly state: PipelineState;
  readonly records: number;
}

/**
 * Replays the common hours with this lane's own in between.
 *
 * @throws {Error} if anything is rejected or late: then the figures would not be about detection
 */
export async function runLane(hours: AsyncIterable<HourOfLogs>, lane: Lane): Promise<LaneOutcome> {
  const told: AnomalyEvent[] = [];
  const outcome = await replay(containers(hours, lane.extra ?? []), {
    settings: lane.settings,
    network: lane.network,
    alertAfter: lane.alertAfter,
    state: lane.state,
    decisions: lane.decisions,
    onAlert: (event) => void told.push(event),
    onReject({ reason, message }) {
      throw new Error(`a record of the lab was rejected (${reason}): ${message}`);
    },
  });
  if (outcome.late > 0) throw new Error(`${outcome.late} records of the lab came late: the world is out of order`);
  return { told, state: outcome.state, records: outcome.read };
}

/** Hours of both in order of time; a lane's own before the common ones of the same hour. */
async function* containers(
  hours: AsyncIterable<HourOfLogs>,
  extra: readonly HourOfLogs[],
): AsyncGenerator<LogContainer> {
  let next = 0;
  for await (const hour of hours) {
    for (let own = extra[next]; own !== undefined && own.epoch <= hour.epoch; own = extra[++next]) {
      yield container('attack', own, epochStart(own.epoch));
    }
    yield container('common', hour, epochStart(hour.epoch) + EPOCH_MS);
  }
  for (const own of extra.slice(next)) yield container('attack', own, epochStart(own.epoch) + EPOCH_MS);
}

function container(kind: string, { epoch, bytes }: HourOfLogs, laterStartsAt: EpochMs): LogContainer {
  return { name: `${kind}-${epoch}.json`, bytes, precedingLines: 0, laterStartsAt };
}
