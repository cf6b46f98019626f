import type { AccountLook } from '../account-look.ts';
import { LOOKS_KEPT_MS, type LookStore } from '../ports.ts';

/** Looks at accounts, in memory. */
export function memoryLooks(): LookStore {
  let looks: readonly AccountLook[] = [];
  const timeOf = ({ collectedAt }: AccountLook) => Date.parse(collectedAt);
  return {
    put(look) {
      const oldest = timeOf(look) - LOOKS_KEPT_MS;
      const others = looks.filter((one) => one.account !== look.account || timeOf(one) >= oldest);
      looks = [...others, structuredClone(look)].sort((a, b) => timeOf(a) - timeOf(b));
      return Promise.resolve();
    },
    before: (account, time) => Promise.resolve(looks.findLast((one) => one.account === account && timeOf(one) <= time)),
  };
}
