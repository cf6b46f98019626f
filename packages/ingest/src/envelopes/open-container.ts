import type { ScannedRecord } from '../cloudtrail/scanned-record.ts';
import type { IngestLimits } from '../limits.ts';
import type { IngestResult } from '../outcome.ts';
import { decodeText } from './decode-text.ts';
import { gunzip, isGzip, release } from './gunzip.ts';
import type { LogGroupOf, LogKind } from './log-group-of.ts';
import { openRecords } from './open-records.ts';
import { openDamagedText, openRemainingRecords, openText } from './open-text.ts';
import type { FunctionOf, Normalize, Opening, Place, ReadFinding } from './opening.ts';
import { Tally, TallyFull } from './tally.ts';

export interface OpeningRules {
  readonly normalize: Normalize;
  readonly functionOf: FunctionOf;
  readonly readFinding: ReadFinding;
  /** Region of logs that do not tell theirs. */
  readonly region?: string | undefined;
  readonly limits: IngestLimits;
  readonly scanned: ScannedRecord;
  /** Subscriptions to other log groups are rejected; none is when absent. */
  readonly logSources?: readonly LogGroupOf[] | undefined;
  /** What the container may hold; the rest of it is skipped. Anything when absent. */
  readonly holds?: LogKind | undefined;
  /** Lines of the same file that came before; positions count on from there. */
  readonly precedingLines?: number;
}

/**
 * Opens one container, whatever it turns out to be, and normalizes every record in it. Never throws for
 * what the bytes hold.
 */
export function openContainer(bytes: Uint8Array, rules: OpeningRules): IngestResult {
  const { normalize, functionOf, readFinding, limits, scanned, logSources, region, precedingLines = 0 } = rules;
  const tally = new Tally(limits.records);
  if (bytes.length > limits.fileBytes) {
    tally.breakOff('file-too-large', `${bytes.length} bytes, limit fileBytes is ${limits.fileBytes}`);
    return tally.result();
  }
  try {
    const unpackableBytes = limits.decompressedBytes;
    const rest = { logSources, precedingLines, unpackableBytes, openPayload: openBytes };
    const opening = { normalize, functionOf, readFinding, limits, tally, scanned, ...rest };
    tally.only(rules.holds, () => openBytes(opening, bytes, { at: '', level: 0, region }));
  } catch (error) {
    if (!(error instanceof TallyFull)) {
      throw error;
    }
    tally.breakOff('too-many-records', error.message);
  }
  return tally.result();
}

function openBytes(opening: Opening, bytes: Uint8Array, place: Place): void {
  if (!isGzip(bytes)) {
    openPlainBytes(opening, bytes, place);
    return;
  }
  const { bytes: unpacked, failure } = gunzip(bytes, opening.unpackableBytes);
  opening.unpackableBytes = Math.max(1, opening.unpackableBytes - unpacked.length);
  if (failure === undefined) {
    openPlainBytes(opening, unpacked, place);
    release(unpacked);
    return;
  }
  if (unpacked.length > 0) {
    openDamagedText(opening, decodeText(unpacked), place);
  }
  opening.tally.breakOff(failure.reason, failure.message, place.at);
}

function openPlainBytes(opening: Opening, bytes: Uint8Array, place: Place): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unopened = openRecords(opening, buffer, place);
  if (unopened === undefined) {
    return;
  }
  if (unopened.index === 0) {
    openText(opening, decodeText(buffer), place);
  } else {
    openRemainingRecords(opening, buffer.toString('utf8', unopened.from), place, unopened.index);
  }
}
