import type { S3Client } from '@aws-sdk/client-s3';
import { type EpochMs, epochStart } from '@portcullis/event';
import { type LivePorts, storedHabits } from '@portcullis/pipeline/live';
import { factsOfLooks, type GuardFacts, type LookStore, type ResponseStores } from '@portcullis/respond';
import type { KnownState } from './known-state.ts';
import { identityCenterOf, organizationFactsIn } from './organization-facts.ts';
import type { ResponseConfig } from './response-config.ts';

/** What a plan rests on, from where only we write: alerts, evidence, baselines, and looks at accounts. */
export function responseStores(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  { partition, accounts, roles, ownPrincipals }: ResponseConfig,
  lane: Pick<LivePorts, 'alerts' | 'evidence' | 'baselines' | 'snapshots'>,
  known: KnownState,
  looks: LookStore,
  now: () => EpochMs,
): ResponseStores & GuardFacts {
  const facts = organizationFactsIn(s3, bucket);
  const ownRoles = Object.values(roles).map((name) => `arn:${partition}:iam::*:role/${name}`);
  const knownOf = async (account: string, before: EpochMs) => {
    const at = now();
    return factsOfLooks(await looks.before(account, before), await looks.before(account, at), at);
  };
  const own: GuardFacts['own'] = async () => ({
    ownAccounts: new Set(accounts.length > 0 ? accounts : (await known.state()).accounts),
    ownPrincipals: [...ownRoles, ...ownPrincipals],
  });
  return {
    own,
    principalsOf: async (account, before) => (await knownOf(account, before)).principals,
    async alert(id) {
      return (await lane.alerts.get(id)).at(-1);
    },
    async eventsOf({ detail: { data } }) {
      const wanted = new Set(data.eventIds);
      const to = Date.parse(data.lastSeen) + 1;
      const events = await lane.evidence.read(data.account, data.actor.id, Date.parse(data.firstSeen), to);
      return events.filter(({ id }) => wanted.has(id));
    },
    since: (account, from) => lane.evidence.since(account, from),
    async watermark() {
      const pointer = await lane.snapshots.pointer();
      return pointer === undefined ? Number.NEGATIVE_INFINITY : epochStart(pointer.sealedThrough + 1);
    },
    async factsFor({ account, actor, firstSeen }) {
      const before = Date.parse(firstSeen);
      const [ours, ofAccount, whole] = await Promise.all([own(), knownOf(account, before), facts.organization()]);
      const stored = (await lane.baselines.load([actor.id], Number.POSITIVE_INFINITY)).get(actor.id);
      const nothing = storedHabits(undefined, actor.id, before);
      const habits = storedHabits(stored, actor.id, before);
      return {
        ...ours,
        ...ofAccount,
        usual: (actorId) => (actorId === actor.id ? habits : nothing),
        identityCenter: whole === undefined ? undefined : identityCenterOf(whole),
        organization: whole?.organization,
      };
    },
  };
}
