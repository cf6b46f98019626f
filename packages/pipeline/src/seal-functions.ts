import { isUnderAlert } from '@portcullis/alert';
import { emptyFunctionBaseline, type FunctionDelta, learnFunction } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { type Actor, dayOf, EPOCH_MS, type EpochIndex, epochStart, type LoggedFunction } from '@portcullis/event';
import { calibrator, type DetectorId, type Judgment, scoreFunction, scoreSilence } from '@portcullis/score';
import { byKey } from './by-key.ts';
import { addToDay, finishDays } from './calibration-days.ts';
import { functionActor } from './function-actor.ts';
import type { KnownFunction, PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';
import { tellByLogs } from './tell-by-logs.ts';

/**
 * Judges what functions did in an epoch by their own logs, and which of them were not heard of; then learns.
 *
 * Their evidence joins the episode that CloudTrail's tell of the same function. Changes `state` in place.
 *
 * @param deltas - by id of the function
 */
export function sealFunctions(
  state: PipelineState,
  epoch: EpochIndex,
  deltas: ReadonlyMap<string, FunctionDelta>,
  activeActors: number,
  context: SealContext,
): readonly AnomalyEvent[] {
  if (deltas.size === 0) return [];
  const at = epochStart(epoch) + EPOCH_MS;
  const { learned } = state.functions;
  const actors = new Map<string, Actor>();
  const actorOf = (of: LoggedFunction) => {
    const actor = actors.get(of.id) ?? functionActor(state, of);
    actors.set(of.id, actor);
    return actor;
  };
  finishDays(learned, dayOf(epochStart(epoch)), (id) => {
    const known = state.functions.known.get(id);
    return known === undefined || !isUnderAlert(state.episodes.get(actorOf(known.of).id));
  });
  const weighing = {
    calibrate: calibrator([learned.calibration]),
    allowanceBits: context.alerts.allowanceBits,
    prices: context.functionPrices,
  };
  const enabled = (detector: DetectorId) => context.detectorMode(detector) !== 'off';
  const told: AnomalyEvent[] = [];
  const tell = (of: LoggedFunction, judgment: Judgment) => {
    addToDay(learned, of.id, dayOf(epochStart(epoch)), judgment.maxima);
    const event = tellByLogs(state, actorOf(of), epoch, judgment, at, activeActors, context);
    if (event !== undefined) told.push(event);
  };
  for (const [id, delta] of byKey(deltas)) {
    const own = state.functions.known.get(id)?.baseline;
    tell(delta.of, scoreFunction(delta, { own, ...weighing }, enabled));
  }
  for (const { of, baseline } of silentOnes(state, deltas)) tell(of, scoreSilence(baseline, epoch, weighing, enabled));
  for (const [id, delta] of deltas) {
    const known = state.functions.known.get(id) ?? { of: delta.of, baseline: emptyFunctionBaseline(epoch) };
    state.functions.known.set(id, known);
    learnFunction(known.baseline, delta);
  }
  return told;
}

/** Functions that nothing was heard of, in accounts that others were heard of in; in the order of their ids. */
export function silentOnes(state: PipelineState, deltas: ReadonlyMap<string, FunctionDelta>): readonly KnownFunction[] {
  const heard = new Set([...deltas.values()].map(({ of }) => of.account));
  return byKey(state.functions.known).flatMap(([id, known]) =>
    heard.has(known.of.account) && !deltas.has(id) ? [known] : [],
  );
}
