import { readFile } from 'node:fs/promises';
import { decodeState, type PipelineState, StateVersionError } from '@portcullis/pipeline';
import { UsageError } from './errors.ts';

/**
 * Reads a state that a replay saved.
 *
 * @throws {UsageError} naming the option and the file
 */
export async function readState(file: string, option: string): Promise<PipelineState> {
  try {
    return decodeState(await readFile(file));
  } catch (cause) {
    if (cause instanceof StateVersionError || isSystemError(cause)) {
      throw new UsageError(`${option}: ${file} cannot be used: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
