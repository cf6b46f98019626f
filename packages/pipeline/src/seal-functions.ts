import { isUnderAlert, joinFindings, measured, openEpisode } from '@portcullis/alert';
import { emptyFunctionBaseline, type FunctionDelta, learnFunction } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import {
  type Actor,
  dayOf,
  EPOCH_MS,
  type EpochIndex,
  type EpochMs,
  epochStart,
  type LoggedFunction,
} from '@portcullis/event';
import { calibrator, type DetectorId, type Judgment, scoreFunction, scoreSilence } from '@portcullis/score';
import { markAnswered } from './answer-findings.ts';
import { addToDay, finishDays } from './calibration-days.ts';
import { isTold, openFresh } from './evidence-in-time.ts';
import type { KnownFunction, PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';
import { tellEpisode } from './tell.ts';

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
    const event = judged(state, actorOf(of), epoch, judgment, at, activeActors, context);
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

function judged(
  state: PipelineState,
  actor: Actor,
  epoch: EpochIndex,
  judgment: Judgment,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): AnomalyEvent | undefined {
  const found = judgment.findings.filter((finding) => isTold(finding, at, context));
  if (found.length === 0) return undefined;
  const open = state.episodes.get(actor.id);
  if (at <= context.alertAfter) {
    const joined = joinFindings(open ?? openEpisode(actor, epoch), found);
    state.episodes.set(actor.id, measured({ ...joined, silent: true }, context.alerts, at));
    return undefined;
  }
  const known = open?.silent ? undefined : open;
  const marked = markAnswered(found, { state, delta: { actor }, open: known, at, context });
  if (marked.length === 0 || (known === undefined && marked.every(({ note }) => note !== undefined))) return undefined;
  return tellEpisode(
    state,
    joinFindings(known ?? openFresh(state, { actor, epoch }), marked),
    at,
    activeActors,
    context,
  );
}

/** Functions of accounts that others were heard of in, in the order of their ids. */
function silentOnes(state: PipelineState, deltas: ReadonlyMap<string, FunctionDelta>): readonly KnownFunction[] {
  const heard = new Set([...deltas.values()].map(({ of }) => of.account));
  return byKey(state.functions.known).flatMap(([id, known]) =>
    heard.has(known.of.account) && !deltas.has(id) ? [known] : [],
  );
}

/** Beside one of a name that is not told apart by region, most accounts have no other. */
function functionActor({ names }: PipelineState, { account, region, name }: LoggedFunction): Actor {
  const arn =
    region === 'unknown' ? undefined : `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  const id = arn === undefined ? sameName(names, account, name) : `${account}/function/${arn}`;
  const known = names.get(id);
  return {
    id,
    kind: 'function',
    account,
    arn: known?.arn ?? arn,
    name,
    peerGroup: 'function',
    via: undefined,
    sharedRole: undefined,
    role: known?.role,
    revocable: true,
    root: false,
  };
}

/** The one function of that name that CloudTrail told of, where there is one; else a name of its own. */
function sameName(names: PipelineState['names'], account: string, name: string): string {
  const ids = [...names.keys()].filter(
    (id) => id.startsWith(`${account}/function/`) && id.endsWith(`:function:${name}`),
  );
  return ids.length === 1 && ids[0] !== undefined ? ids[0] : `${account}/function/${name}`;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function byKey<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
