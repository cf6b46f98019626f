import { resourceKindOf } from '@portcullis/iam';
import { covers, overlap, withoutVariables } from '../policy/evaluate.ts';
import type { Statement } from '../policy/statement.ts';
import { allThings, type Place } from '../usage/thing-patterns.ts';
import type { ActionUse, PrincipalUsage, ThingUse } from '../usage/usage.ts';

/** Most single things listed; beyond, their pattern says it shorter and breaks less. */
const MAX_LISTED = 12;
/** A common beginning that is shorter says nothing. */
const MIN_PREFIX = 3;

/** The days a record spans. */
export interface Span {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Things of one kind, by ARN pattern, with the day each was first touched. */
export type Things = ReadonlyMap<string, Pick<ThingUse, 'firstDay'>>;

/**
 * What a principal touched, by kind of thing: who describes one table and writes another will want to describe that one
 * too. `undefined` for an action of which some call touched what the log does not tell.
 */
export function thingsByKind({ actions }: PrincipalUsage): (action: string) => Things | undefined {
  const byKind = new Map<string, Map<string, Pick<ThingUse, 'firstDay'>>>();
  for (const [action, { things }] of actions) {
    const key = kindKey(action);
    const known = byKind.get(key) ?? new Map();
    byKind.set(key, known);
    for (const [thing, { firstDay }] of things) {
      known.set(thing, { firstDay: Math.min(firstDay, known.get(thing)?.firstDay ?? firstDay) });
    }
  }
  return (action) => {
    const use: ActionUse | undefined = actions.get(action);
    return use === undefined || use.unknownThings || use.things.size === 0 ? undefined : byKind.get(kindKey(action));
  };
}

function kindKey(action: string): string {
  return `${action.slice(0, action.indexOf(':'))} ${resourceKindOf(action)?.kind ?? action}`;
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
  things: Things,
  { resources }: Statement,
  span: Span,
): readonly string[] | 'as-granted' {
  if (resources === undefined) return 'as-granted';
  const wanted = needed(action, things, span);
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

function needed(action: string, things: Things, { firstDay, lastDay }: Span): readonly string[] | undefined {
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
