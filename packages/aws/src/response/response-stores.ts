import type { S3Client } from '@aws-sdk/client-s3';
import { epochStart } from '@portcullis/event';
import { type LivePorts, storedHabits } from '@portcullis/pipeline/live';
import type { PrincipalFacts, ResponseStores } from '@portcullis/respond';
import { factsIn, identityCenterOf } from './known-facts.ts';
import type { KnownState } from './known-state.ts';
import type { ResponseConfig } from './response-config.ts';

/** What a plan rests on, from where only the pipeline writes: alerts, evidence, baselines, and facts as of deploy time. */
export function responseStores(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  { partition, accounts, roles, ownPrincipals }: ResponseConfig,
  lane: Pick<LivePorts, 'alerts' | 'evidence' | 'baselines' | 'snapshots'>,
  known: KnownState,
): ResponseStores {
  const facts = factsIn(s3, bucket);
  const ownRoles = Object.values(roles).map((name) => `arn:${partition}:iam::*:role/${name}`);
  return {
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
      const [own, whole] = await Promise.all([facts.account(account), facts.organization()]);
      const before = Date.parse(firstSeen);
      const stored = (await lane.baselines.load([actor.id], Number.POSITIVE_INFINITY)).get(actor.id);
      const nothing = storedHabits(undefined, actor.id, before);
      const habits = storedHabits(stored, actor.id, before);
      return {
        ownAccounts: new Set(accounts.length > 0 ? accounts : (await known.state()).accounts),
        ownPrincipals: [...ownRoles, ...ownPrincipals],
        usual: (actorId) => (actorId === actor.id ? habits : nothing),
        principals: new Map((own?.principals ?? []).map((one): [string, PrincipalFacts] => [one.arn, one])),
        policyVersions: new Map(Object.entries(own?.policyVersions ?? {})),
        identityCenter: whole === undefined ? undefined : identityCenterOf(whole),
        isolationGroup: own?.isolationGroup,
        organization: whole?.organization,
      };
    },
  };
}
