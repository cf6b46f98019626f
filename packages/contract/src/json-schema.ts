import * as z from 'zod';
import { anomalyEventSchema, emergingEventSchema } from './anomaly.ts';
import { decisionSchema } from './decision.ts';
import { permissionReviewEventSchema } from './permission-review.ts';
import { pipelineImpairedEventSchema } from './pipeline-impaired.ts';
import { revocationEventSchema } from './revocation.ts';

/**
 * The contract for consumers outside TypeScript, as JSON Schema 2020-12.
 *
 * In the form of what a consumer receives: unknown fields are allowed, because a later minor
 * version may add them. Rules that span fields (evidence adds up to risk) have no JSON Schema form.
 */
export function anomalyJsonSchema(): object {
  return jsonSchema(anomalyEventSchema, 'anomaly event');
}

/** `Anomaly Emerging`, as JSON Schema 2020-12. */
export function emergingJsonSchema(): object {
  return jsonSchema(emergingEventSchema, 'emerging event');
}

/** `Revocation *`, as JSON Schema 2020-12. That state and detail-type agree has no form in it. */
export function revocationJsonSchema(): object {
  return jsonSchema(revocationEventSchema, 'revocation event');
}

/** `Permission Review Proposed`, as JSON Schema 2020-12. */
export function permissionReviewJsonSchema(): object {
  return jsonSchema(permissionReviewEventSchema, 'permission review event');
}

/** `Pipeline Impaired`, as JSON Schema 2020-12. */
export function pipelineImpairedJsonSchema(): object {
  return jsonSchema(pipelineImpairedEventSchema, 'pipeline impaired event');
}

/** One line of a decisions file, as JSON Schema 2020-12. Rules that span fields (from before to) have no form in it. */
export function decisionJsonSchema(): object {
  return jsonSchema(decisionSchema, 'decision');
}

function jsonSchema(schema: z.ZodType, name: string): object {
  return {
    ...z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }),
    $id: `urn:portcullis:${name.replaceAll(' ', '-')}:1`,
    title: `Portcullis ${name}, version 1`,
  };
}
