import type { NetworkLookup } from '@portcullis/event';
import { createNormalizer } from './cloudtrail/normalize.ts';
import { ScannedRecord } from './cloudtrail/scanned-record.ts';
import type { LogGroupOf, LogKind } from './envelopes/log-group-of.ts';
import { openContainer } from './envelopes/open-container.ts';
import { createReadFinding } from './findings/read-finding.ts';
import { createLoggedFunctions } from './lambda/logged-function.ts';
import { type IngestLimits, limitsFrom } from './limits.ts';
import type { IngestResult } from './outcome.ts';

export interface IngestOptions {
  readonly network: NetworkLookup;
  /** Region of logs of functions that do not tell theirs. */
  readonly region?: string | undefined;
  /** Limits that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<IngestLimits>;
  /** Log groups whose subscriptions are taken; what others send is rejected by name. All are when absent. */
  readonly logSources?: readonly LogGroupOf[] | undefined;
}

export interface Ingest {
  /**
   * Opens one container, compressed or not, in whatever packaging, and normalizes what is in it.
   *
   * Never throws for what the bytes hold; the result does not hold on to them.
   *
   * @param precedingLines - lines of the same file in earlier containers, so that positions count on
   * @param holds - what it may hold; the rest is skipped as `other-log`. Anything when absent
   */
  container(bytes: Uint8Array, precedingLines?: number, holds?: LogKind): IngestResult;
}

/**
 * An ingest of its own: actors, actions and networks are shared objects within it, so use one for a whole
 * run.
 *
 * Throws `InvalidLimitError` for limits that cannot work.
 */
export function createIngest({ network, region, limits: overrides, logSources }: IngestOptions): Ingest {
  const limits = limitsFrom(overrides);
  const normalize = createNormalizer({ network });
  const functionOf = createLoggedFunctions();
  const readFinding = createReadFinding();
  const scanned = new ScannedRecord();
  return {
    container: (bytes, precedingLines = 0, holds) =>
      openContainer(bytes, {
        ...{ normalize, functionOf, readFinding, limits, scanned, logSources, region, precedingLines, holds },
      }),
  };
}
