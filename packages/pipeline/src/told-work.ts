import type { DeclaredWork } from '@portcullis/alert';
import type { Settings } from '@portcullis/config';
import type { DeclaredWorkDecision } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';

/** Declared work with the time at which it was told. */
export interface ToldWork extends DeclaredWork {
  readonly at: EpochMs;
}

/** Work that was told covers what happens from then on: what is over can be answered, not declared. */
export function toldWork({
  at,
  id,
  title,
  owner,
  from,
  to,
  actors,
  actions,
  accounts,
}: DeclaredWorkDecision): ToldWork {
  const told = Date.parse(at);
  const starts = Math.max(Date.parse(from), told);
  return { at: told, id, title, owner, from: starts, to: Date.parse(to), actors, actions, accounts };
}

/** Work that stands in the settings, in force whenever it was written there. */
export function windowWork({ from, to, ...rest }: Settings['changeWindows'][number]): DeclaredWork {
  return { ...rest, from: Date.parse(from), to: Date.parse(to) };
}
