import { open } from 'node:fs/promises';
import type { Decision } from '@portcullis/contract';
import { jsonLine } from '../terminal-text.ts';

/** Adds decisions to a file, each on a line of its own, also where the last line had no end. */
export async function appendDecisions(file: string, decisions: readonly Decision[]): Promise<void> {
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    const last = size === 0 ? undefined : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
    const lines = decisions.map(jsonLine).join('');
    await handle.write(last === undefined || last === '\n' ? lines : `\n${lines}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
