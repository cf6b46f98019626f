import { lookAtAccount } from '@portcullis/respond';
import { responseLane } from './response-lane.ts';
import { observed } from './telemetry.ts';

const { acting, stores, looks, regions } = responseLane();

/** Looks at every account of ours, and keeps what it sees for plans to rest on. Woken every six hours; one account's refusal stops no other. */
export const handler = observed(async () => {
  const { ownAccounts } = await stores.own();
  const errors: string[] = [];
  let principals = 0;
  for (const account of ownAccounts) {
    const looked = await lookAtAccount(account, regions, acting);
    if (looked.kind === 'refused') {
      errors.push(`${account} ${looked.call}: ${looked.code}`);
      continue;
    }
    await looks.put(looked.look);
    principals += looked.look.principals.length;
  }
  return {
    answer: undefined,
    figures: {
      AccountsLookedAt: ownAccounts.size - errors.length,
      AccountsNotLookedAt: errors.length,
      PrincipalsSeen: principals,
    },
    errors,
  };
});
