import process from 'node:process';
import { describeActor, type PipelineState } from '@portcullis/pipeline';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { readState } from '../read-state.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import { baselineText } from './baseline-text.ts';
import { findActors } from './find-actors.ts';

/** The options as typed. */
export interface BaselineArguments {
  readonly state: string;
  readonly json?: boolean;
}

/** Candidates named when a text means several actors. */
const MAX_LISTED = 20;

/** `portcullis baseline show`: what is usual for an actor, from a saved state. */
export async function showBaselineCommand(actor: string, { state: file, json }: BaselineArguments): Promise<ExitCode> {
  const state = await readState(file, '--state');
  const ids = findActors(state, actor);
  if (ids.length === 0)
    throw new UsageError(`no actor of ${file} is called ${actor}; it knows ${state.baselines.size}`);
  if (ids.length > 1 && !json) throw new UsageError(`${actor} means ${ids.length} actors\n${listOf(ids, state)}`);
  for (const id of ids) {
    const described = describeActor(state, id);
    if (described !== undefined) process.stdout.write(json ? jsonLine(described) : `${baselineText(described)}`);
  }
  return ExitCode.done;
}

function listOf(ids: readonly string[], { names }: PipelineState): string {
  const lines = ids.slice(0, MAX_LISTED).map((id) => printable(`  ${id}  ${names.get(id)?.name ?? ''}`.trimEnd()));
  const more = ids.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}
