import type { EvidenceStore } from '@portcullis/pipeline/live';
import { cutEffect, type ResponsePorts } from '@portcullis/respond';

/**
 * Counts calls that were refused, and that a cut denies: attempts that it still blocks.
 *
 * What the logs leave undecided counts too: a lease that is renewed for nothing costs less than one that ends in an attack.
 */
export function blockedAttemptsIn(evidence: Pick<EvidenceStore, 'since'>): ResponsePorts['blockedAttempts'] {
  return async (cut, since) => {
    const effect = cutEffect(cut, since);
    const events = await evidence.since(cut.account, since);
    return events.filter((event) => {
      if (event.outcome !== 'denied') return false;
      const verdict = effect(event, undefined);
      return verdict === 'denied' || verdict === 'undecided';
    }).length;
  };
}
