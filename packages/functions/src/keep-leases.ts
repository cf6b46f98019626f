import { keepLeases, revertLease, tellEffects } from '@portcullis/respond';
import { guardOf } from './guard-of.ts';
import { leading } from './leading.ts';
import { revertIn } from './revert-request.ts';
import { wakingsOf } from './schedules.ts';
import { observed } from './telemetry.ts';

const { ports, stores, policy, setWaking } = leading();

/**
 * Takes back what a person wants taken back, then goes through all leases.
 *
 * Woken every five minutes, by the end of each lease, and by whoever took a person's word.
 */
export const handler = observed(async (event: unknown) => {
  const current = await policy();
  const asked = revertIn(event);
  const reverted = asked && (await revertLease(asked.restriction, asked.lease, asked.approver, asked.reason, ports));
  const kept = await keepLeases(current, await guardOf(current, stores, ports), ports);
  const effective = await tellEffects(stores, ports);
  for (const waking of await wakingsOf(ports.ledger, ports.now())) await setWaking(waking);
  const count = (wanted: string) => kept.filter(({ outcome }) => outcome === wanted).length;
  return {
    answer: reverted,
    figures: {
      Expired: count('reverted') + count('released'),
      Renewed: count('renewed'),
      Lapsed: count('lapsed'),
      Verified: count('verified'),
      Failed: count('failed'),
      Conflicts: count('conflict'),
      Effective: effective,
    },
    errors: kept.flatMap(({ lease, outcome }) => (outcome === 'failed' ? [`${lease} failed`] : [])),
  };
});
