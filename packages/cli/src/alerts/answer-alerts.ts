import process from 'node:process';
import type { Decision, Verdict } from '@portcullis/contract';
import { parseDecision } from '@portcullis/contract';
import { isoTime } from '@portcullis/event';
import { type Decided, type PipelineState, reachedBy } from '@portcullis/pipeline';
import { decidedBy } from '../decisions/decided-by.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { parseTime } from '../replay/time-option.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import { type DecisionArguments, effectiveAt, findAlert, openState, takeDecisions } from './saved-alerts.ts';

export interface VerdictArguments extends DecisionArguments {
  readonly actors?: readonly string[];
  readonly team?: string;
  readonly until?: string;
}

export interface MuteArguments extends DecisionArguments {
  readonly actor?: string;
  readonly until: string;
}

/**
 * `portcullis alerts confirm`, `dismiss`, `expected`, `reopen`.
 *
 * @throws {UsageError}
 * @throws {DecisionError}
 */
export async function answerAlerts(
  verdict: Verdict,
  ids: readonly string[],
  options: VerdictArguments,
): Promise<ExitCode> {
  const state = await openState(options);
  const scope = scopeOf(options);
  const decisions = ids.map((id) =>
    parseDecision({
      version: '1',
      kind: 'verdict',
      at: effectiveAt(state, options, Date.now()),
      episode: findAlert(state, id).id,
      verdict,
      by: decidedBy(options.by),
      reason: options.reason,
      ...(scope === undefined ? {} : { scope }),
    }),
  );
  return take(state, decisions, options);
}

/**
 * `portcullis alerts mute`.
 *
 * @throws {UsageError}
 * @throws {DecisionError}
 */
export async function muteAlerts(id: string | undefined, options: MuteArguments): Promise<ExitCode> {
  if ((id === undefined) === (options.actor === undefined)) {
    throw new UsageError('name either the id of an alert or, with --actor, whom it is about');
  }
  const state = await openState(options);
  const decision = parseDecision({
    version: '1',
    kind: 'mute',
    at: effectiveAt(state, options, Date.now()),
    ...(id === undefined ? { actor: options.actor } : { episode: findAlert(state, id).id }),
    until: isoTime(parseTime(options.until, '--until')),
    by: decidedBy(options.by),
    reason: options.reason,
  });
  return take(state, [decision], options);
}

async function take(
  state: PipelineState,
  decisions: readonly Decision[],
  options: DecisionArguments,
): Promise<ExitCode> {
  const reached = reachedBy(state);
  const decided = await takeDecisions(state, decisions, options);
  const text = decisions.map((decision) => {
    const applied = decided.applied.find((one) => JSON.stringify(one.decision) === JSON.stringify(decision));
    return options.json
      ? jsonLine({ decision, outcome: applied?.outcome ?? 'notDue', event: eventOf(decision, decided) })
      : `${printable(sentence(decision, applied?.outcome, reached, options.deployment !== undefined))}\n`;
  });
  process.stdout.write(text.join(''));
  return ExitCode.done;
}

function scopeOf({ actors, team, until }: VerdictArguments): object | undefined {
  const named = actors !== undefined && actors.length > 0;
  if (!named && team === undefined && until === undefined) return undefined;
  return {
    ...(named ? { actors } : {}),
    ...(team === undefined ? {} : { team }),
    ...(until === undefined ? {} : { until: isoTime(parseTime(until, '--until')) }),
  };
}

function eventOf(decision: Decision, { events }: Decided): object | undefined {
  return decision.kind === 'verdict' ? events.find(({ detail }) => detail.metadata.id === decision.episode) : undefined;
}

function sentence(decision: Decision, outcome: string | undefined, reached: number, live: boolean): string {
  const what =
    decision.kind === 'verdict' ? `${decision.verdict} ${decision.episode}` : `muted until ${untilOf(decision)}`;
  if (outcome === undefined && live) return `${what} as of ${decision.at}: holds from the seal of that hour on`;
  if (outcome === undefined) {
    return `${what} as of ${decision.at}: waits until the logs get there; they have reached ${isoTime(reached)}`;
  }
  if (outcome === 'repeated') return `${what}: nothing changed, this or a later answer holds already`;
  const late = Date.parse(decision.at) < reached ? '; a replay from the beginning applies it then' : '';
  return `${what} as of ${decision.at}${late}`;
}

function untilOf(decision: Decision): string {
  return decision.kind === 'mute' ? decision.until : '';
}
