import type { Decision } from '@portcullis/contract';
import { isoTime } from '@portcullis/event';
import {
  type Decided,
  decideReached,
  encodeState,
  type PipelineState,
  queueDecisions,
  reachedBy,
  sealContext,
  type ToldAlert,
} from '@portcullis/pipeline';
import { appendDecisions } from '../decisions/append-decision.ts';
import { UsageError } from '../errors.ts';
import { type DeploymentArguments, openDeployment } from '../live/open-deployment.ts';
import { readState } from '../read-state.ts';
import { loadSettings } from '../replay/load-settings.ts';
import { replaceFile, requireWritable } from '../replay/output-file.ts';
import { parseTime } from '../replay/time-option.ts';

/** Either a saved state or a deployment. */
export interface StateArguments extends DeploymentArguments {
  readonly state?: string;
  readonly json?: boolean;
}

export interface DecisionArguments extends StateArguments {
  readonly by?: string;
  readonly reason: string;
  readonly at?: string;
  readonly decisions?: string;
  readonly config?: string;
}

/**
 * The state that is asked about: a file, or what a deployment knew at its latest seal.
 *
 * @throws {UsageError}
 * @throws {ConfigurationError} where there is no such deployment
 */
export async function openState(options: StateArguments): Promise<PipelineState> {
  const { state, deployment } = options;
  if ((state === undefined) === (deployment === undefined)) {
    throw new UsageError('name either a saved state with --state, or a stage with --deployment');
  }
  if (state !== undefined) return readState(state, '--state');
  const { readLiveState } = await import('@portcullis/pipeline/live');
  return readLiveState((await openDeployment(options)).ports);
}

/** The alerts of a state, latest first. */
export function alertsOf({ alerts }: PipelineState): readonly ToldAlert[] {
  return [...alerts.byId.values()].sort((a, b) => b.told - a.told || (a.id < b.id ? -1 : 1));
}

/**
 * The alert that an id or its beginning means.
 *
 * @throws {UsageError} where there is none, or more than one
 */
export function findAlert(state: PipelineState, id: string): ToldAlert {
  const found = alertsOf(state).filter((alert) => alert.id.startsWith(id));
  const [alert] = found;
  if (alert !== undefined && found.length === 1) return alert;
  if (alert === undefined) throw new UsageError(`no alert ${id} in this state; portcullis alerts list shows all`);
  throw new UsageError(`${id} begins ${found.length} alerts: ${found.map((one) => one.id).join(', ')}`);
}

/**
 * When a decision takes effect, unless told: now, but no later than the logs of a saved state go, since a decision
 * waits for its time. The logs of a deployment go on: what is decided now holds for the hour that is now, in a replay too.
 */
export function effectiveAt(
  state: PipelineState,
  { at, deployment }: Pick<DecisionArguments, 'at' | 'deployment'>,
  now: number,
): string {
  if (at !== undefined) return isoTime(parseTime(at, '--at'));
  if (deployment !== undefined) return isoTime(now);
  const reached = reachedBy(state);
  return isoTime(Number.isFinite(reached) ? Math.min(now, reached) : now);
}

/**
 * Takes decisions into the decisions file and into the state.
 *
 * The file first: what it holds twice counts once, while a decision that only the state knows is lost with the state.
 */
export async function takeDecisions(
  state: PipelineState,
  decisions: readonly Decision[],
  options: DecisionArguments,
): Promise<Decided> {
  if (options.state === undefined) return sendDecisions(decisions, options);
  const settings = await loadSettings(options.config);
  await requireWritable(options.state, '--state');
  if (options.decisions !== undefined) await requireWritable(options.decisions, '--decisions');
  queueDecisions(state, decisions);
  const decided = decideReached(state, sealContext(settings));
  for (const { outcome, decision } of decided.applied) {
    if (outcome === 'unmatched') throw new UsageError(`at ${decision.at} that alert had not been told yet`);
  }
  if (options.decisions !== undefined) await appendDecisions(options.decisions, decisions);
  await replaceFile(options.state, encodeState(state));
  return decided;
}

/** A deployment takes them up with its next seal, the only place where anything is decided. Sent twice they count once. */
async function sendDecisions(decisions: readonly Decision[], options: DecisionArguments): Promise<Decided> {
  if (options.decisions !== undefined) await requireWritable(options.decisions, '--decisions');
  const { ports } = await openDeployment(options);
  if (options.decisions !== undefined) await appendDecisions(options.decisions, decisions);
  for (const decision of decisions) await ports.decisions.add(decision);
  return { applied: [], events: [] };
}
