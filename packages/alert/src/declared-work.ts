import type { Actor, EpochMs } from '@portcullis/event';
import type { Family, Finding } from '@portcullis/score';
import { isNeverSilenced } from './never-silenced.ts';
import { matchesAction, matchesActor } from './wildcard.ts';

/** Work that people told of beforehand: an audit, a drill, a change window. */
export interface DeclaredWork {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  /** Covers nothing before it was told. */
  readonly from: EpochMs;
  /** Exclusive. */
  readonly to: EpochMs;
  readonly actors: readonly string[];
  readonly actions: readonly string[];
  /** Empty for all. */
  readonly accounts: readonly string[];
}

/**
 * What a declaration of actions can speak for. Where somebody calls from, with which tool and at what hour was
 * not declared: an intruder in the session of an auditor still shows there. Counts are judged again without the
 * declared calls, by the caller.
 */
const COVERED: ReadonlySet<Family> = new Set<Family>(['what', 'which']);

/** The works that this actor may be doing at some time between the two. */
export function worksOf(
  works: Iterable<DeclaredWork>,
  actor: Actor,
  start: EpochMs,
  end: EpochMs,
): readonly DeclaredWork[] {
  return [...works]
    .filter(({ from, to, actors }) => from < end && to > start && actors.some((one) => matchesActor(one, actor)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** An action with the time and the accounts in which it was called, as far as they are kept. */
interface Calls {
  readonly value: string;
  readonly first: EpochMs;
  readonly last: EpochMs;
  readonly witnesses: readonly { readonly account: string }[];
}

/** The work that all these calls of one action belong to. */
export function workOfCalls(works: readonly DeclaredWork[], calls: Calls, actor: Actor): DeclaredWork | undefined {
  const accounts = calls.witnesses.length === 0 ? [actor.account] : calls.witnesses.map(({ account }) => account);
  return works.find(
    (work) =>
      isDuring(work, calls) &&
      accounts.every((account) => isInAccounts(work, account)) &&
      isDeclaredAction(work, calls.value),
  );
}

/**
 * The work that a finding lies within: every event known of it, in action, account and time.
 *
 * None for what is never silenced, nor for power given outside the organization: a declared action says
 * nothing about who gets what.
 */
export function workOfFinding(
  works: readonly DeclaredWork[],
  finding: Finding,
  actor: Actor,
  ownAccounts: ReadonlySet<string>,
): DeclaredWork | undefined {
  const { family, witnesses } = finding;
  if (!COVERED.has(family) || witnesses.length === 0 || isNeverSilenced(finding, actor)) return undefined;
  if (witnesses.some(({ grants }) => grants.some((grant) => leavesHouse(grant, ownAccounts)))) return undefined;
  return works.find(
    (work) =>
      isDuring(work, finding) &&
      witnesses.every(({ account, action }) => isInAccounts(work, account) && isDeclaredAction(work, action.name)),
  );
}

/** `declared: Quarterly access review by dana`. */
export function declaredNote({ title, owner }: DeclaredWork): string {
  return `declared: ${title} by ${owner}`;
}

type Grant = Finding['witnesses'][number]['grants'][number];

function leavesHouse({ reach, grantee }: Grant, ownAccounts: ReadonlySet<string>): boolean {
  if (reach === 'public') return true;
  if (reach !== 'foreign-account') return false;
  const account = /\d{12}/.exec(grantee)?.[0];
  return account === undefined || !ownAccounts.has(account);
}

function isDuring({ from, to }: DeclaredWork, { first, last }: Pick<Calls, 'first' | 'last'>): boolean {
  return first >= from && last < to;
}

function isInAccounts({ accounts }: DeclaredWork, account: string): boolean {
  return accounts.length === 0 || accounts.includes(account);
}

function isDeclaredAction({ actions }: DeclaredWork, action: string): boolean {
  return actions.some((pattern) => matchesAction(pattern, action));
}
