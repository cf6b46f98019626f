import { ContractError } from './errors.ts';
import { pathText } from './path-text.ts';
import { portcullisEventSchema } from './portcullis-event.ts';
import type { PortcullisEvent } from './types.ts';

/**
 * Reads any event of Portcullis; `detail-type` tells them apart, also for the compiler.
 *
 * Fields of a later minor version are dropped, anything missing or wrong is an error. So is a `detail-type` of a later
 * version: who wants to pass over those asks `DETAIL_TYPES` first.
 *
 * @throws {ContractError} naming every place that is wrong
 * @example
 * const event = parseEvent(JSON.parse(line));
 * if (event['detail-type'] === 'Pipeline Impaired') event.detail.data.component; // => 'ingest-stream'
 */
export function parseEvent(value: unknown): PortcullisEvent {
  const result = portcullisEventSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ContractError(result.error.issues.map(({ path, message }) => ({ path: pathText(path), message })));
}
