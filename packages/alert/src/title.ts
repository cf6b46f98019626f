import type { Actor } from '@portcullis/event';
import type { DetectorId } from '@portcullis/score';
import type { WeighedEvidence } from './risk.ts';

const CLAUSES: Record<DetectorId, (count: number, first: string) => string> = {
  'log-tampering': (_count, first) => `tampered with logs (${first})`,
  'permission-change': (count) =>
    count === 1 ? 'gave power away as never before' : `gave power away in ${count} ways as never before`,
  'root-use': () => 'was used',
  'service-finding': (count, first) =>
    count === 1 ? `was reported for ${first}` : `was reported for ${count} findings of security services`,
  'role-chain': (count) =>
    count === 1 ? 'took up a role for the first time' : `took up ${count} roles for the first time`,
  'new-action': (count, first) =>
    count === 1 ? `used ${first} for the first time` : `used ${count} actions it has never used`,
  'new-service': (count, first) =>
    count === 1 ? `called ${first} for the first time` : `called ${count} services it has never called`,
  'data-rate': () => 'read far more than usual',
  'new-data': (count) => (count === 1 ? 'read what it has never read' : `read ${count} things it has never read`),
  'new-target': (count) =>
    count === 1 ? 'touched what it has never touched' : `touched ${count} things it has never touched`,
  'change-rate': () => 'changed far more than usual',
  'resource-spread': () => 'went through far more things than usual',
  'novelty-rate': () => 'did far more new things than usual',
  'call-rate': () => 'called far more often than usual',
  'denied-rate': () => 'was refused far more often than usual',
  'new-network': () => 'came from a network it has never used',
  'new-region': () => 'went to a region it has never used',
  'new-agent': () => 'called with a program it has never used',
  'new-session': () => 'named its session as never before',
  'unusual-hour': () => 'was active when it never is',
  'dormant-awake': () => 'woke after a long silence',
  'invocation-rate': () => 'ran far more often than usual',
  'invocation-length': () => 'ran longer or larger than usual',
  'invocation-errors': () => 'failed far more often than usual',
  'function-silence': () => 'fell silent',
  'unauthenticated-route': () => 'answered strangers where it never did',
  'credential-misuse': () => 'was called by known callers from where they never were',
  'new-caller': (count) =>
    count === 1 ? 'answered a caller it never knew' : `answered ${count} callers it never knew`,
  'path-enumeration': () => 'was gone through path by path',
  'status-mix': () => 'was asked, or refused and failed, far more than usual',
  'new-peer': (count) =>
    count === 1 ? 'connected to where it never did' : `connected in ${count} ways to where it never did`,
  'egress-volume': () => 'sent far more out than usual',
  'internal-fan-out': () => 'reached for far more private addresses than usual',
  'rejected-flows': () => 'had far more connections refused than usual',
  beaconing: () => 'began to contact a peer at even intervals',
};

/** Order of the clauses: what was done before how much, how and from where. */
const ORDER = Object.keys(CLAUSES) as readonly DetectorId[];

/** A title names the weightiest few; the evidence has them all. */
const MAX_CLAUSES = 4;

/** `Role orders-api used 3 actions it has never used and came from a network it has never used`. */
export function titleOf(actor: Actor, weighed: readonly WeighedEvidence[]): string {
  const weightiest = [...new Set(weighed.map(({ evidence }) => evidence.detector))].slice(0, MAX_CLAUSES);
  const clauses = ORDER.filter((detector) => weightiest.includes(detector)).map((detector) => {
    const mine = weighed.filter(({ evidence }) => evidence.detector === detector);
    return CLAUSES[detector](mine.length, mine[0]?.evidence.value ?? '');
  });
  const last = clauses.pop() ?? 'behaved as never before';
  const said = clauses.length === 0 ? last : `${clauses.join(', ')} and ${last}`;
  return `${actor.kind[0]?.toUpperCase()}${actor.kind.slice(1)} ${actor.name} ${said}`;
}
