import type { Actor } from '@portcullis/event';
import type { PipelineState } from './pipeline-state.ts';

/**
 * Whether two actors are links of one chain: an API, a function that answers its requests, and the role that the function acts with.
 *
 * Who calls the API is not told: its access log names callers in other words than CloudTrail. An owned interface needs no link: what it tells is told of its owner.
 */
export function isLinked(state: PipelineState, one: Actor, other: Actor): boolean {
  return standsBehind(state, one, other) || standsBehind(state, other, one);
}

function standsBehind({ traffic, names }: PipelineState, front: Actor, back: Actor): boolean {
  const behind = traffic.known.get(front.id)?.baseline.behind;
  if (behind?.has(back.id)) return true;
  const role = front.role ?? names.get(front.id)?.role;
  if (role !== undefined && role === back.arn) return true;
  // The role of a function behind an API, where the function itself is quiet
  if (behind === undefined || back.arn === undefined) return false;
  for (const id of behind.keys()) if (names.get(id)?.role === back.arn) return true;
  return false;
}
