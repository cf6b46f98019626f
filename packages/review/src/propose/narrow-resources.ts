import { covers, overlap, withoutVariables } from '../policy/evaluate.ts';
import type { Statement } from '../policy/statement.ts';
import { allThings, type Place } from '../usage/thing-patterns.ts';
import type { ActionUse } from '../usage/usage.ts';

/** Most single things listed; beyond, their pattern says it shorter and breaks less. */
const MAX_LISTED = 12;
/** A common beginning that is shorter says nothing. */
const MIN_PREFIX = 3;

/** The days a record spans. */
export interface Span {
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * What of a statement's resources an action needs: `as-granted` where that cannot be told, an empty list where nothing that
 * the action touched is among them.
 *
 * Things are listed where they have been the same for the second half of the record. Where new ones still came up, the
 * pattern of their names is given if they have one, else all of their kind in the accounts and regions seen.
 */
export function narrowResources(
  action: string,
  use: ActionUse,
  { resources }: Statement,
  span: Span,
): readonly string[] | 'as-granted' {
  if (resources === undefined || use.unknownThings || use.things.size === 0) return 'as-granted';
  const wanted = needed(action, use, span);
  if (wanted === undefined) return 'as-granted';
  const narrowed = new Set<string>();
  for (const pattern of wanted) {
    for (const granted of resources) {
      const both = intersection(granted, pattern);
      if (both !== undefined) narrowed.add(both);
    }
  }
  const list = [...narrowed].sort();
  return isSame(list, resources) ? 'as-granted' : list;
}

/** The narrower of two patterns; what is granted where neither is within the other. `undefined` if they share nothing. */
function intersection(granted: string, wanted: string): string | undefined {
  if (/^\*+$/.test(granted) || covers(granted, wanted) === 'yes') return wanted;
  return overlap(withoutVariables(granted), wanted) ? granted : undefined;
}

function needed(action: string, { things }: ActionUse, { firstDay, lastDay }: Span): readonly string[] | undefined {
  const half = firstDay + (lastDay - firstDay) / 2;
  const settled = [...things.values()].every((thing) => thing.firstDay <= half);
  const patterns = [...things.keys()];
  if (settled && patterns.length <= MAX_LISTED) return patterns;
  const byPlace = Map.groupBy(patterns, (pattern) => pattern.split(':').slice(0, 5).join(':'));
  const widened = [...byPlace].flatMap(([place, ofPlace]) => {
    const prefix = commonPrefix(ofPlace);
    if (ofPlace.length > 2 && prefix.length >= place.length + 1 + MIN_PREFIX) return [`${prefix}*`];
    return [allThings(action, placeOf(place))];
  });
  return widened.every((pattern) => pattern !== undefined) ? widened : undefined;
}

function placeOf(head: string): Place {
  const [, partition = 'aws', , region = '', account = ''] = head.split(':');
  return { partition, region, account };
}

/** Up to a mark that ends a part of a name, beyond what all of a kind share. */
function commonPrefix(patterns: readonly string[]): string {
  let prefix = patterns[0] ?? '';
  for (const pattern of patterns) while (!pattern.startsWith(prefix)) prefix = prefix.slice(0, -1);
  const end = Math.max(...['-', '_', '.', '/', ':'].map((mark) => prefix.lastIndexOf(mark)));
  const kept = prefix.slice(0, end + 1);
  // `table/` or `function:` alone is the kind, not a name
  const name = kept
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(?:[A-Za-z-]+[/:])/, '');
  return name.length >= MIN_PREFIX ? kept : '';
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && [...other].sort().every((text, index) => text === one[index]);
}
