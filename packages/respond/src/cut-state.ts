import { createHash } from 'node:crypto';
import type { Json, JsonObject } from './api-call.ts';

/** The part of the account that a cut changes, as it was read: compared to know whether it is still as we wrote it. */
export type CutState = JsonObject;

/** One place where two states differ. */
export interface Difference {
  readonly path: string;
  readonly written?: string;
  readonly found?: string;
}

/** Equal states have equal hashes, whatever order their members were read in. */
export function stateHash(state: CutState): string {
  return createHash('sha256').update(canonicalText(state)).digest('hex');
}

export function sameState(one: Json | undefined, other: Json | undefined): boolean {
  return canonicalText(one) === canonicalText(other);
}

/** What of `found` is not as written, member by member. */
export function differencesOf(written: CutState, found: CutState): readonly Difference[] {
  const names = [...new Set([...Object.keys(written), ...Object.keys(found)])].sort();
  return names
    .filter((name) => !sameState(written[name], found[name]))
    .map((name) => ({
      path: name,
      ...(written[name] === undefined ? {} : { written: canonicalText(written[name]) }),
      ...(found[name] === undefined ? {} : { found: canonicalText(found[name]) }),
    }));
}

/**
 * Whether a state is one that we may have left half way: each member, and each member of those, is as it was before or as we meant it.
 * Then taking it back undoes nobody else's work.
 */
export function isBetween(before: Json | undefined, after: Json | undefined, found: Json | undefined): boolean {
  if (sameState(found, before) || sameState(found, after)) return true;
  if (!isObject(found) || !isObject(before) || !isObject(after)) return false;
  const names = new Set([before, after, found].flatMap((state) => Object.keys(state)));
  return [...names].every((name) => isBetween(before[name], after[name], found[name]));
}

export function canonicalText(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
