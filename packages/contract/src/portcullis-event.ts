import * as z from 'zod';
import { anomalyEventSchema, emergingEventSchema } from './anomaly.ts';
import { permissionReviewEventSchema } from './permission-review.ts';
import { pipelineImpairedEventSchema } from './pipeline-impaired.ts';
import { revocationEventSchema } from './revocation.ts';

/** Everything that Portcullis publishes. */
export const portcullisEventSchema = z.discriminatedUnion('detail-type', [
  anomalyEventSchema,
  emergingEventSchema,
  revocationEventSchema,
  permissionReviewEventSchema,
  pipelineImpairedEventSchema,
]);
