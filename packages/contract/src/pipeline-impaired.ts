import * as z from 'zod';
import { severitySchema } from './anomaly.ts';
import { accountId, eventEnvelope, instant, kebabId, lifecycleMetadata } from './event-envelope.ts';
import { PIPELINE_DETAIL_TYPES } from './names.ts';

/** Something keeps the pipeline from seeing or telling; while it lasts, no alert is no proof of quiet. */
export const pipelineImpairedDataSchema = z
  .object({
    component: kebabId.describe('Which part: ingest-stream, score-stream, publish-outbox, responder'),
    reason: kebabId.describe('What is wrong: silence, lag, tampering, canary-missed, rejects, delivery-failed, brake'),
    account: accountId.exactOptional().describe('Account whose logs are concerned; absent where it is all of them'),
    region: z.string().min(1).exactOptional().describe('Region whose logs are concerned; absent where it is all'),
    severity: severitySchema,
    since: instant.describe('Since when'),
    until: instant
      .exactOptional()
      .describe('Set in the last revision: it works again. What happened between is read late'),
    lastEventAt: instant.exactOptional().describe('Time of the last event that came through'),
    detail: z.string().min(1).describe('What was seen and what to do, for people. Untrusted text'),
  })
  .refine(({ since, until }) => until === undefined || Date.parse(since) <= Date.parse(until), {
    path: ['until'],
    message: 'expected no earlier than since',
  });

export const pipelineImpairedEventSchema = eventEnvelope(
  PIPELINE_DETAIL_TYPES,
  lifecycleMetadata('Id of the impairment: the same component, reason, account and region, until it works again'),
  pipelineImpairedDataSchema,
);
