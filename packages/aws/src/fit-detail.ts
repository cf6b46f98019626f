import type { PortcullisEvent } from '@portcullis/contract';

/** Targets and wrappers of EventBridge keep older limits than the bus; this passes all of them. */
const MAX_DETAIL_BYTES = 200 * 1024;
const LONGEST_TEXT = 256;

/**
 * The detail of an event as it travels, with its longest texts cut where it would not fit.
 *
 * Evidence is bounded in number, so only texts can be long: names that a caller chose. Numbers, ids and what else the
 * contract adds up stay as they are.
 *
 * @returns undefined where even that is above the limit
 */
export function fitDetail({ detail }: PortcullisEvent): string | undefined {
  const whole = JSON.stringify(detail);
  if (Buffer.byteLength(whole) <= MAX_DETAIL_BYTES) return whole;
  const cut = JSON.stringify(detail, (key, value: unknown) => (TEXTS.has(key) ? shortened(value) : value));
  return Buffer.byteLength(cut) <= MAX_DETAIL_BYTES ? cut : undefined;
}

/** Fields of free text; ids and ARNs are what people look things up by. */
const TEXTS = new Set(['title', 'observed', 'usual', 'reason', 'note', 'name']);

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > LONGEST_TEXT
    ? `${value.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`
    : value;
}
