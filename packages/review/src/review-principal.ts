import { matchesPattern } from '@portcullis/iam';
import type { AttachedPolicy, Principal } from './authorization/authorization.ts';
import { type CheckedCalls, checkProposal } from './propose/check-proposal.ts';
import { allowGrants } from './propose/grant.ts';
import type { Span } from './propose/narrow-resources.ts';
import { type PolicyDocument, policyDocuments } from './propose/policy-documents.ts';
import { type PolicyProposal, proposePolicy } from './propose/propose-policy.ts';
import { type UnusedTrust, unusedTrust } from './propose/review-trust.ts';
import { riskOf } from './propose/risk.ts';
import type { ReviewSettings } from './settings.ts';
import type { PrincipalUsage, Usage } from './usage/usage.ts';

/** Why nothing is said about a principal. */
type RefusalReason =
  | 'history-too-short'
  | 'gap-in-logs'
  | 'too-young'
  | 'seldom-used'
  | 'too-varied'
  | 'unreadable'
  | 'unattributed-functions'
  | 'not-decidable';

/** Why a principal is left alone. */
type KeptReason = 'break-glass' | 'service-linked';

interface Reviewed {
  readonly principal: Principal;
  readonly span: Span | undefined;
  readonly activeDays: number;
}

export type PrincipalReview =
  | (Reviewed & { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string })
  | (Reviewed & { readonly kind: 'kept'; readonly reason: KeptReason; readonly detail: string })
  /** Nothing to take away. */
  | (Reviewed & { readonly kind: 'tight'; readonly checked: CheckedCalls })
  | (Reviewed & Proposed & { readonly kind: 'proposed' })
  /** Never used, by nobody, in all of the record. */
  | (Reviewed & Proposed & { readonly kind: 'unused' });

interface Proposed {
  readonly proposal: PolicyProposal;
  readonly documents: readonly PolicyDocument[];
  readonly unusedTrust: readonly UnusedTrust[];
  readonly checked: CheckedCalls;
  /** Actions allowed before and after. */
  readonly actionsBefore: number;
  readonly actionsAfter: number;
  /** In units of `harmOf`, trust included. */
  readonly riskBefore: number;
  readonly riskRemoved: number;
}

const NO_USAGE: PrincipalUsage = {
  actions: new Map(),
  unmapped: new Map(),
  takenUpBy: new Map(),
  activeDays: new Set(),
  incomplete: false,
};

/** Compares what a principal may do with what it did, and proposes what is left of it; never less than was used. */
export function reviewPrincipal(principal: Principal, usage: Usage, settings: ReviewSettings): PrincipalReview {
  const own = usage.principals.get(principal.key) ?? NO_USAGE;
  const days = [...(usage.days.get(principal.account) ?? [])].sort((a, b) => a - b);
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  const span = firstDay === undefined || lastDay === undefined ? undefined : { firstDay, lastDay };
  const reviewed = { principal, span, activeDays: own.activeDays.size };
  const kept = reasonToKeep(principal, settings);
  if (kept !== undefined) return { kind: 'kept', ...reviewed, ...kept };
  const refusal = reasonToRefuse(principal, own, days, usage, settings);
  if (refusal !== undefined || span === undefined) {
    return { kind: 'refused', ...reviewed, ...(refusal ?? { reason: 'history-too-short', detail: 'no logs' }) };
  }
  const isUnused = own.actions.size === 0 && own.unmapped.size === 0 && own.takenUpBy.size === 0;
  const trust = usage.source === 'logs' ? unusedTrust(principal, own.takenUpBy) : [];
  if (isUnused) return { kind: 'unused', ...reviewed, ...nothingLeft(principal, trust) };
  const services = usage.services.get(principal.account) ?? new Set();
  const propose = (widened?: ReadonlySet<string>) => proposePolicy(principal, own, services, span, settings, widened);
  const proposal = decided(principal, own, propose);
  const checked = checkProposal(principal, own, proposal);
  if (checked.broken + checked.undecided > 0) {
    const detail = `cannot show that ${[...checked.failing].join(', ')} would go on working`;
    return { kind: 'refused', ...reviewed, reason: 'not-decidable', detail };
  }
  if (proposal.replaced.length === 0 && trust.length === 0) return { kind: 'tight', ...reviewed, checked };
  return { kind: 'proposed', ...reviewed, ...proposedOf(principal, proposal, trust, checked) };
}

/** Actions that would break with narrower resources get back what they were granted. */
function decided(
  principal: Principal,
  own: PrincipalUsage,
  propose: (widened?: ReadonlySet<string>) => PolicyProposal,
): PolicyProposal {
  const proposal = propose();
  const { failing } = checkProposal(principal, own, proposal);
  return failing.size === 0 ? proposal : propose(failing);
}

function proposedOf(
  principal: Principal,
  proposal: PolicyProposal,
  trust: readonly UnusedTrust[],
  checked: CheckedCalls,
): Proposed {
  const grants = allowGrants(principal);
  const left = proposal.grants.flatMap(({ parts }) => parts);
  const riskBefore = riskOf(grants);
  const trustRisk = trust.reduce((sum, { risk }) => sum + risk, 0);
  return {
    proposal,
    documents: policyDocuments(proposal.statements),
    unusedTrust: trust,
    checked,
    actionsBefore: distinct(grants),
    actionsAfter: distinct(left),
    riskBefore: tenths(riskBefore + trustRisk),
    riskRemoved: tenths(riskBefore - riskOf(left) + trustRisk),
  };
}

function nothingLeft(principal: Principal, trust: readonly UnusedTrust[]): Proposed {
  const proposal: PolicyProposal = {
    grants: allowGrants(principal).map((grant) => ({
      grant,
      kept: new Map(),
      removed: grant.actions,
      parts: [],
      unchanged: false,
    })),
    untouched: [],
    replaced: principal.policies,
    statements: [],
  };
  return proposedOf(principal, proposal, trust, { kept: 0, elsewhere: 0, broken: 0, undecided: 0, failing: new Set() });
}

function distinct(grants: readonly { readonly actions: readonly string[] }[]): number {
  return new Set(grants.flatMap(({ actions }) => actions)).size;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

const KEEP_TAG = 'portcullis:keep';

function reasonToKeep(
  { arn, name, path, tags }: Principal,
  { keep }: ReviewSettings,
): { readonly reason: KeptReason; readonly detail: string } | undefined {
  if (path.startsWith('/aws-service-role/')) return { reason: 'service-linked', detail: 'AWS writes its policy' };
  if (tags.has(KEEP_TAG)) return { reason: 'break-glass', detail: `tagged ${KEEP_TAG}` };
  const pattern = keep.find((one) => meansPrincipal({ name, arn }, one));
  return pattern === undefined ? undefined : { reason: 'break-glass', detail: `named like ${pattern}` };
}

/** Whether a pattern means a principal, by its name or ARN; `*` stands for anything. */
export function meansPrincipal({ name, arn }: Pick<Principal, 'name' | 'arn'>, pattern: string): boolean {
  return matchesPattern(pattern, name) || matchesPattern(pattern, arn);
}

const DAY_MS = 24 * 60 * 60 * 1000;

function reasonToRefuse(
  { unreadable, createdAt, account }: Principal,
  own: PrincipalUsage,
  days: readonly number[],
  { unattributed }: Usage,
  { minDays, minActiveDays, maxGapDays }: ReviewSettings,
): { readonly reason: RefusalReason; readonly detail: string } | undefined {
  if (unreadable.length > 0) return { reason: 'unreadable', detail: `cannot read ${unreadable.join(', ')}` };
  const lastDay = days.at(-1) ?? 0;
  const observed = days.length === 0 ? 0 : lastDay - (days[0] ?? lastDay) + 1;
  if (observed < minDays) {
    return { reason: 'history-too-short', detail: `${observed} days of logs; ${minDays} are needed` };
  }
  const gap = Math.max(0, ...days.slice(1).map((day, index) => day - (days[index] ?? day) - 1));
  if (gap > maxGapDays) return { reason: 'gap-in-logs', detail: `${gap} days in a row without any log` };
  const age = createdAt === undefined ? minDays : Math.floor(lastDay + 1 - createdAt / DAY_MS);
  if (age < minDays) return { reason: 'too-young', detail: `${Math.max(0, age)} days old; ${minDays} are needed` };
  if (own.incomplete) return { reason: 'too-varied', detail: 'used more actions than are remembered' };
  const { size } = own.activeDays;
  if (size > 0 && size < minActiveDays) {
    return { reason: 'seldom-used', detail: `used on ${size} of ${observed} days; ${minActiveDays} are needed` };
  }
  const unknown = unattributed.get(account) ?? 0;
  if (size === 0 && unknown > 0) {
    return {
      reason: 'unattributed-functions',
      detail: `may be the role of one of ${unknown} functions, whose roles this state does not tell`,
    };
  }
  return undefined;
}

/** Policies by how they are told from each other. */
export function policyName({ via, name, arn, group }: AttachedPolicy): string {
  if (via === 'group') return `${arn ?? name} of group ${group ?? ''}`;
  return arn ?? `inline ${name}`;
}
