import type { ResponsePolicy } from '@portcullis/config';
import { HOUR_MS, SECOND_MS } from '@portcullis/event';
import { actionOf } from './actions/catalog.ts';
import type { PlannedCut } from './cut.ts';
import { differencesOf, isBetween, sameState } from './cut-state.ts';
import { isOver, type Lease, type Restriction } from './leases.ts';
import type { Change } from './ledger.ts';
import { whyUntouchable } from './never-touch.ts';
import type { ResponsePorts } from './ports.ts';
import { readRestriction, record } from './record.ts';
import type { ResponseState } from './response-state.ts';
import { handOf, lookAt, type Refusal, relevantOf, runCalls } from './run-calls.ts';

/** IAM is eventually consistent: what was written is read back after this. */
const SETTLE_MS = 15 * SECOND_MS;

/** Others may write between; then everything is read and decided again, a few times. */
const MAX_TRIES = 8;

/** What became of one cut. */
export type CutOutcome =
  | { readonly kind: 'verified' | 'in-force-already' | 'proposed' | 'waiting' | 'observed' | 'over' }
  | { readonly kind: 'failed' | 'held'; readonly step?: string; readonly cause: string; readonly reason: string };

/** What must not be touched, asked again before each act. */
export interface Guard {
  readonly protect: ResponsePolicy['protect'];
  readonly own: Pick<ResponseState, 'ownAccounts' | 'ownPrincipals'>;
  /** Facts by ARN: tags as of before the episode. */
  readonly principals?: ResponseState['principals'] | undefined;
}

/**
 * Puts an approved lease in force: snapshot, intent, act, read back, verify.
 *
 * Can be called again after a crash at any point: what was intended is finished with the time and the snapshot of the
 * first try. A refusal by AWS ends in `failed` with the name of the call and its code.
 */
export async function applyLease(
  name: string,
  id: string,
  policy: Pick<ResponsePolicy, 'lease'>,
  guard: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const restriction = await readRestriction(ports, name);
    const lease = restriction.leases.get(id);
    if (lease === undefined || isOver(lease)) return { kind: 'over' };
    const outcome = await nextStep(name, restriction, lease, policy, guard, ports);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'failed', step: 'ledger', cause: 'contention', reason: 'others kept writing to the same restriction' };
}

/** One step towards in force and verified; `undefined`: go on from what is in the ledger now. */
async function nextStep(
  name: string,
  restriction: Restriction,
  lease: Lease,
  policy: Pick<ResponsePolicy, 'lease'>,
  guard: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome | undefined> {
  const { standing } = restriction;
  const fail = (refusal: Refusal) => failed(name, restriction, lease, refusal, ports);
  if (standing === 'conflict')
    return fail({ step: 'ledger', cause: 'conflict', reason: 'the restriction is in conflict' });
  if (standing === 'removing')
    return fail({ step: 'ledger', cause: 'being-removed', reason: 'the restriction is being taken back' });
  if (lease.holds && standing === 'on') {
    if (lease.state === 'applied' || !restriction.verified) return verify(name, restriction, lease, ports);
    return { kind: 'in-force-already' };
  }
  if (standing === 'off') return intend(name, restriction, lease, guard, ports);
  if (standing === 'applying') {
    const refusal = await finish(restriction, lease.cut, ports);
    if (refusal !== undefined) return fail(refusal);
  }
  const at = ports.now();
  const expiresAt = lease.cut.expiry === 'automatic' ? at + policy.lease.hours * HOUR_MS : undefined;
  await record(ports, name, restriction, lease.id, { kind: 'applied', expiresAt });
  return undefined;
}

/** Snapshot and intent, before anything is done. */
async function intend(
  name: string,
  restriction: Restriction,
  { id, cut }: Lease,
  { protect, own, principals }: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome | undefined> {
  const lease = restriction.leases.get(id);
  if (lease === undefined) return { kind: 'over' };
  // The ledger stamps the intent; a document that names a time has to be made with that very one
  const at = ports.now();
  const hand = { cut, at };
  const seen = await lookAt(ports, cut, hand);
  if (seen.kind === 'refused') return failed(name, restriction, lease, seen, ports);
  const { liveArn } = seen.look;
  const untouchable =
    liveArn === undefined ? undefined : whyUntouchable(liveArn, principals?.get(liveArn), protect, own);
  if (untouchable !== undefined) {
    return held(name, restriction, lease, { kind: 'held', by: 'never-touch', ...untouchable }, ports);
  }
  const intention = actionOf(cut.details).intend(cut.details, hand, seen.look);
  if (intention.kind === 'obstacle') {
    return failed(name, restriction, lease, { step: 'precondition', ...intention }, ports);
  }
  await record({ ...ports, now: () => at }, name, restriction, id, {
    kind: 'intended',
    before: seen.look.state,
    after: intention.after,
  });
  return undefined;
}

/** Makes what is not yet as intended so; nothing if a try before got that far. */
async function finish(restriction: Restriction, cut: PlannedCut, ports: ResponsePorts): Promise<Refusal | undefined> {
  const { before = {}, after = {} } = restriction;
  const hand = handOf(cut, restriction, ports.now());
  const seen = await lookAt(ports, cut, hand);
  if (seen.kind === 'refused') return seen;
  const state = relevantOf(cut, seen.look.state, after);
  if (sameState(state, after)) return undefined;
  if (!isBetween(before, after, state)) {
    return { step: 'precondition', cause: 'live-state-differs', reason: 'somebody changed it since it was looked at' };
  }
  const intention = actionOf(cut.details).intend(cut.details, hand, seen.look);
  if (intention.kind === 'obstacle') return { step: 'precondition', ...intention };
  return runCalls(ports, cut, intention.calls);
}

/** Reads back what was written, once it can be read. */
async function verify(name: string, restriction: Restriction, lease: Lease, ports: ResponsePorts): Promise<CutOutcome> {
  const { cut, id } = lease;
  if (!restriction.verified) await ports.pause(SETTLE_MS);
  const seen = await lookAt(ports, cut, handOf(cut, restriction, ports.now()));
  if (seen.kind === 'refused') return failed(name, restriction, lease, seen, ports);
  const { after = {} } = restriction;
  const state = relevantOf(cut, seen.look.state, after);
  if (!sameState(state, after)) {
    const differing = differencesOf(after, state).map(({ path }) => path);
    return failed(
      name,
      restriction,
      lease,
      { step: 'verify', cause: 'not-as-written', reason: `reads back otherwise: ${differing.join(', ')}` },
      ports,
    );
  }
  await record(ports, name, restriction, id, { kind: 'verified' });
  return { kind: 'verified' };
}

async function failed(
  name: string,
  restriction: Restriction,
  { id }: Lease,
  { step, cause, reason }: Refusal,
  ports: ResponsePorts,
): Promise<CutOutcome> {
  await record(ports, name, restriction, id, { kind: 'failed', step, cause, reason });
  return { kind: 'failed', step, cause, reason };
}

export async function held(
  name: string,
  restriction: Restriction,
  { id }: Lease,
  change: Extract<Change, { readonly kind: 'held' }>,
  ports: ResponsePorts,
): Promise<CutOutcome> {
  await record(ports, name, restriction, id, change);
  return { kind: 'held', cause: change.cause, reason: change.reason };
}
