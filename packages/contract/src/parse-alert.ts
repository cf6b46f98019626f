import { anomalyEventSchema } from './anomaly.ts';
import { ContractError } from './errors.ts';
import { pathText } from './path-text.ts';
import type { AnomalyEvent } from './types.ts';

/**
 * Reads an alert that came from outside: from the bus, a file, a table.
 *
 * Fields of a later minor version are dropped, anything missing or wrong is an error.
 *
 * @throws {ContractError} naming every place that is wrong
 * @example
 * parseAlert(JSON.parse(line)).detail.data.severity; // => 'HIGH'
 */
export function parseAlert(value: unknown): AnomalyEvent {
  const result = anomalyEventSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ContractError(result.error.issues.map(({ path, message }) => ({ path: pathText(path), message })));
}
