import { readFile } from 'node:fs/promises';
import type { Decision } from '@portcullis/contract';
import { UsageError } from '../errors.ts';

/**
 * The decisions of all these files together.
 *
 * @throws {UsageError} where a file cannot be read
 * @throws {DecisionError} where a line cannot be used, with file and line
 */
export async function readDecisions(files: readonly string[]): Promise<readonly Decision[]> {
  if (files.length === 0) return [];
  const { parseDecisions } = await import('@portcullis/contract');
  const decisions: Decision[] = [];
  for (const file of files) decisions.push(...parseDecisions(await textOf(file), file));
  return decisions;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--decisions: ${file} cannot be read: ${reason}`, { cause });
  }
}
