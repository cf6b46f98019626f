import { actionOf } from './actions/catalog.ts';
import { differencesOf, isBetween, sameState } from './cut-state.ts';
import { isOver, type Lease, otherHolders, type Restriction } from './leases.ts';
import type { LeaseEnd } from './ledger.ts';
import type { ResponsePorts } from './ports.ts';
import { readRestriction, record } from './record.ts';
import { handOf, lookAt, type Refusal, relevantOf, runCalls } from './run-calls.ts';

const MAX_TRIES = 8;

/** What became of taking something back. */
export type EndOutcome =
  | { readonly kind: 'reverted' | 'released' | 'over' | 'not-in-force' }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  | { readonly kind: 'failed'; readonly step: string; readonly cause: string; readonly reason: string };

/** Who ends a lease, and why. */
export interface Ending {
  readonly as: LeaseEnd;
  readonly by: string;
  readonly reason: string;
}

/**
 * Ends a lease; with the last one that holds a restriction, the restriction is taken back.
 *
 * Only if the account is still as we wrote it, else `conflict`: what somebody changed since is not ours to undo. A cut that was
 * never verified may also be half way, so that a failed one can be cleaned up. Can be called again after a crash at any point.
 */
export async function endLease(name: string, id: string, ending: Ending, ports: ResponsePorts): Promise<EndOutcome> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const restriction = await readRestriction(ports, name);
    const lease = restriction.leases.get(id);
    if (lease === undefined || isOver(lease)) return { kind: 'over' };
    const outcome = await nextStep(name, restriction, lease, ending, ports);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'failed', step: 'ledger', cause: 'contention', reason: 'others kept writing to the same restriction' };
}

async function nextStep(
  name: string,
  restriction: Restriction,
  lease: Lease,
  ending: Ending,
  ports: ResponsePorts,
): Promise<EndOutcome | undefined> {
  const { id } = lease;
  if (otherHolders(restriction, id).length > 0) {
    if (!lease.holds) return { kind: 'not-in-force' };
    const { kind } = await record(ports, name, restriction, id, { kind: 'released', ...ending });
    return kind === 'recorded' ? { kind: 'released' } : undefined;
  }
  if (restriction.standing === 'off') return { kind: 'not-in-force' };
  if (restriction.standing === 'removing') return takeBack(name, restriction, lease, ports);
  return startTakingBack(name, restriction, lease, ending, ports);
}

async function startTakingBack(
  name: string,
  restriction: Restriction,
  lease: Lease,
  ending: Ending,
  ports: ResponsePorts,
): Promise<EndOutcome | undefined> {
  const seen = await lookAt(ports, lease.cut, handOf(lease.cut, restriction, ports.now()));
  if (seen.kind === 'refused') return failed(name, restriction, lease, seen, ports);
  const { before = {}, after = {}, verified } = restriction;
  const state = relevantOf(lease.cut, seen.look.state, after);
  const ours = sameState(state, after) || sameState(state, before) || (!verified && isBetween(before, after, state));
  if (!ours) {
    const differences = differencesOf(after, state);
    if (restriction.standing === 'conflict') return { kind: 'conflict', paths: differences.map(({ path }) => path) };
    await record(ports, name, restriction, lease.id, { kind: 'conflict', by: ending.by, differences, found: state });
    return { kind: 'conflict', paths: differences.map(({ path }) => path) };
  }
  await record(ports, name, restriction, lease.id, { kind: 'reverting', ...ending });
  return undefined;
}

async function takeBack(
  name: string,
  restriction: Restriction,
  lease: Lease,
  ports: ResponsePorts,
): Promise<EndOutcome | undefined> {
  const { cut, id } = lease;
  const { before = {}, after = {} } = restriction;
  const hand = handOf(cut, restriction, ports.now());
  const seen = await lookAt(ports, cut, hand);
  if (seen.kind === 'refused') return failed(name, restriction, lease, seen, ports);
  const state = relevantOf(cut, seen.look.state, after);
  if (!isBetween(before, after, state)) {
    const differences = differencesOf(after, state);
    await record(ports, name, restriction, id, { kind: 'conflict', by: 'revert', differences, found: state });
    return { kind: 'conflict', paths: differences.map(({ path }) => path) };
  }
  const refusal = await runCalls(ports, cut, actionOf(cut.details).revert(cut.details, hand, before, state));
  if (refusal !== undefined) return failed(name, restriction, lease, refusal, ports);
  const now = await lookAt(ports, cut, hand);
  if (now.kind === 'refused') return failed(name, restriction, lease, now, ports);
  const found = relevantOf(cut, now.look.state, before);
  if (!sameState(found, before)) {
    const paths = differencesOf(before, found).map(({ path }) => path);
    const reason = `not as it was before: ${paths.join(', ')}`;
    return failed(name, restriction, lease, { step: 'verify', cause: 'not-as-before', reason }, ports);
  }
  const { kind } = await record(ports, name, restriction, id, { kind: 'reverted' });
  return kind === 'recorded' ? { kind: 'reverted' } : undefined;
}

async function failed(
  name: string,
  restriction: Restriction,
  { id }: Lease,
  { step, cause, reason }: Refusal,
  ports: ResponsePorts,
): Promise<EndOutcome> {
  await record(ports, name, restriction, id, { kind: 'failed', step, cause, reason });
  return { kind: 'failed', step, cause, reason };
}
