import * as z from 'zod';
import { actorSchema } from './anomaly.ts';
import { accountId, arn, eventEnvelope, instant, lifecycleMetadata } from './event-envelope.ts';
import { PERMISSION_REVIEW_DETAIL_TYPES, REVERSIBILITIES } from './names.ts';

/** Lists are cut here, so that an event stays far below what EventBridge takes. */
const MAX_LISTED = 200;
/** A principal can have this many managed policies attached. */
const MAX_DOCUMENTS = 20;
/** Of a managed policy, blanks aside; IAM refuses more. */
const MAX_DOCUMENT_CHARACTERS = 6144;

const count = z.int().min(0);

/** A principal that may do more than it does, and the policies that would be left. */
export const permissionReviewDataSchema = z
  .object({
    account: accountId.describe('Account of the principal'),
    actor: actorSchema.describe('Who is reviewed'),
    target: arn.describe('ARN of the role or user'),
    kind: z
      .enum(['narrow', 'unused'])
      .describe('narrow: less than it has would do. unused: nothing it may do was used in all of the record'),
    reason: z.string().min(1).describe('One sentence for people. Untrusted text'),
    observed: z
      .object({ from: instant, to: instant, activeDays: count })
      .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
        path: ['to'],
        message: 'expected no earlier than from',
      })
      .describe('What the review rests on'),
    actionsBefore: count.describe('Actions that its policies allow'),
    actionsAfter: count.describe('Actions that the proposed ones would'),
    riskBefore: z.number().min(0).describe('Harm that it could do; only to be compared with that of other reviews'),
    riskRemoved: z.number().min(0).describe('Share of it that the proposal takes away'),
    unusedActions: z.array(z.string()).max(MAX_LISTED).describe('Most harmful first'),
    moreUnusedActions: count.describe('How many are not listed'),
    unusedTrust: z
      .array(z.string())
      .max(MAX_LISTED)
      .describe('Principals that the role trusts and that never took it up'),
    replaces: z
      .array(z.string().min(1))
      .max(MAX_LISTED)
      .describe('Policies whose place is taken: ARN, or name if inline'),
    documents: z
      .array(
        z
          .string()
          .min(2)
          .max(2 * MAX_DOCUMENT_CHARACTERS),
      )
      .max(MAX_DOCUMENTS)
      .describe('The proposed policies, as JSON text'),
    checkedCalls: count.describe('Calls of the record that were put to the proposal; all of them still work'),
    reversible: z.enum(REVERSIBILITIES).describe('How faithfully applying it could be undone'),
  })
  .refine(({ actionsBefore, actionsAfter }) => actionsAfter <= actionsBefore, {
    path: ['actionsAfter'],
    message: 'expected no more than actionsBefore',
  })
  .refine(({ riskBefore, riskRemoved }) => riskRemoved <= riskBefore, {
    path: ['riskRemoved'],
    message: 'expected no more than riskBefore',
  });

export const permissionReviewEventSchema = eventEnvelope(
  PERMISSION_REVIEW_DETAIL_TYPES,
  lifecycleMetadata('Id of the review of one principal; the next one of it is a revision'),
  permissionReviewDataSchema,
);
