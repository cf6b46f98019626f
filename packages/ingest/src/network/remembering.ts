import type { Network, NetworkLookup } from '@portcullis/event';

/**
 * Addresses remembered per generation: the busy ones of a large account. Two generations of ordinary
 * addresses take some 15 MB.
 */
const MAX_REMEMBERED = 32_768;

/**
 * Answers from memory what was asked lately, with the same object; asks `look` for the rest.
 *
 * Memory is bounded: a full generation is set aside and forgotten when the next one is full, so
 * addresses in use stay and a flood of new ones cannot grow it. An address that comes back after
 * some 65,000 others gets an equal object, not the same one.
 *
 * @param maxLength - longest text remembered
 */
export function remembering(look: NetworkLookup, maxLength: number): NetworkLookup {
  let young = new Map<string, Network>();
  let old = new Map<string, Network>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const network = old.get(text) ?? look(text);
    if (text.length > maxLength) return network;
    if (young.size >= MAX_REMEMBERED) {
      old = young;
      young = new Map();
    }
    young.set(text, network);
    return network;
  };
}
