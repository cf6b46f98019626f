import { type ActorBaseline, FEATURE_BOUNDS, valueHash } from '@portcullis/baseline';
import type { Actor } from '@portcullis/event';
import { actionsLike, companionsOf } from '@portcullis/iam';
import { type ActionUse, type PrincipalUsage, principalKey, type Usage } from './usage.ts';

/** The part of a saved state that a review looks at. */
export interface KnownBaselines {
  /** By actor id. */
  readonly baselines: ReadonlyMap<string, ActorBaseline>;
  readonly names: ReadonlyMap<string, Pick<Actor, 'arn' | 'role'>>;
}

interface Gathered {
  readonly actions: Map<string, ActionUse>;
  readonly unmapped: Map<string, number>;
  activeDays: number;
  firstDay: number;
  lastDay: number;
  incomplete: boolean;
}

/** Collects what baselines remember, one actor after the other, in any order. */
export interface BaselineUsage {
  /** @param known - what people call the actor, and the role of a function; `undefined` where nobody told */
  add(id: string, baseline: ActorBaseline, known: Pick<Actor, 'arn' | 'role'> | undefined): void;
  usage(): Usage;
}

/** What baselines of a saved state remember. */
export function usageFromBaselines({ baselines, names }: KnownBaselines): Usage {
  const collector = createBaselineUsage();
  for (const [id, baseline] of baselines) collector.add(id, baseline, names.get(id));
  return collector.usage();
}

/**
 * What baselines remember of each principal: which actions and when, over novelty memory that does not fade. Keeps no baseline itself.
 *
 * They remember actions by hash, so the names are those that IAM documents; of what a call touched and who takes up a role
 * they keep too little to narrow by.
 */
export function createBaselineUsage(): BaselineUsage {
  const documented = new Map(actionsLike('*').map((name) => [valueHash(name), name]));
  const gathered = new Map<string, Gathered>();
  const services = new Map<string, Set<string>>();
  const unattributed = new Map<string, number>();
  const spans = new Map<string, readonly [first: number, last: number]>();
  return {
    add(id, baseline, known) {
      const account = id.slice(0, id.indexOf('/'));
      const [first, last] = spans.get(account) ?? [baseline.firstDay, baseline.lastDay];
      spans.set(account, [Math.min(first, baseline.firstDay), Math.max(last, baseline.lastDay)]);
      const called = services.get(account) ?? new Set();
      services.set(account, called);
      for (const service of SERVICES) if (baseline.features.service.values.has(valueHash(service))) called.add(service);
      const key = principalKey(known?.role ?? known?.arn ?? '');
      if (key !== undefined) gathered.set(key, gather(gathered.get(key), baseline, documented));
      else if (id.includes('/function/')) unattributed.set(account, (unattributed.get(account) ?? 0) + 1);
    },
    usage: () => ({
      principals: new Map([...gathered].map(([key, one]) => [key, usageOf(one)])),
      days: new Map([...spans].map(([account, [first, last]]) => [account, new Set(daysFrom(first, last))])),
      services,
      unattributed,
      source: 'baselines',
    }),
  };
}

function gather(
  into: Gathered | undefined,
  { features, firstDay, lastDay, activeDays }: ActorBaseline,
  documented: ReadonlyMap<number, string>,
): Gathered {
  const one = into ?? {
    actions: new Map(),
    unmapped: new Map(),
    activeDays: 0,
    firstDay,
    lastDay,
    incomplete: false,
  };
  one.activeDays = Math.max(one.activeDays, activeDays);
  one.firstDay = Math.min(one.firstDay, firstDay);
  one.lastDay = Math.max(one.lastDay, lastDay);
  one.incomplete ||= features.action.values.size >= FEATURE_BOUNDS.action.values;
  const named = new Map<string, number>();
  for (const [hash, { firstDay: first, lastDay: last, count }] of features.action.values) {
    const name = documented.get(hash);
    if (name === undefined) continue;
    const service = name.slice(0, name.indexOf(':'));
    named.set(service, (named.get(service) ?? 0) + count);
    see(one.actions, name, first, last, count, false);
    for (const other of companionsOf(name)) see(one.actions, other, first, last, 0, true);
  }
  addUnmapped(one, features.service.values, named);
  return one;
}

/** A service that was called more often than its known actions were used has been called by other names. */
function addUnmapped(
  { unmapped }: Gathered,
  called: ActorBaseline['features']['service']['values'],
  named: ReadonlyMap<string, number>,
): void {
  for (const service of SERVICES) {
    const more = called.countOf(valueHash(service)) - (named.get(service) ?? 0);
    if (more > 0) unmapped.set(service, (unmapped.get(service) ?? 0) + more);
  }
}

const SERVICES = [...new Set(actionsLike('*').map((name) => name.slice(0, name.indexOf(':'))))];

function see(
  actions: Map<string, ActionUse>,
  name: string,
  firstDay: number,
  lastDay: number,
  calls: number,
  implied: boolean,
): void {
  const known = actions.get(name);
  actions.set(name, {
    calls: (known?.calls ?? 0) + Math.max(1, calls),
    refused: 0,
    firstDay: Math.min(firstDay, known?.firstDay ?? firstDay),
    lastDay: Math.max(lastDay, known?.lastDay ?? lastDay),
    things: new Map(),
    unknownThings: true,
    implied: implied && (known?.implied ?? true),
  });
}

function usageOf({ actions, unmapped, activeDays, firstDay, incomplete }: Gathered): PrincipalUsage {
  return {
    actions,
    unmapped,
    takenUpBy: new Map(),
    // How many is known, not which
    activeDays: new Set(daysFrom(firstDay, firstDay + activeDays - 1)),
    incomplete,
  };
}

function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
