import type { ActivityEvent, Actor } from '@portcullis/event';
import type { UsualBehavior } from './response-state.ts';

/** Sessions and principals followed; beyond it a person has to look. */
const MAX_FOLLOWED = 50;

/** A principal that the attacker became, and by which sessions. */
export interface FollowedPrincipal {
  /** ARN as the log shows it; role or user. */
  readonly arn: string;
  /** Known once it has acted. */
  readonly actor: Actor | undefined;
  /** `AROAEXAMPLE:name`, of sessions opened in the episode. */
  readonly sessions: readonly string[];
  /** It did not exist before. */
  readonly created: boolean;
  readonly events: readonly ActivityEvent[];
}

/** Where the attacker went from the events of an alert. */
export interface Trail {
  /** All events that are the attacker's, oldest first. */
  readonly events: readonly ActivityEvent[];
  /** Beside the actor of the alert. */
  readonly principals: readonly FollowedPrincipal[];
  /** Public addresses that are unusual for the actor. */
  readonly addresses: readonly string[];
  /** Access keys created in the episode, by user name. */
  readonly newKeys: ReadonlyMap<string, readonly string[]>;
  /** There was more than is followed. */
  readonly cut: boolean;
}

/**
 * Follows sessions and credentials that were minted in the episode, and those minted by them.
 *
 * What a key does counts as the attacker's if the key was minted by the attacker; what the key of the actor itself does only from
 * addresses that are not usual for it, since the owner goes on working with it.
 *
 * @param since - in any order; what happened from the first evidence on
 */
export function followAttacker(
  evidence: readonly ActivityEvent[],
  since: readonly ActivityEvent[],
  usual: UsualBehavior,
): Trail {
  const foreign = new Set(evidence.filter((event) => isForeign(event, usual)).map(({ network }) => network.address));
  const byId = new Map(evidence.map((event) => [event.id, event]));
  const ownKeys = new Set(evidence.flatMap(({ accessKeyId }) => accessKeyId ?? []));
  const minted = new Map<string, ActivityEvent>();
  const ordered = [...new Map([...since, ...evidence].map((event) => [event.id, event])).values()].sort(byTime);
  const first = evidence.reduce((earliest, { time }) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
  for (const event of ordered) {
    if (event.time < first) continue;
    const key = event.accessKeyId;
    const isTheirs =
      byId.has(event.id) ||
      (key !== undefined && minted.has(key)) ||
      (key !== undefined && ownKeys.has(key) && foreign.has(event.network.address));
    if (!isTheirs) continue;
    byId.set(event.id, event);
    if (event.outcome === 'success' && event.minted !== undefined && minted.size < MAX_FOLLOWED) {
      minted.set(event.minted.accessKeyId, event);
    }
  }
  const events = [...byId.values()].sort(byTime);
  return {
    events,
    principals: principalsOf(events, minted),
    addresses: [...foreign].sort(),
    newKeys: newKeysOf(events),
    cut: minted.size >= MAX_FOLLOWED,
  };
}

/**
 * From a public address that the actor never calls from. A workload gets new addresses of its provider all the time, and would lose
 * its own with them: there the provider has to be unusual too.
 */
function isForeign({ network, actor }: ActivityEvent, usual: UsualBehavior): boolean {
  if (network.kind !== 'public' || usual.hasNetwork(network.prefix)) return false;
  const isWorkload = actor.kind === 'function' || actor.kind === 'role';
  return !isWorkload || network.owner === undefined || !usual.hasOwner(network.owner);
}

function principalsOf(
  events: readonly ActivityEvent[],
  minted: ReadonlyMap<string, ActivityEvent>,
): readonly FollowedPrincipal[] {
  const found = new Map<string, { actor?: Actor; sessions: Set<string>; created: boolean; events: ActivityEvent[] }>();
  const entry = (arn: string) => {
    const known = found.get(arn) ?? { sessions: new Set(), created: false, events: [] };
    found.set(arn, known);
    return known;
  };
  const alerted = new Set(
    events.filter(({ accessKeyId }) => !minted.has(accessKeyId ?? '')).map(({ actor }) => actor.id),
  );
  for (const event of minted.values()) {
    const { principalArn } = event.minted ?? {};
    if (principalArn?.includes(':role/')) entry(principalArn);
  }
  for (const event of events) {
    const { actor, accessKeyId = '' } = event;
    if (!minted.has(accessKeyId) || actor.arn === undefined || alerted.has(actor.id)) continue;
    const followed = entry(actor.arn);
    followed.actor = actor;
    followed.events.push(event);
    const session = sessionOf(event);
    if (session !== undefined) followed.sessions.add(session);
  }
  for (const { action, account, resources, outcome } of events) {
    if (outcome !== 'success') continue;
    const created = CREATES[action.name];
    const name = resources.find((resource) => !resource.startsWith('arn:'));
    const arn = resources.find((resource) => created !== undefined && resource.includes(`:${created}/`));
    if (created === undefined || (name ?? arn) === undefined) continue;
    entry(arn ?? `arn:aws:iam::${account}:${created}/${name}`).created = true;
  }
  return [...found].slice(0, MAX_FOLLOWED).map(([arn, { actor, sessions, created, events: own }]) => ({
    arn,
    actor,
    sessions: [...sessions].sort(),
    created,
    events: own,
  }));
}

const CREATES: Readonly<Record<string, 'user' | 'role'>> = { 'iam:CreateUser': 'user', 'iam:CreateRole': 'role' };

/** `aws:userid` of a role's session: the role's unique id and the session's name. */
function sessionOf({ actor, sessionName }: ActivityEvent): string | undefined {
  const [, , key = ''] = actor.id.split('/');
  return key.startsWith('AROA') && sessionName ? `${key}:${sessionName}` : undefined;
}

function newKeysOf(events: readonly ActivityEvent[]): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const { action, minted, grants, outcome } of events) {
    const grantee = grants.find(({ form }) => form === 'credential')?.grantee;
    if (action.name !== 'iam:CreateAccessKey' || outcome !== 'success' || minted === undefined || !grantee) continue;
    const user = grantee.slice(grantee.lastIndexOf('/') + 1);
    keys.set(user, [...(keys.get(user) ?? []), minted.accessKeyId]);
  }
  return keys;
}

function byTime(a: ActivityEvent, b: ActivityEvent): number {
  return a.time - b.time || (a.id < b.id ? -1 : 1);
}
