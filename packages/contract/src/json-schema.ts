import * as z from 'zod';
import { anomalyEventSchema } from './anomaly.ts';
import { decisionSchema } from './decision.ts';

/**
 * The contract for consumers outside TypeScript, as JSON Schema 2020-12.
 *
 * In the form of what a consumer receives: unknown fields are allowed, because a later minor
 * version may add them. Rules that span fields (evidence adds up to risk) have no JSON Schema form.
 */
export function anomalyJsonSchema(): object {
  return {
    ...z.toJSONSchema(anomalyEventSchema, { io: 'input', target: 'draft-2020-12' }),
    $id: 'urn:portcullis:anomaly-event:1',
    title: 'Portcullis anomaly event, version 1',
  };
}

/** One line of a decisions file, as JSON Schema 2020-12. Rules that span fields (from before to) have no form in it. */
export function decisionJsonSchema(): object {
  return {
    ...z.toJSONSchema(decisionSchema, { io: 'input', target: 'draft-2020-12' }),
    $id: 'urn:portcullis:decision:1',
    title: 'Portcullis decision, version 1',
  };
}
