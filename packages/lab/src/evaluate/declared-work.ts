import { DAY_MS, type EpochMs, isoTime } from '@portcullis/event';
import type { Organization } from '../organization.ts';

/** Planned work as people would tell it: one line of a decisions file (docs/contract.md). */
export interface DeclaredWork {
  readonly version: '1';
  readonly kind: 'declared-work';
  /** When it was told. */
  readonly at: string;
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly from: string;
  readonly to: string;
  readonly actors: readonly string[];
  readonly actions: readonly string[];
  readonly accounts: readonly string[];
}

/** All planned work of an organization, each piece told a day before it begins, in order of telling. */
export function declaredWork({ planned }: Pick<Organization, 'planned'>): readonly DeclaredWork[] {
  return planned
    .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
    .map(({ id, title, owner, from, to, actors, actions, accounts }) => ({
      version: '1',
      kind: 'declared-work',
      at: wholeSecond(from - DAY_MS),
      id,
      title,
      owner,
      from: wholeSecond(from),
      to: wholeSecond(to),
      actors,
      actions,
      accounts,
    }));
}

function wholeSecond(time: EpochMs): string {
  return isoTime(Math.floor(time / 1000) * 1000);
}
