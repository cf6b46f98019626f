import type { Approver } from '@portcullis/respond';

/** A person's word that a cut be taken back, on the way from who took it to who does it. */
export interface RevertRequest {
  readonly restriction: string;
  readonly lease: string;
  readonly approver: Approver;
  readonly reason: string;
}

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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
