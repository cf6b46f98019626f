import type { CarriedDemand } from './demand.ts';
import { type NarrowContext, narrowPeers } from './narrow-peers.ts';
import { ALL_PROTOCOLS, hasPorts, type Rule, type RulePeer } from './rule.ts';

interface PortRange {
  readonly fromPort: number;
  readonly toPort: number;
}

/** Ports closer than this are one range: a service that takes the next free one takes a near one. */
const NEAR = 10;
const MAX_RANGES = 6;
/** Rules in place of one; EC2 takes 60 a direction by default. */
const MAX_RULES = 12;

/** Rules that open what the demands need and nothing that the given one does not; the given one alone where that is it. */
export function narrowRule(rule: Rule, demands: readonly CarriedDemand[], context: NarrowContext): readonly Rule[] {
  const ports = [...Map.groupBy(demands, ({ protocol }) => protocol)].sort(([a], [b]) => a - b);
  // A protocol that only the second half of the record has: others may follow
  const late = ports.some(([, of]) => of.every(({ use }) => use.firstDay > context.settledBy));
  if (rule.protocol === ALL_PROTOCOLS && late) return narrowed(rule, [[rule, demands]], context);
  const parts = ports.flatMap(([protocol, of]): (readonly [Rule, readonly CarriedDemand[]])[] =>
    rangesOf(rule, protocol, of, context.settledBy).map((range) => [
      { ...withoutText(rule, protocol), protocol, ...range },
      of.filter(({ port }) => !hasPorts(protocol) || (port >= range.fromPort && port <= range.toPort)),
    ]),
  );
  return narrowed(rule, parts, context);
}

/** Types of ICMP stay as they are: flow logs do not tell them. */
function withoutText(rule: Rule, protocol: number): Rule {
  return protocol === rule.protocol && !hasPorts(protocol) ? rule : { ...rule, written: undefined };
}

function narrowed(
  rule: Rule,
  parts: readonly (readonly [Rule, readonly CarriedDemand[]])[],
  context: NarrowContext,
): readonly Rule[] {
  const each = parts.flatMap(([part, of]) => narrowPeers(rule, of, context).map((peer): Rule => ({ ...part, peer })));
  if (each.length <= MAX_RULES) return each;
  const peers: readonly RulePeer[] = narrowPeers(
    rule,
    parts.flatMap(([, of]) => of),
    context,
  );
  const kept = peers.length * parts.length <= MAX_RULES ? peers : [rule.peer];
  return parts.flatMap(([part]) => kept.map((peer): Rule => ({ ...part, peer })));
}

/** Ranges of ports in use, or all that the rule has where new ones went on showing. */
function rangesOf(
  rule: Rule,
  protocol: number,
  demands: readonly CarriedDemand[],
  settledBy: number,
): readonly PortRange[] {
  const all = rule.protocol === ALL_PROTOCOLS ? { fromPort: 0, toPort: 65_535 } : rule;
  const whole = [{ fromPort: all.fromPort, toPort: all.toPort }];
  if (!hasPorts(protocol)) return whole;
  const early = joined(demands.filter(({ use }) => use.firstDay <= settledBy).map(({ port }) => port));
  const settled = demands.every(({ port }) => early.some(({ fromPort, toPort }) => port >= fromPort && port <= toPort));
  return settled ? early : whole;
}

function joined(ports: readonly number[]): readonly PortRange[] {
  const ranges = [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ fromPort: port, toPort: port }));
  for (;;) {
    let closest = -1;
    let gap = Number.POSITIVE_INFINITY;
    for (const [index, { fromPort }] of ranges.entries()) {
      const between = fromPort - (ranges[index - 1]?.toPort ?? Number.NEGATIVE_INFINITY);
      if (between < gap) [closest, gap] = [index, between];
    }
    const [before, next] = [ranges[closest - 1], ranges[closest]];
    if (before === undefined || next === undefined || (gap > NEAR && ranges.length <= MAX_RANGES)) return ranges;
    ranges.splice(closest - 1, 2, { fromPort: before.fromPort, toPort: next.toPort });
  }
}
