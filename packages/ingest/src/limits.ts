import { InvalidLimitError } from './errors.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What one container may cost. A container beyond a limit is rejected by name, never read in part in silence. */
export interface IngestLimits {
  /** Bytes as stored. CloudTrail's own objects stay below 10 MiB; joined exports reach some hundred. */
  readonly fileBytes: number;
  /**
   * Bytes after decompression, summed over everything unpacked from one container, so that many small
   * payloads cannot do together what one may not. Deflate packs up to 1,032 to 1; parsed JSON takes
   * about three times its text, so the default peaks near 1 GiB.
   */
  readonly decompressedBytes: number;
  /**
   * Bytes of one record. CloudTrail cuts an event at 256 KiB (1 MiB when enriched); a payload that
   * packs many records, such as one line with a whole `{"Records": []}`, is not a record.
   * Containers smaller than this need no measuring, so keep it above the usual 1 to 2 MiB.
   */
  readonly recordBytes: number;
  /**
   * Levels of arrays and objects in a record. Real records stay below 20; JSON.stringify fails near 4,000.
   * A record shorter than twice this many bytes cannot be too deep, so most need no look.
   */
  readonly recordDepth: number;
  /** Levels of packaging, arrays included. Kinesis > logs subscription > EventBridge > record is 4. */
  readonly envelopeDepth: number;
  /** Records in one container. Even `{}` costs an outcome of its own, at 3 bytes of input. */
  readonly records: number;
}

export const DEFAULT_LIMITS: IngestLimits = {
  fileBytes: 256 * MIB,
  decompressedBytes: 256 * MIB,
  recordBytes: 4 * MIB,
  recordDepth: 1000,
  envelopeDepth: 8,
  records: 1_000_000,
};

/** Fills in the defaults. Throws `InvalidLimitError` for what is not a whole number of at least 1. */
export function limitsFrom(overrides: Partial<IngestLimits> = {}): IngestLimits {
  const limits = { ...DEFAULT_LIMITS, ...overrides };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InvalidLimitError(name, value, DEFAULT_LIMITS[name as keyof IngestLimits]);
    }
  }
  return limits;
}
