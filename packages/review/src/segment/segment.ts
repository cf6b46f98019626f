import { matchesPattern } from '@portcullis/iam';
import { checkSegments } from './check-segments.ts';
import { contains } from './cidr.ts';
import type { TrafficRecord } from './collect-flows.ts';
import { type CarriedDemand, type Demands, demandsOf, memberCounts } from './demand.ts';
import { narrowRule } from './narrow-rule.ts';
import type { NetworkExport, NetworkInterface, SecurityGroup } from './network-export.ts';
import { ALL_PROTOCOLS, exposure, hasPorts, peerText, type Rule } from './rule.ts';

export interface SegmentSettings {
  /** Days of flow logs below which nothing is proposed, of the account and of the group's own traffic. */
  readonly minDays: number;
  /** Days on which a group, or a rule, has to have been in use for it to be narrowed. */
  readonly minActiveDays: number;
  /** Longest stretch of days without any flow log. */
  readonly maxGapDays: number;
  /** Names or ids of groups that are left alone; `*` stands for anything. */
  readonly keep: readonly string[];
}

export const DEFAULT_SEGMENT: SegmentSettings = {
  // As for permissions: a quarter, so that what happens once in one has happened
  minDays: 90,
  minActiveDays: 5,
  maxGapDays: 7,
  keep: ['*break-glass*', '*breakglass*', '*break_glass*', '*emergency*'],
};

type SegmentRefusal =
  | 'history-too-short'
  | 'gap-in-logs'
  | 'interfaces-unseen'
  | 'too-young'
  | 'seldom-used'
  | 'too-varied'
  | 'not-decidable'
  | 'attached-to-nothing'
  | 'kept-by-name';

/** What becomes of one rule. */
interface RuleChange {
  readonly rule: Rule;
  readonly kind: 'remove' | 'narrow' | 'keep';
  /** In its place, where it is narrowed. */
  readonly by: readonly Rule[];
  /** Days on which anything rested on it. */
  readonly activeDays: number;
  readonly lastDay: number | undefined;
  readonly why: 'unused' | 'narrower' | 'as-used' | 'seldom-used';
}

export type GroupReview = { readonly group: SecurityGroup; readonly members: number } & (
  | { readonly kind: 'refused'; readonly reason: SegmentRefusal; readonly detail: string }
  | {
      readonly kind: 'proposed' | 'tight';
      readonly changes: readonly RuleChange[];
      readonly exposureBefore: number;
      readonly exposureRemoved: number;
      readonly span: { readonly firstDay: number; readonly lastDay: number };
      readonly activeDays: number;
      readonly checked: { readonly kept: number; readonly broken: 0; readonly undecided: 0 };
    }
);

export interface Segmentation {
  /** Those with a proposal first, by what it takes. */
  readonly groups: readonly GroupReview[];
  readonly demands: Demands;
}

/** Proposes the narrowest rules that still allow what was seen, of each security group. Applies nothing. */
export function segment(
  network: NetworkExport,
  record: TrafficRecord,
  settings: SegmentSettings = DEFAULT_SEGMENT,
): Segmentation {
  const demands = demandsOf(record, network);
  const carriedBy = new Map<Rule, CarriedDemand[]>();
  const ofGroup = new Map<string, CarriedDemand[]>();
  for (const demand of demands.carried) {
    for (const carrier of demand.carriers) push(carriedBy, carrier, demand);
    for (const { id } of demand.groups) push(ofGroup, id, demand);
  }
  const members = Map.groupBy(
    network.interfaces.flatMap((one) => one.groups.map((id) => ({ id, one }))),
    ({ id }) => id,
  );
  const seen = new Set(record.ports.map(({ interfaceId }) => interfaceId));
  const ground = { carriedBy, membersOf: memberCounts(network.interfaces), membersIn: membersByVpc(network), record };
  const drafts = network.groups.map((group): GroupReview => {
    const own = members.get(group.id)?.map(({ one }) => one) ?? [];
    const used = ofGroup.get(group.id) ?? [];
    const refused = refusal(group, own, used, { record, seen, settings });
    if (refused !== undefined) return { group, members: own.length, kind: 'refused', ...refused };
    return draft(group, own.length, used, ground, settings);
  });
  const checked = withoutBroken(drafts, demands.carried, ofGroup);
  const removed = (one: GroupReview) => (one.kind === 'refused' ? -1 : one.exposureRemoved);
  return { groups: checked.sort((a, b) => removed(b) - removed(a) || (a.group.id < b.group.id ? -1 : 1)), demands };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}

function refusal(
  { id, name, account }: SecurityGroup,
  own: readonly NetworkInterface[],
  used: readonly CarriedDemand[],
  { record, seen, settings }: { record: TrafficRecord; seen: ReadonlySet<string>; settings: SegmentSettings },
): { readonly reason: SegmentRefusal; readonly detail: string } | undefined {
  const { minDays, minActiveDays, maxGapDays, keep } = settings;
  if (keep.some((pattern) => meansGroup({ id, name }, pattern))) return { reason: 'kept-by-name', detail: name };
  const days = [...(record.days.get(account) ?? [])].sort((a, b) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  const span = first === undefined || last === undefined ? 0 : last - first + 1;
  if (span < minDays)
    return { reason: 'history-too-short', detail: `${span} days of flow logs; ${minDays} are needed` };
  const gap = Math.max(0, ...days.slice(1).map((day, index) => day - (days[index] ?? day) - 1));
  if (gap > maxGapDays) return { reason: 'gap-in-logs', detail: `${gap} days without any flow log` };
  if (own.length === 0)
    return { reason: 'attached-to-nothing', detail: 'no interface is in it; delete it if that stays so' };
  const unseen = own.filter((one) => !seen.has(one.id));
  if (unseen.length > 0) {
    return {
      reason: 'interfaces-unseen',
      detail: `${unseen.length} of ${own.length} interfaces without any flow, ${unseen[0]?.id}`,
    };
  }
  if (own.some((one) => record.overflown.has(one.id))) {
    return { reason: 'too-varied', detail: 'more ports in use than are remembered' };
  }
  const since = Math.min(...used.map(({ use }) => use.firstDay));
  if (last === undefined || last - since + 1 < minDays) {
    return { reason: 'too-young', detail: `its traffic began less than ${minDays} days before the end of the record` };
  }
  const active = daysOf(used).size;
  if (active < minActiveDays) return { reason: 'seldom-used', detail: `in use on ${active} days` };
  return undefined;
}

function daysOf(demands: readonly CarriedDemand[]): ReadonlySet<number> {
  return new Set(demands.flatMap(({ use }) => [...use.days]));
}

/** What proposals of all groups rest on. */
interface Ground {
  readonly carriedBy: ReadonlyMap<Rule, readonly CarriedDemand[]>;
  readonly membersOf: (groupId: string) => number;
  /** Interfaces by VPC, then by group. */
  readonly membersIn: ReadonlyMap<string, ReadonlyMap<string, readonly NetworkInterface[]>>;
  readonly record: TrafficRecord;
}

function draft(
  group: SecurityGroup,
  members: number,
  used: readonly CarriedDemand[],
  { carriedBy, membersOf, membersIn, record }: Ground,
  { minActiveDays }: SegmentSettings,
): GroupReview {
  const days = [...(record.days.get(group.account) ?? [])];
  const span = { firstDay: Math.min(...days), lastDay: Math.max(...days) };
  const context = {
    vpcId: group.vpcId,
    members: membersIn.get(group.vpcId) ?? new Map(),
    settledBy: Math.floor((span.firstDay + span.lastDay) / 2),
  };
  const changes = group.rules.map((rule): RuleChange => {
    const demands = carriedBy.get(rule) ?? [];
    const active = daysOf(demands);
    const activeDays = active.size;
    const base = { rule, activeDays, lastDay: activeDays === 0 ? undefined : Math.max(...active) };
    if (activeDays === 0) return { ...base, kind: 'remove', by: [], why: 'unused' };
    if (activeDays < minActiveDays) return { ...base, kind: 'keep', by: [], why: 'seldom-used' };
    const by = tighter(rule, narrowRule(rule, demands, context), membersOf);
    return by === undefined
      ? { ...base, kind: 'keep', by: [], why: 'as-used' }
      : { ...base, kind: 'narrow', by, why: 'narrower' };
  });
  const total = (rules: readonly Rule[]) => rules.reduce((sum, rule) => sum + exposure(rule, membersOf), 0);
  const exposureBefore = total(group.rules);
  const removed = changes.reduce((sum, { rule, kind, by }) => {
    if (kind === 'keep') return sum;
    return sum + Math.max(0, exposure(rule, membersOf) - Math.max(0, ...by.map((one) => exposure(one, membersOf))));
  }, 0);
  return {
    group,
    members,
    kind: changes.some(({ kind }) => kind !== 'keep') ? 'proposed' : 'tight',
    changes,
    exposureBefore,
    exposureRemoved: removed,
    span,
    activeDays: daysOf(used).size,
    checked: { kept: used.length, broken: 0, undecided: 0 },
  };
}

/** The proposal, if each of its rules opens less than the one it comes from. */
function tighter(rule: Rule, by: readonly Rule[], membersOf: (groupId: string) => number): readonly Rule[] | undefined {
  const before = exposure(rule, membersOf);
  const unchanged = by.some((one) => peerText(one.peer) === peerText(rule.peer) && exposure(one, membersOf) >= before);
  return unchanged
    ? undefined
    : by.filter((one, index) => !by.some((other, at) => at !== index && opensAll(other, one, at < index)));
}

/** Whether one rule opens all that the other does, so that the other can go. */
function opensAll(one: Rule, other: Rule, first: boolean): boolean {
  const ports = !hasPorts(other.protocol) || (one.fromPort <= other.fromPort && one.toPort >= other.toPort);
  if (!ports || (one.protocol !== other.protocol && one.protocol !== ALL_PROTOCOLS)) return false;
  const same = peerText(one.peer) === peerText(other.peer);
  if (same) return first || one.fromPort < other.fromPort || one.toPort > other.toPort;
  return one.peer.kind === 'cidr' && other.peer.kind === 'cidr' && contains(one.peer.cidr, other.peer.cidr);
}

function membersByVpc({ interfaces }: NetworkExport): Ground['membersIn'] {
  const members = new Map<string, Map<string, NetworkInterface[]>>();
  for (const one of interfaces) {
    const here = members.get(one.vpcId) ?? new Map<string, NetworkInterface[]>();
    members.set(one.vpcId, here);
    for (const id of one.groups) push(here, id, one);
  }
  return members;
}

/** Takes back whatever proposal would break something, until nothing would. */
function withoutBroken(
  drafts: readonly GroupReview[],
  demands: readonly CarriedDemand[],
  ofGroup: ReadonlyMap<string, readonly CarriedDemand[]>,
): GroupReview[] {
  let reviews = [...drafts];
  for (;;) {
    const rules = new Map(reviews.map((one) => [one.group.id, rulesAfter(one)]));
    const rulesOf = (id: string) => rules.get(id) ?? [];
    const { broken, undecided } = checkSegments(demands, rulesOf);
    const blamed = new Set([...broken, ...undecided].flatMap(({ groups }) => groups.map(({ id }) => id)));
    const taken = reviews.filter(({ kind, group }) => kind === 'proposed' && blamed.has(group.id));
    if (taken.length === 0) {
      return reviews.map((one) =>
        one.kind === 'refused'
          ? one
          : { ...one, checked: { kept: ofGroup.get(one.group.id)?.length ?? 0, broken: 0, undecided: 0 } },
      );
    }
    reviews = reviews.map((one) =>
      taken.includes(one)
        ? {
            group: one.group,
            members: one.members,
            kind: 'refused',
            reason: 'not-decidable',
            detail: 'it cannot be shown that everything would go on working',
          }
        : one,
    );
  }
}

/** The rules of a group with its proposal in force. */
export function rulesAfter(review: GroupReview): readonly Rule[] {
  if (review.kind === 'refused') return review.group.rules;
  return review.changes.flatMap(({ rule, kind, by }) => (kind === 'keep' ? [rule] : by));
}

/** Whether a pattern means a group, by its id or name; `*` stands for anything. */
export function meansGroup({ id, name }: Pick<SecurityGroup, 'id' | 'name'>, pattern: string): boolean {
  return matchesPattern(pattern, id) || matchesPattern(pattern, name);
}
