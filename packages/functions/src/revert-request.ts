import type { RevertRequest } from '@portcullis/respond';
import { isRecord } from './is-record.ts';

/** @returns `undefined` for a waking that asks for nothing */
export function revertIn(event: unknown): RevertRequest | undefined {
  const request = isRecord(event) ? event.revert : undefined;
  if (!isRecord(request)) return undefined;
  const { restriction, lease, approver, reason } = request;
  if (typeof restriction !== 'string' || typeof lease !== 'string' || typeof reason !== 'string') return undefined;
  if (!isRecord(approver) || typeof approver.arn !== 'string') return undefined;
  const { arn, sourceIdentity, sessionRoot } = approver;
  return {
    restriction,
    lease,
    reason,
    approver: {
      arn,
      ...(typeof sourceIdentity === 'string' && { sourceIdentity }),
      ...(typeof sessionRoot === 'string' && { sessionRoot }),
    },
  };
}
