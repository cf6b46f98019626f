import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { EPOCH_MS, type EpochIndex, epochStart, isoTime, MINUTE_MS } from '@portcullis/event';
import type { Organization } from '../organization.ts';
import type { SimulatedRecord } from '../world.ts';
import { functionHours, functionLogData } from './function-logs.ts';

/**
 * Writes the logs of all functions of a world, an hour of one function a file, named by when it was delivered.
 *
 * @returns how many files
 */
export function writeFunctionLogs(
  folder: string,
  organization: Organization,
  records: Iterable<SimulatedRecord>,
  seed: number,
): number {
  let files = 0;
  for (const hour of functionHours(organization, records, seed)) {
    const { member, epoch, runs } = hour;
    if (runs === 0) continue;
    const of = path.join(folder, member.account.id);
    const stamp = deliveredAt(epoch);
    mkdirSync(of, { recursive: true });
    const name = `${member.id.slice(member.id.lastIndexOf('/') + 1)}_${stamp}_${epoch}.json.gz`;
    writeFileSync(path.join(of, name), gzipSync(JSON.stringify(functionLogData(hour, seed))));
    files += 1;
  }
  return files;
}

/** `20260302T1101Z`: a minute after the hour. */
function deliveredAt(epoch: EpochIndex): string {
  const written = isoTime(epochStart(epoch) + EPOCH_MS + MINUTE_MS).replace(/[-:]/g, '');
  return `${written.slice(0, 'YYYYMMDDTHHmm'.length)}Z`;
}
