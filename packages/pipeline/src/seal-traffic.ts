import { isUnderAlert } from '@portcullis/alert';
import {
  emptyTrafficBaseline,
  emptyTrafficPopulation,
  type FunctionDelta,
  learnTraffic,
  learnTrafficPopulation,
  type TrafficDelta,
  type TrafficParty,
  type TrafficPopulation,
  trafficHour,
} from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { type Actor, dayOf, EPOCH_MS, type EpochIndex, epochStart } from '@portcullis/event';
import { calibrator, type DetectorId, scoreTraffic } from '@portcullis/score';
import { byKey } from './by-key.ts';
import { addToDay, finishDays } from './calibration-days.ts';
import { functionActor } from './function-actor.ts';
import type { PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';
import { tellByLogs } from './tell-by-logs.ts';
import { actorOfParty } from './traffic-party.ts';

/**
 * Judges what networks and APIs tell of an epoch, then learns.
 *
 * What is known to belong to a function, role or instance joins its episode. Changes `state` in place.
 *
 * @param deltas - by id of the party
 * @param functions - what functions did by their own logs, whose requests tell which stand behind an API
 */
export function sealTraffic(
  state: PipelineState,
  epoch: EpochIndex,
  deltas: ReadonlyMap<string, TrafficDelta>,
  functions: ReadonlyMap<string, FunctionDelta>,
  activeActors: number,
  context: SealContext,
): readonly AnomalyEvent[] {
  if (deltas.size === 0) return [];
  const at = epochStart(epoch) + EPOCH_MS;
  const day = dayOf(epochStart(epoch));
  const { learned, known } = state.traffic;
  const actors = new Map<string, Actor>();
  for (const [id, { of }] of deltas) actors.set(id, actorOfParty(state, of));
  finishDays(learned, day, (id) => {
    const of = known.get(id)?.of;
    return of === undefined || !isUnderAlert(state.episodes.get((actors.get(id) ?? actorOfParty(state, of)).id));
  });
  const weighing = { calibrate: calibrator([learned.calibration]), allowanceBits: context.alerts.allowanceBits };
  const enabled = (detector: DetectorId) => context.detectorMode(detector) !== 'off';
  const hours = byKey(deltas).map(([id, delta]) => ({ id, hour: trafficHour(delta, known.get(id)?.baseline) }));
  learnWhoAnswers(state, deltas, functions, day);
  const told: AnomalyEvent[] = [];
  for (const { id, hour } of hours) {
    const { of } = hour.delta;
    const actor = actors.get(id) ?? actorOfParty(state, of);
    const knowledge = { own: known.get(id)?.baseline, others: populationOf(state, of.kind), ...weighing };
    const judgment = scoreTraffic(hour, knowledge, enabled);
    addToDay(learned, id, day, judgment.maxima);
    const event = tellByLogs(state, actor, epoch, judgment, at, activeActors, context);
    if (event !== undefined) told.push(event);
  }
  for (const { id, hour } of hours) {
    const { of } = hour.delta;
    const own = known.get(id)?.baseline;
    // An attack makes nothing usual for the others
    if (!isUnderAlert(state.episodes.get(actors.get(id)?.id ?? id))) {
      learnTrafficPopulation(populationOf(state, of.kind), own, hour, own?.openDay?.day !== day);
    }
    const baseline = own ?? emptyTrafficBaseline(epoch);
    known.set(id, { of, baseline });
    learnTraffic(baseline, hour);
  }
  for (const [id, { baseline }] of known) if (epoch - baseline.lastEpoch > FORGOTTEN_AFTER) known.delete(id);
  return told;
}

/** Hours without a line: interfaces come and go with what they were made for, and nobody has use for one that is gone. */
const FORGOTTEN_AFTER = 100 * 24;

/** Functions remembered behind one API. */
const MAX_BEHIND = 64;

/** Whoever logs a request that an API handed on stands behind it. */
function learnWhoAnswers(
  state: PipelineState,
  deltas: ReadonlyMap<string, TrafficDelta>,
  functions: ReadonlyMap<string, FunctionDelta>,
  day: number,
): void {
  const handedOn = new Map<number, string>();
  for (const [id, { requests }] of deltas) for (const [hash] of requests.entries()) handedOn.set(hash, id);
  if (handedOn.size === 0) return;
  for (const [, delta] of byKey(functions)) {
    const apis = new Set<string>();
    for (const [hash, api] of handedOn) if (delta.requests.get(hash) !== undefined) apis.add(api);
    for (const api of apis) {
      const behind = state.traffic.known.get(api)?.baseline.behind;
      const { id } = functionActor(state, delta.of);
      if (behind !== undefined && (behind.has(id) || behind.size < MAX_BEHIND)) behind.set(id, day);
    }
  }
}

/** Of all accounts: most have too few interfaces for what is rare among them to mean anything. */
function populationOf(state: PipelineState, kind: TrafficParty['kind']): TrafficPopulation {
  const known = state.traffic.populations.get(kind);
  if (known !== undefined) return known;
  const population = emptyTrafficPopulation();
  state.traffic.populations.set(kind, population);
  return population;
}
