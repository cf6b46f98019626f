import * as z from 'zod';
import { actorSchema, severitySchema } from './anomaly.ts';
import { accountId, arn, eventEnvelope, instant, kebabId, lifecycleMetadata } from './event-envelope.ts';
import { REVERSIBILITIES, REVOCATION_DETAIL_TYPES, REVOCATION_STATES } from './names.ts';

/** What differs is shown up to here; the ledger has all of it. */
const MAX_DIFFERENCES = 50;

const stateHash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
/** States that nobody can act on without knowing what stands in the way. */
const NEED_CAUSE: readonly string[] = ['failed', 'held', 'conflict'];

/** One cut: an action on a target. Several cuts make a plan, each has its own life. */
export const revocationDataSchema = z
  .object({
    account: accountId.describe('Account of the target'),
    region: z.string().min(1).exactOptional().describe('Region of the target; absent where it is global, as IAM is'),
    severity: severitySchema.describe('Severity of the alert'),
    alert: z
      .object({
        id: z.string().min(1).describe('metadata.id of the alert'),
        revision: z.int().min(1).describe('metadata.revision of the alert that was acted on'),
      })
      .describe('What it answers'),
    plan: z.string().min(1).describe('Id of the plan that the cut belongs to; approving is by plan'),
    actor: actorSchema.describe('Whose power is cut'),
    action: kebabId.describe('Kind of cut: deny-actions'),
    target: arn.describe('ARN of the principal or resource it is put on'),
    actions: z.array(z.string()).describe('IAM actions that are denied; empty where the cut is not by action'),
    state: z.enum(REVOCATION_STATES).describe('Where the cut stands'),
    reason: z.string().min(1).describe('Why it stands there, for people. Untrusted text'),
    cause: z
      .string()
      .min(1)
      .exactOptional()
      .describe('The reason for machines: kill-switch, protected-actor, or the error code of AWS: AccessDenied'),
    step: z.string().min(1).exactOptional().describe('API call that the state is about: iam:AttachRolePolicy'),
    reversible: z.enum(REVERSIBILITIES).describe('How faithfully the cut can be undone'),
    expiresAt: instant.exactOptional().describe('When the cut ends by itself; absent where only a person ends it'),
    by: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Who or what brought it into this state: a source identity, a principal, or the rule of the settings'),
    before: stateHash.exactOptional().describe('SHA-256 of the state of the target before the cut'),
    after: stateHash.exactOptional().describe('SHA-256 of the state of the target as we wrote it'),
    differences: z
      .array(
        z.object({
          path: z.string().describe('Where in the state of the target'),
          written: z.string().exactOptional().describe('What we wrote; absent where we wrote nothing. Untrusted text'),
          found: z.string().exactOptional().describe('What is there now; absent where it is gone. Untrusted text'),
        }),
      )
      .min(1)
      .max(MAX_DIFFERENCES)
      .exactOptional()
      .describe('In a conflict: what of the live state is not as we wrote it'),
  })
  .refine(({ state, cause }) => cause !== undefined || !NEED_CAUSE.includes(state), {
    path: ['cause'],
    message: `expected a cause where the state is ${NEED_CAUSE.join(', ')}`,
  })
  .refine(({ state, differences }) => (state === 'conflict') === (differences !== undefined), {
    path: ['differences'],
    message: 'expected in a conflict, and only there',
  });

export const revocationEventSchema = eventEnvelope(
  REVOCATION_DETAIL_TYPES,
  lifecycleMetadata('Id of the revocation: one cut, from proposal to end'),
  revocationDataSchema,
).refine((event) => event['detail-type'] === detailTypeOf(event.detail.data.state), {
  path: ['detail', 'data', 'state'],
  message: 'expected the state that the detail-type tells; a conflict is told as Revocation Held',
});

/** Under which name a state is published. */
export function detailTypeOf(state: (typeof REVOCATION_STATES)[number]): (typeof REVOCATION_DETAIL_TYPES)[number] {
  return DETAIL_TYPE_OF_STATE[state];
}

const DETAIL_TYPE_OF_STATE: Readonly<
  Record<(typeof REVOCATION_STATES)[number], (typeof REVOCATION_DETAIL_TYPES)[number]>
> = {
  proposed: 'Revocation Proposed',
  approved: 'Revocation Approved',
  rejected: 'Revocation Rejected',
  applied: 'Revocation Applied',
  verified: 'Revocation Verified',
  effective: 'Revocation Effective',
  failed: 'Revocation Failed',
  held: 'Revocation Held',
  conflict: 'Revocation Held',
  expired: 'Revocation Expired',
  reverted: 'Revocation Reverted',
};
