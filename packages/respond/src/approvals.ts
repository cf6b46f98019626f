import type { ResponsePolicy } from '@portcullis/config';
import type { PlannedCut } from './cut.ts';
import { CUT_TRAITS } from './cut-traits.ts';
import { isApproved, type Lease } from './leases.ts';

/** Who approves, as AWS vouches for it; a name that the caller chose is none. */
export interface Approver {
  /** ARN of the caller: a user, or a session of a role. */
  readonly arn: string;
  /** Source identity of the session, set where it was opened and fixed since. */
  readonly sourceIdentity?: string | undefined;
  /** Principal at the root of a chain of sessions, where known. */
  readonly sessionRoot?: string | undefined;
}

/** Who is recorded: by source identity, else by the root of the session, else by the caller. */
export function recordedApprover({ arn, sourceIdentity, sessionRoot }: Approver): string {
  return sourceIdentity ?? sessionRoot ?? arn;
}

/**
 * The person behind a caller that AWS names.
 *
 * Identity Center sets the session's name to who signed in; of any other role the session's name is the caller's own choice, so all who share
 * the role count as one.
 */
export function approverOf(arn: string): Approver {
  const [, partition, account, role = '', session = ''] =
    /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (role === '') return { arn };
  if (role.startsWith('AWSReservedSSO_')) return { arn, sourceIdentity: session };
  return { arn, sessionRoot: `arn:${partition}:iam::${account}:role/${role}` };
}

/** Why an approver does not count; `undefined` where it does. */
export function whyNotApprover(approver: Approver, lease: Lease): string | undefined {
  const linked = whyLinked(approver, lease);
  if (linked !== undefined) return linked;
  // What a brake held is approved again, by whomever: nothing new is decided, only that it may go on
  const mayGoOn = lease.state === 'held' && isApproved(lease);
  if (lease.approvedBy.includes(recordedApprover(approver)) && !mayGoOn) return 'has approved already';
  return undefined;
}

/** Why somebody has no say about a cut at all: it is on them, or on what they became or opened. */
export function whyLinked(approver: Approver, lease: Lease): string | undefined {
  const own = [approver.arn, approver.sessionRoot].filter((arn) => arn !== undefined);
  const linked = lease.plan.linked.find((principal) => own.some((arn) => isSame(arn, principal)));
  if (linked !== undefined) return `${approver.arn} is linked to what is cut: ${linked}`;
  const names = [lease.plan.actor.name, lease.plan.actor.id];
  if (approver.sourceIdentity !== undefined && names.includes(approver.sourceIdentity)) {
    return `${approver.sourceIdentity} is whose power is cut`;
  }
  return undefined;
}

/** How many persons it takes. */
export function approvalsFor({ action, start }: PlannedCut, { approval }: ResponsePolicy, byPerson: boolean): number {
  if (!byPerson && start === 'rule') return 1;
  if (approval.twoPersons === 'always') return 2;
  return approval.twoPersons === 'edits' && CUT_TRAITS[action].approval === 'always' ? 2 : 1;
}

/** A session is the same as its role, whose path the session's ARN leaves out; but one session is not another. */
function isSame(arn: string, principal: string): boolean {
  if (arn === principal) return true;
  if (principal.includes(':assumed-role/')) return false;
  return roleOf(arn) !== undefined && roleOf(arn) === roleOf(principal);
}

function roleOf(arn: string): string | undefined {
  const [, account, role] =
    /^arn:aws[a-z-]*:(?:sts|iam)::(\d{12}):(?:assumed-role\/([^/]+)\/.*|role\/.*)$/.exec(arn) ?? [];
  if (account === undefined) return undefined;
  return `${account}/${role ?? arn.slice(arn.lastIndexOf('/') + 1)}`;
}
