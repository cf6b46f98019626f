import { type ActivityEvent, type EpochMs, HOUR_MS } from '@portcullis/event';

/** What events tell of credentials; bounded, and filled in any order. */
export interface CredentialsCollector {
  observe(event: ActivityEvent): void;
  credentials(): CredentialUse;
}

export interface CredentialUse {
  /** First and last instant observed; `undefined` before the first. */
  readonly span: Span | undefined;
  readonly accounts: ReadonlySet<string>;
  /** Access keys that do not expire, by id. */
  readonly keys: ReadonlyMap<string, KeyUse>;
  /** By account. */
  readonly roots: ReadonlyMap<string, SubjectUse>;
  /** Sign-ins with a password alone, by ARN. */
  readonly passwords: ReadonlyMap<string, SubjectUse>;
  /** `GetFederationToken`, by ARN of the user. */
  readonly federation: ReadonlyMap<string, SubjectUse>;
  /** Temporary credentials in use for longer than set, by their key id. */
  readonly longSessions: ReadonlyMap<string, SubjectUse>;
  /** Roles that were taken up, by ARN, and by which foreign accounts. */
  readonly foreign: ReadonlyMap<string, SubjectUse & { readonly by: ReadonlySet<string> }>;
}

interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export interface SubjectUse extends Span {
  readonly account: string;
  readonly subject: string;
  readonly count: number;
}

export interface KeyUse extends SubjectUse {
  /** When it was made, where that was seen. */
  readonly madeAt: EpochMs | undefined;
  readonly networks: ReadonlySet<string>;
  readonly root: boolean;
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
type OpenUse = Open<SubjectUse>;
type OpenKey = Open<Omit<KeyUse, 'networks'>> & { readonly networks: Set<string> };

const MAX_SUBJECTS = 10_000;
const MAX_SESSIONS = 100_000;
const MAX_NETWORKS = 8;

/** @param maxSessionHours - longer sessions are told */
export function createCredentialsCollector({ maxSessionHours = 12 } = {}): CredentialsCollector {
  const keys = new Map<string, OpenKey>();
  const made = new Map<string, EpochMs>();
  const roots = new Map<string, OpenUse>();
  const passwords = new Map<string, OpenUse>();
  const federation = new Map<string, OpenUse>();
  const sessions = new Map<string, OpenUse>();
  const longSessions = new Map<string, OpenUse>();
  const foreign = new Map<string, OpenUse & { readonly by: Set<string> }>();
  const accounts = new Set<string>();
  let span: Open<Span> | undefined;

  function session(key: string, event: ActivityEvent): void {
    const use = seen(sessions, key, event, MAX_SESSIONS);
    if (use === undefined) {
      // The one that was opened first makes room
      const oldest = sessions.keys().next().value;
      if (oldest !== undefined) sessions.delete(oldest);
      seen(sessions, key, event, MAX_SESSIONS);
    } else if (use.to - use.from > maxSessionHours * HOUR_MS && longSessions.size < MAX_SUBJECTS) {
      longSessions.set(key, use);
    }
  }

  function longLived(key: string, event: ActivityEvent): void {
    const { actor, network } = event;
    const known = keys.get(key);
    if (known === undefined) {
      if (keys.size >= MAX_SUBJECTS) return;
      const networks = new Set([network.prefix]);
      keys.set(key, { ...used(event), madeAt: undefined, networks, root: actor.root });
      return;
    }
    again(known, event);
    if (known.networks.size < MAX_NETWORKS) known.networks.add(network.prefix);
  }

  return {
    observe(event) {
      const { actor, action, time, account, accessKeyId, outcome, minted } = event;
      accounts.add(account);
      if (span === undefined) span = { from: time, to: time };
      else again(span, event);
      const own = actor.via === undefined;
      if (accessKeyId?.startsWith('AKIA')) longLived(accessKeyId, event);
      else if (accessKeyId !== undefined && own && actor.kind !== 'service') session(accessKeyId, event);
      if (actor.root && own) seen(roots, actor.account, event, MAX_SUBJECTS);
      if (outcome !== 'success') return;
      switch (action.name) {
        case 'signin:ConsoleLogin':
          // Federated users bring their second factor along unseen
          if (!event.mfa && (event.identityType === 'IAMUser' || actor.root)) {
            seen(passwords, subjectOf(event), event, MAX_SUBJECTS);
          }
          return;
        case 'sts:GetFederationToken':
          seen(federation, subjectOf(event), event, MAX_SUBJECTS);
          return;
        case 'sts:AssumeRole':
          if (actor.kind === 'account' || (actor.account !== account && actor.kind !== 'service')) {
            takenUp(foreign, event, minted?.principalArn ?? event.resources[0] ?? '');
          }
          return;
        case 'iam:CreateAccessKey':
          if (minted !== undefined && made.size < MAX_SUBJECTS) made.set(minted.accessKeyId, time);
          return;
      }
    },
    credentials() {
      for (const [key, use] of keys) use.madeAt = made.get(key);
      return { span, accounts, keys, roots, passwords, federation, longSessions, foreign };
    },
  };
}

function takenUp(
  foreign: Map<string, OpenUse & { readonly by: Set<string> }>,
  event: ActivityEvent,
  role: string,
): void {
  const known = foreign.get(role);
  if (known === undefined) {
    if (role !== '' && foreign.size < MAX_SUBJECTS) {
      foreign.set(role, { ...used(event), subject: role, by: new Set([event.actor.account]) });
    }
    return;
  }
  again(known, event);
  if (known.by.size < MAX_NETWORKS) known.by.add(event.actor.account);
}

function seen(uses: Map<string, OpenUse>, key: string, event: ActivityEvent, most: number): OpenUse | undefined {
  const known = uses.get(key);
  if (known !== undefined) {
    again(known, event);
    return known;
  }
  if (uses.size >= most) return undefined;
  const use = used(event);
  uses.set(key, use);
  return use;
}

function used(event: ActivityEvent): OpenUse {
  const { account, time } = event;
  return { account, subject: subjectOf(event), count: 1, from: time, to: time };
}

function again(use: Open<Span> & { count?: number }, { time }: ActivityEvent): void {
  use.from = Math.min(use.from, time);
  use.to = Math.max(use.to, time);
  if (use.count !== undefined) use.count += 1;
}

function subjectOf({ actor }: ActivityEvent): string {
  return actor.arn ?? actor.name;
}
