import * as z from 'zod';
import { EVENT_SOURCE } from './names.ts';

/** 12 digits; `unknown` where a log does not tell. */
export const accountId = z
  .string()
  .regex(/^(\d{12}|unknown)$/, 'expected 12 digits or "unknown"')
  .describe('AWS account id: 12 digits, or "unknown" where the log does not tell');

/** Whole seconds or milliseconds, always UTC, as `isoTime` of `@portcullis/event` writes it. */
export const instant = z.iso.datetime().describe('ISO 8601 in UTC: 2026-11-23T10:15:00Z');

export const metadataSchema = z
  .object({
    schemaVersion: z
      .string()
      .regex(/^1\.\d+$/, 'expected version 1.x')
      .describe('Version of this shape; a higher minor only adds fields'),
    id: z
      .string()
      .min(1)
      .describe('Id of the episode; the same through its whole life and in a replay of the same logs'),
    revision: z.int().min(1).describe('Counts the events of one id from 1'),
    idempotencyKey: z.string().min(1).describe('"<id>:<revision>": equal keys mean the same event delivered again'),
    mode: z.enum(['live', 'replay', 'dry-run']).describe('The lane that produced the event'),
    configVersion: z.string().min(1).describe('Hash of the settings in force'),
    baselineVersion: z.string().min(1).describe('Version of the baseline format and of its starting state'),
    producedAt: instant.describe('When the event was made. In a replay: event time'),
  })
  .refine(({ id, revision, idempotencyKey }) => idempotencyKey === `${id}:${revision}`, {
    path: ['idempotencyKey'],
    message: 'expected "<id>:<revision>"',
  });

/**
 * An EventBridge event with `detail` of `metadata` and `data`.
 *
 * EventBridge itself sets `id`, `account`, `region` and `time` to the publisher's, so they are
 * transport: filter on `detail.data`. Unknown fields are allowed everywhere and dropped by parsing,
 * which is what makes additive changes harmless.
 */
export function eventEnvelope<const Name extends string, Data extends z.ZodType>(
  detailTypes: readonly Name[],
  data: Data,
) {
  return z.object({
    version: z.literal('0'),
    id: z.string().min(1),
    source: z.literal(EVENT_SOURCE),
    'detail-type': z.enum(detailTypes),
    account: accountId,
    region: z.string().min(1),
    time: instant,
    resources: z.array(z.string()).describe('ARNs of the actors concerned, where they have one'),
    detail: z.object({ metadata: metadataSchema, data }),
  });
}
