import type { ResponsePolicy } from '@portcullis/config';
import { loadValue } from './load-settings.ts';

/**
 * A response policy: JSON, or a module whose default export holds it.
 *
 * @throws {ConfigurationError} also when the file cannot be read or run
 */
export async function loadResponsePolicy(file: string): Promise<ResponsePolicy> {
  const { parseResponsePolicy } = await import('@portcullis/config');
  return parseResponsePolicy(await loadValue(file), file);
}
