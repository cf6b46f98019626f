import { type EpochMs, SECOND_MS } from '@portcullis/event';
import { hasCutOff, raiseCutOff } from './actions/attach-deny-policy.ts';
import { actionOf } from './actions/catalog.ts';
import type { ApiCall } from './api-call.ts';
import { canonicalText } from './cut-state.ts';
import { isApproved, isOver, type Lease, type Restriction } from './leases.ts';
import type { Place } from './ports.ts';
import { handOf } from './run-calls.ts';

/** Sessions opened while the cut took hold end with it too. */
const RAISE_BY_MS = 60 * SECOND_MS;

/** Whether a call follows from the ledger, and in which direction; or why it does not. */
export type LedgerVerdict =
  | {
      readonly kind: 'follows';
      /** Taking back goes on while the kill switch is set. */
      readonly direction: 'in-force' | 'back';
      /** What a policy that is attached has to say, word by word. */
      readonly document?: string | undefined;
    }
  | { readonly kind: 'does-not-follow'; readonly reason: string };

/**
 * Judges a call by the ledger alone, before it is made by whoever holds the power for it.
 *
 * Who leads asks for calls, and may be somebody else by then. So whoever acts works out again what may be called for now: of an approved
 * cut whose intent and snapshot are written down, or of one that is being taken back. Nothing else is ever made.
 */
export function judgeByLedger(call: ApiCall, place: Place, restriction: Restriction): LedgerVerdict {
  const leases = [...restriction.leases.values()].filter((lease) => !isOver(lease));
  const here = leases.filter(({ cut }) => cut.account === place.account && cut.region === place.region);
  if (here.length === 0) return refused(`no cut of that name in ${place.account} ${place.region ?? ''}`.trimEnd());
  for (const lease of here) {
    const calls = callsFor(lease, restriction);
    if (calls.some((one) => isSameCall(one, call))) {
      return {
        kind: 'follows',
        direction: restriction.standing === 'removing' ? 'back' : 'in-force',
        document: documentFor(call, calls, restriction),
      };
    }
  }
  return refused(`${call.operation} is not what comes next: the restriction is ${restriction.standing}`);
}

/** When the cut-off of older sessions is moved to: a minute after it was verified. */
export function raisedTo(verifiedAt: EpochMs | undefined): EpochMs | undefined {
  return verifiedAt === undefined ? undefined : verifiedAt + RAISE_BY_MS;
}

/** All calls that may be due, those that a try before has made among them. */
function callsFor(lease: Lease, restriction: Restriction): readonly ApiCall[] {
  const { standing, before = {}, after = {}, intendedAt, verifiedAt, raised } = restriction;
  const { details } = lease.cut;
  if (intendedAt === undefined) return [];
  const hand = handOf(lease.cut, restriction, intendedAt);
  switch (standing) {
    case 'applying': {
      if (!isApproved(lease)) return [];
      const intention = actionOf(details).intend(details, hand, { state: before });
      return intention.kind === 'calls' ? intention.calls : [];
    }
    case 'on': {
      const to = raisedTo(verifiedAt);
      if (raised || to === undefined || !lease.holds || !('statements' in details) || !hasCutOff(details)) return [];
      return raiseCutOff(details, hand, to, after)?.calls ?? [];
    }
    case 'removing':
      return lease.ending === undefined ? [] : actionOf(details).revert(details, hand, before, after);
    case 'off':
    case 'conflict':
      return [];
  }
}

function isSameCall(expected: ApiCall, asked: ApiCall): boolean {
  if (expected.power !== asked.power) return false;
  // Versions that others wrote meanwhile go with the policy
  if (asked.operation === 'iam:DeletePolicyVersion' && expected.operation === 'iam:DeletePolicy') {
    return expected.input.PolicyArn === asked.input.PolicyArn;
  }
  return expected.operation === asked.operation && canonicalText(named(expected)) === canonicalText(named(asked));
}

/** Organizations makes ids up, so of what is found by its name the id is left out. */
function named({ operation, input }: ApiCall): ApiCall['input'] {
  const { PolicyId: _, ...rest } = input;
  return operation.startsWith('organizations:') && typeof input.Name === 'string' ? rest : input;
}

/** What was minted for it, or was there before it was intended. */
function documentFor(
  { operation, power, input }: ApiCall,
  calls: readonly ApiCall[],
  { after = {} }: Restriction,
): string | undefined {
  if (power !== 'attach' || !operation.startsWith('iam:Attach')) return undefined;
  const arn = String(input.PolicyArn);
  const minted = calls.find(
    (call) => call.operation === 'iam:CreatePolicy' && arn.endsWith(`/${String(call.input.PolicyName)}`),
  );
  const document = minted?.input.PolicyDocument ?? (arn.endsWith('-later') ? after.later : after.policy);
  return typeof document === 'string' ? document : undefined;
}

function refused(reason: string): LedgerVerdict {
  return { kind: 'does-not-follow', reason };
}
