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
import { readState } from '../read-state.ts';
import { loadSettings } from '../replay/load-settings.ts';
import { replaceFile, requireWritable } from '../replay/output-file.ts';
import { parseTime } from '../replay/time-option.ts';

export interface StateArguments {
  readonly state: string;
  readonly json?: boolean;
}

export interface DecisionArguments extends StateArguments {
  readonly by?: string;
  readonly reason: string;
  readonly at?: string;
  readonly decisions?: string;
  readonly config?: string;
}

/** @throws {UsageError} */
export function openState({ state }: StateArguments): Promise<PipelineState> {
  return readState(state, '--state');
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
 * When a decision takes effect, unless told: now, but no later than the logs of the state go, since a decision
 * waits for its time.
 */
export function effectiveAt(state: PipelineState, at: string | undefined, now: number): string {
  if (at !== undefined) return isoTime(parseTime(at, '--at'));
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
