import type { Principal } from '../authorization/authorization.ts';
import { type Call, matchOf, resourceMatch, ruling } from '../policy/evaluate.ts';
import type { Statement } from '../policy/statement.ts';
import type { PrincipalUsage } from '../usage/usage.ts';
import type { PolicyProposal } from './propose-policy.ts';

/**
 * How the observed calls fare under a proposal. `kept`: as before. `elsewhere`: these policies never allowed it, so
 * something else does (a resource policy, a session's own), or did once. `broken`: allowed before, not any more.
 * `undecided`: allowed before, and now it depends on what the log does not tell.
 */
export interface CheckedCalls {
  readonly kept: number;
  readonly elsewhere: number;
  readonly broken: number;
  readonly undecided: number;
  /** Actions of broken and undecided calls. */
  readonly failing: ReadonlySet<string>;
}

/** One distinct call, and how often it was seen. */
interface SeenCall extends Call {
  readonly times: number;
}

/** Puts every observed call to the policies as they are and as they would be. */
export function checkProposal(principal: Principal, usage: PrincipalUsage, proposal: PolicyProposal): CheckedCalls {
  const before = principal.policies.flatMap(({ statements }) => statements);
  const after = [...proposal.untouched.flatMap(({ statements }) => statements), ...proposal.statements];
  const counts = { kept: 0, elsewhere: 0, broken: 0, undecided: 0 };
  const failing = new Set<string>();
  for (const call of seenCalls(usage)) {
    const fate = fateOf(before, after, call);
    counts[fate] += call.times;
    if (fate === 'broken' || fate === 'undecided') failing.add(call.action);
  }
  return { ...counts, failing };
}

function fateOf(
  before: readonly Statement[],
  after: readonly Statement[],
  call: Call,
): 'kept' | 'elsewhere' | 'broken' | 'undecided' {
  const then = ruling(before, call);
  if (then === 'not-allowed' || then === 'denied') return 'elsewhere';
  const now = ruling(after, call);
  if (now === 'allowed') return 'kept';
  const allowing = (statements: readonly Statement[]) =>
    statements.filter((statement) => statement.effect === 'Allow' && matchOf(statement, call) !== 'no');
  const left = allowing(after);
  // What depended on a condition or on an unknown thing before has to depend on the same now
  if (allowing(before).every((statement) => left.some((one) => saysTheSame(one, statement, call)))) return 'kept';
  return now === 'not-allowed' || now === 'denied' ? 'broken' : 'undecided';
}

function saysTheSame(after: Statement, before: Statement, { resources }: Call): boolean {
  if (JSON.stringify(after.condition) !== JSON.stringify(before.condition)) return false;
  if (resources?.every((thing) => resourceMatch(after, thing) === 'yes')) return true;
  if (JSON.stringify(after.notResources) !== JSON.stringify(before.notResources)) return false;
  return (before.resources ?? []).every(
    (pattern) =>
      after.resources?.includes(pattern) ||
      resources?.every((thing) => resourceMatch({ resources: [pattern] }, thing) === 'no'),
  );
}

function seenCalls({ actions }: PrincipalUsage): readonly SeenCall[] {
  return [...actions].flatMap(([action, { calls, things, unknownThings }]): SeenCall[] => {
    if (calls === 0) return [];
    const told = [...things].map(([thing, { calls: times }]) => ({ action, resources: [thing], times }));
    return unknownThings || told.length === 0 ? [...told, { action, resources: undefined, times: 1 }] : told;
  });
}
