import * as z from 'zod';
import { EVENT_SOURCE, MODES } from './names.ts';

/** 12 digits; `unknown` where a log does not tell. */
export const accountId = z
  .string()
  .regex(/^(\d{12}|unknown)$/, 'expected 12 digits or "unknown"')
  .describe('AWS account id: 12 digits, or "unknown" where the log does not tell');

/** Whole seconds or milliseconds, always UTC, as `isoTime` of `@portcullis/event` writes it. */
export const instant = z.iso.datetime().describe('ISO 8601 in UTC: 2026-11-23T10:15:00Z');

/** ARN of what is concerned. */
export const arn = z.string().startsWith('arn:');

/** Stable names for machines. New ones may come with any version, so they are no closed list. */
export const kebabId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a kebab-case id');

export const signatureSchema = z
  .object({
    keyId: z.string().min(1).describe('Names the key; take the public key itself from where you trust it'),
    algorithm: z.literal('ECDSA_SHA_256').describe('ECDSA on P-256 over SHA-256, DER-encoded'),
    value: z.base64().min(1).describe('Over the canonical form of source, detail-type, resources and detail'),
  })
  .describe('By the publisher; see docs/subscribe.md. Since 1.2');

const EPISODE_ID = 'Id of the episode; the same through its whole life and in a replay of the same logs';

/** Of anomalies. */
export const metadataSchema = z
  .object({ ...identity(EPISODE_ID), baselineVersion: baselineVersion(), ...making() })
  .refine(({ id, revision, idempotencyKey }) => idempotencyKey === `${id}:${revision}`, {
    path: ['idempotencyKey'],
    message: 'expected "<id>:<revision>"',
  });

/** Of what emerges: revisions count on their own, so their keys differ from those of the anomaly. */
export const emergingMetadataSchema = z
  .object({
    ...identity('Id of the episode, as the Anomaly Detected that follows will have it', '<id>:emerging:<revision>'),
    baselineVersion: baselineVersion(),
    ...making(),
  })
  .refine(({ id, revision, idempotencyKey }) => idempotencyKey === `${id}:emerging:${revision}`, {
    path: ['idempotencyKey'],
    message: 'expected "<id>:emerging:<revision>"',
  });

/** Of what is not about an episode. @param id - what `metadata.id` names */
export function lifecycleMetadata(id: string) {
  return z
    .object({ ...identity(id), ...making() })
    .refine(({ id, revision, idempotencyKey }) => idempotencyKey === `${id}:${revision}`, {
      path: ['idempotencyKey'],
      message: 'expected "<id>:<revision>"',
    });
}

function identity(id: string, key = '<id>:<revision>') {
  return {
    schemaVersion: z
      .string()
      .regex(/^1\.\d+$/, 'expected version 1.x')
      .describe('Version of this shape; a higher minor only adds fields'),
    id: z.string().min(1).describe(id),
    revision: z.int().min(1).describe('Counts the events of one id from 1'),
    idempotencyKey: z.string().min(1).describe(`"${key}": equal keys mean the same event delivered again`),
    mode: z.enum(MODES).describe('The lane that produced the event'),
    configVersion: z.string().min(1).describe('Hash of the settings in force'),
  };
}

function baselineVersion() {
  return z.string().min(1).describe('Version of the baseline format and of its starting state');
}

function making() {
  return {
    producedAt: instant.describe('When the event was made. In a replay: event time'),
    signature: signatureSchema.exactOptional(),
  };
}

/**
 * An EventBridge event with `detail` of `metadata` and `data`.
 *
 * EventBridge itself sets `id`, `account`, `region` and `time` to the publisher's, so they are
 * transport: filter on `detail.data`. Unknown fields are allowed everywhere and dropped by parsing,
 * which is what makes additive changes harmless.
 */
export function eventEnvelope<const Name extends string, Metadata extends z.ZodType, Data extends z.ZodType>(
  detailTypes: readonly Name[],
  metadata: Metadata,
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
    detail: z.object({ metadata, data }),
  });
}
