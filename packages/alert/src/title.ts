import type { Actor } from '@portcullis/event';
import type { DetectorId } from '@portcullis/score';
import type { WeighedEvidence } from './risk.ts';

const CLAUSES: Record<DetectorId, (count: number, first: string) => string> = {
  'log-tampering': (_count, first) => `tampered with logs (${first})`,
  'permission-change': (count) =>
    count === 1 ? 'gave power away as never before' : `gave power away in ${count} ways as never before`,
  'new-action': (count, first) =>
    count === 1 ? `used ${first} for the first time` : `used ${count} actions it has never used`,
  'call-rate': () => 'called far more often than usual',
  'new-network': () => 'came from a network it has never used',
};

/** Order of the clauses: what was done before how and from where. */
const ORDER: readonly DetectorId[] = ['log-tampering', 'permission-change', 'new-action', 'call-rate', 'new-network'];

/** `Role orders-api used 3 actions it has never used and came from a network it has never used`. */
export function titleOf(actor: Actor, weighed: readonly WeighedEvidence[]): string {
  const clauses = ORDER.flatMap((detector) => {
    const mine = weighed.filter(({ evidence }) => evidence.detector === detector);
    const [first] = mine;
    return first === undefined ? [] : [CLAUSES[detector](mine.length, first.evidence.value)];
  });
  const last = clauses.pop() ?? 'behaved as never before';
  const said = clauses.length === 0 ? last : `${clauses.join(', ')} and ${last}`;
  return `${actor.kind[0]?.toUpperCase()}${actor.kind.slice(1)} ${actor.name} ${said}`;
}
