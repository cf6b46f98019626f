import * as z from 'zod';
import { accountId, arn, baselineMetadata, eventEnvelope, instant } from './event-envelope.ts';
import { PERMISSION_REVIEW_DETAIL_TYPES, RETENTION_REASONS } from './names.ts';

const count = z.int().min(0);
const share = z.number().min(0);

export const permissionReviewDataSchema = z
  .object({
    account: accountId.describe('Account of the principal'),
    principal: z.object({
      arn,
      kind: z.enum(['role', 'user']),
      name: z.string().min(1).describe('For people. Untrusted text'),
    }),
    proposal: z
      .enum(['narrow', 'retire'])
      .describe('narrow: less than before. retire: never used by anybody; nothing would be left'),
    observed: z
      .object({ from: instant, to: instant, days: count, activeDays: count })
      .describe('What the proposal rests on; activeDays: days on which the principal did anything'),
    actions: z
      .object({ before: count, after: count, kept: z.partialRecord(z.enum(RETENTION_REASONS), count) })
      .describe('IAM actions allowed; kept: why those that stay do'),
    risk: z.object({ before: share, removed: share }).describe('On a scale of its own; ranks proposals'),
    checked: z
      .object({ kept: count, elsewhere: count, broken: z.literal(0), undecided: z.literal(0) })
      .describe('Observed calls put to the proposal; elsewhere: allowed by other than these policies'),
    replace: z.array(z.string().min(1)).describe('Policies whose place the documents take. Untrusted text'),
    documents: z
      .array(z.record(z.string(), z.unknown()))
      .describe('Policy documents, each within the size of a managed policy; none where `full` has them'),
    full: z
      .object({
        bucket: z.string().min(1),
        key: z.string().min(1).describe('Of JSON, with the data of this event in full'),
      })
      .exactOptional()
      .describe('Where all of a proposal is kept that a scheduled review made. Since 1.2'),
    unusedTrust: z.array(
      z.object({
        kind: z.string().min(1),
        name: z.string().min(1).describe('As the trust policy names it. Untrusted text'),
        reach: z.enum(['public', 'foreign-account', 'federation', 'own-account', 'service']),
      }),
    ),
  })
  .refine(({ actions: { before, after } }) => after <= before, {
    path: ['actions', 'after'],
    message: 'expected no more than before',
  })
  .refine(({ observed: { from, to } }) => Date.parse(from) <= Date.parse(to), {
    path: ['observed', 'to'],
    message: 'expected no earlier than from',
  });

/** A proposal to allow a principal less. Nothing is changed by it. */
export const permissionReviewEventSchema = eventEnvelope(
  PERMISSION_REVIEW_DETAIL_TYPES,
  baselineMetadata('Follows from the principal and the proposal: the same proposal is the same event again'),
  permissionReviewDataSchema,
);
