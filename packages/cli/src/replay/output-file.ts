import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { access, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { batchLines } from '../line-writer.ts';

/**
 * Finds out before the work whether its result can be written after it.
 *
 * @throws {UsageError} naming the option
 */
export async function requireWritable(file: string, option: string): Promise<void> {
  try {
    const existing = await stat(file).catch(() => undefined);
    if (existing?.isDirectory()) throw new Error('it is a folder');
    await access(existing ? file : path.dirname(path.resolve(file)), constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${option}: ${file} cannot be written: ${reason}`, { cause });
  }
}

/** Writes beside the file and renames, so that a crash leaves the old state or the new one, never half of it. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const existing = await stat(file).catch(() => undefined);
  if (existing && !existing.isFile()) return writeFile(file, bytes);
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, bytes);
    await rename(beside, file);
  } catch (error) {
    await unlink(beside).catch(() => {});
    throw error;
  }
}

/** A file that grows line by line. Not touched before the first line or the end, whichever is first. */
export interface LineFile {
  write(line: string): void;
  close(): void;
}

export function lineFile(file: string): LineFile {
  let descriptor: number | undefined;
  const lines = batchLines((text) => {
    descriptor ??= openSync(file, 'w');
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  });
  return {
    write: lines.write,
    close() {
      lines.flush();
      closeSync(descriptor ?? openSync(file, 'w'));
    },
  };
}
