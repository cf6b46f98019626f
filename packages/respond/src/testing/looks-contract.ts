import { HOUR_MS, isoTime } from '@portcullis/event';
import { expect, it } from 'vitest';
import type { AccountLook } from '../account-look.ts';
import type { LookStore } from '../ports.ts';
import { AT } from './builders.ts';

const ACCOUNT = '111122223333';

function look(hoursAgo: number, account = ACCOUNT): AccountLook {
  const principals = [
    { arn: `arn:aws:iam::${account}:role/a`, tags: { hoursAgo: String(hoursAgo) }, functions: [], trust: '{}' },
  ];
  return { account, collectedAt: isoTime(AT - hoursAgo * HOUR_MS), principals, policyVersions: { p: 'v1' } };
}

/** What everybody who keeps looks at accounts has to keep, in memory and elsewhere. */
export function looksContract(makeLooks: () => Promise<LookStore> | LookStore): void {
  it('gives the last look at or before a time, of one account only', async () => {
    const looks = await makeLooks();
    for (const hoursAgo of [12, 0, 6]) await looks.put(look(hoursAgo));
    await looks.put(look(1, '444455556666'));

    expect(await looks.before(ACCOUNT, AT)).toEqual(look(0));
    expect(await looks.before(ACCOUNT, AT - 1)).toEqual(look(6));
    expect(await looks.before(ACCOUNT, AT - 6 * HOUR_MS)).toEqual(look(6));
    expect(await looks.before(ACCOUNT, AT - 13 * HOUR_MS)).toBeUndefined();
    expect(await looks.before('777788889999', AT)).toBeUndefined();
  });

  it('gives a new look to whoever has asked before', async () => {
    const looks = await makeLooks();
    await looks.put(look(6));

    expect(await looks.before(ACCOUNT, AT)).toEqual(look(6));
    await looks.put(look(0));
    expect(await looks.before(ACCOUNT, AT)).toEqual(look(0));
  });

  it('keeps what an episode may reach back to, and no more', async () => {
    const looks = await makeLooks();
    for (const daysAgo of [41, 39, 1, 0]) await looks.put(look(daysAgo * 24));

    expect(await looks.before(ACCOUNT, AT - 30 * 24 * HOUR_MS)).toEqual(look(39 * 24));
    expect(await looks.before(ACCOUNT, AT - 40 * 24 * HOUR_MS)).toBeUndefined();
  });
}
