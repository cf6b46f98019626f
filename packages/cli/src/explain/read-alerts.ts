import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { type AnomalyEvent, ContractError, parseAlert } from '@portcullis/contract';
import { UsageError } from '../errors.ts';
import { isSystemError } from '../read-state.ts';

/**
 * Reads what `replay --json` printed: the newest revision of each episode, in order of first appearance.
 *
 * @param file - `-` for standard input
 * @throws {UsageError} naming the line that is no alert
 */
export async function readAlerts(file: string): Promise<readonly AnomalyEvent[]> {
  const newest = new Map<string, AnomalyEvent>();
  for (const [index, line] of (await contentOf(file)).split('\n').entries()) {
    if (line.trim() === '') continue;
    const event = alertOf(line, `${file === '-' ? 'standard input' : file}, line ${index + 1}`);
    const { id, revision } = event.detail.metadata;
    if (revision >= (newest.get(id)?.detail.metadata.revision ?? 0)) newest.set(id, event);
  }
  return [...newest.values()];
}

async function contentOf(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (cause) {
    if (isSystemError(cause)) throw new UsageError(`${file} cannot be read: ${cause.message}`, { cause });
    throw cause;
  }
}

function alertOf(line: string, where: string): AnomalyEvent {
  try {
    return parseAlert(JSON.parse(line));
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof ContractError) {
      throw new UsageError(`${where} is not an alert as replay --json prints it: ${cause.message}`, { cause });
    }
    throw cause;
  }
}
