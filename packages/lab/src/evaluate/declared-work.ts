import type { DeclaredWorkDecision } from '@portcullis/contract';
import { DAY_MS, type EpochMs, isoTime } from '@portcullis/event';
import type { Organization } from '../organization.ts';

/** All planned work of an organization as people would declare it, each piece told a day before it begins, in order of telling. */
export function declaredWork({ planned }: Pick<Organization, 'planned'>): readonly DeclaredWorkDecision[] {
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
