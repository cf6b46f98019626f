import os from 'node:os';
import { UsageError } from '../errors.ts';

/**
 * Who decides: as named, else who runs the command.
 *
 * @throws {UsageError} where neither is known
 */
export function decidedBy(named: string | undefined): string {
  if (named !== undefined) return named;
  try {
    return os.userInfo().username;
  } catch (cause) {
    throw new UsageError('--by: nobody is known to run this command; say who decides', { cause });
  }
}
