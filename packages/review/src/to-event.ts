import { createHash } from 'node:crypto';
import type { PermissionReviewEvent } from '@portcullis/contract';
import { EVENT_SOURCE, SCHEMA_VERSION } from '@portcullis/contract/names';
import { isoTime } from '@portcullis/event';
import { type PrincipalReview, policyName } from './review-principal.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type WithProposal = Extract<PrincipalReview, { kind: 'proposed' | 'unused' }>;

/** Who asks, and how the record was read. */
export interface ReviewContext {
  readonly mode: 'live' | 'replay';
  readonly configVersion: string;
  readonly baselineVersion: string;
}

/**
 * A proposal as published: `Permission Review Proposed`.
 *
 * Its id follows from the principal and from what is proposed, so the same proposal next week is the same event again.
 */
export function permissionReviewEvent(one: WithProposal, context: ReviewContext): PermissionReviewEvent | undefined {
  const { principal, span, activeDays, checked, documents, unusedTrust, proposal } = one;
  if (span === undefined || checked.broken + checked.undecided > 0) return undefined;
  const id = createHash('sha256')
    .update(JSON.stringify([principal.arn, documents, unusedTrust.map(({ kind, name }) => [kind, name])]))
    .digest('hex')
    .slice(0, 32);
  const time = isoTime((span.lastDay + 1) * DAY_MS);
  const kept: Partial<Record<'used' | 'unseen' | 'young' | 'unmapped' | 'margin', number>> = {};
  const reasons = new Map(proposal.grants.flatMap((grant) => [...grant.kept]));
  for (const reason of reasons.values()) kept[reason] = (kept[reason] ?? 0) + 1;
  return {
    version: '0',
    id,
    source: EVENT_SOURCE,
    'detail-type': 'Permission Review Proposed',
    account: principal.account,
    region: 'us-east-1',
    time,
    resources: [principal.arn],
    detail: {
      metadata: {
        schemaVersion: SCHEMA_VERSION,
        id,
        revision: 1,
        idempotencyKey: `${id}:1`,
        mode: context.mode,
        configVersion: context.configVersion,
        baselineVersion: context.baselineVersion,
        producedAt: time,
      },
      data: {
        account: principal.account,
        principal: { arn: principal.arn, kind: principal.kind, name: principal.name },
        proposal: one.kind === 'unused' ? 'retire' : 'narrow',
        observed: {
          from: isoTime(span.firstDay * DAY_MS),
          to: time,
          days: span.lastDay - span.firstDay + 1,
          activeDays,
        },
        actions: { before: one.actionsBefore, after: one.actionsAfter, kept },
        risk: { before: one.riskBefore, removed: one.riskRemoved },
        checked: { kept: checked.kept, elsewhere: checked.elsewhere, broken: 0, undecided: 0 },
        replace: proposal.replaced.map(policyName),
        documents,
        unusedTrust: unusedTrust.map(({ kind, name, reach }) => ({ kind, name, reach })),
      },
    },
  };
}
