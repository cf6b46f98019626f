import type { CarriedDemand } from './demand.ts';
import { covers, peerText, type Rule } from './rule.ts';

/** What became of the observed conversations under other rules. */
export interface SegmentCheck {
  readonly kept: number;
  /** Were allowed, and would not be. */
  readonly broken: readonly CarriedDemand[];
  /** Were surely allowed, and would only perhaps be. */
  readonly undecided: readonly CarriedDemand[];
}

/**
 * Puts every demand to the rules as they would be.
 *
 * What rests on references and lists that the exports do not spell out is kept where the same peer still gets the same port.
 */
export function checkSegments(
  demands: readonly CarriedDemand[],
  rulesOf: (groupId: string) => readonly Rule[],
): SegmentCheck {
  const broken: CarriedDemand[] = [];
  const undecided: CarriedDemand[] = [];
  for (const demand of demands) {
    const rules = demand.groups
      .flatMap(({ id }) => rulesOf(id))
      .filter(({ direction }) => direction === demand.direction);
    const of = (rule: Rule) => covers(rule, demand.protocol, demand.port, demand.peer);
    if (rules.some((rule) => of(rule) === 'yes')) continue;
    if (!demand.sure) {
      const open = (carrier: Rule) =>
        rules.some(
          (rule) =>
            rule.groupId === carrier.groupId &&
            peerText(rule.peer) === peerText(carrier.peer) &&
            covers({ ...rule, peer: demand.carriers[0]?.peer ?? rule.peer }, demand.protocol, demand.port, {
              ...demand.peer,
              groups: undefined,
            }) !== 'no',
        );
      if (!demand.carriers.every(open)) broken.push(demand);
      continue;
    }
    if (rules.some((rule) => of(rule) === 'maybe')) undecided.push(demand);
    else broken.push(demand);
  }
  return { kept: demands.length - broken.length - undecided.length, broken, undecided };
}
