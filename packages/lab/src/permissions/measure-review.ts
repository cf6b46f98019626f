import { DAY_MS, dayOf, type NetworkLookup } from '@portcullis/event';
import { accessLevelOf, effectOf } from '@portcullis/iam';
import { createIngest } from '@portcullis/ingest';
import {
  createUsageCollector,
  type PrincipalReview,
  readAuthorization,
  review,
  visibilityOf,
} from '@portcullis/review';
import { hoursOfLogs } from '../evaluate/hours-of-logs.ts';
import type { Organization } from '../organization.ts';
import { simulate } from '../simulate.ts';
import { allows } from './allows.ts';
import { heldPermissions } from './held-permissions.ts';

export interface ReviewMeasure {
  readonly principals: number;
  readonly proposals: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Actions that were granted, that logs would show, and that nobody used in the whole world; and how many of them go. */
  readonly unused: Removed;
  /** The same without mere looks at how things are set up. */
  readonly unusedOfWeight: Removed;
  /** Calls that the proposals rest on, and how many of them they would break. */
  readonly observed: Broken;
  /** Calls of the time after, by principals with a proposal. */
  readonly later: Broken & { readonly principals: number; readonly principalsBroken: number };
  /** Whom roles trust without need, and how many of these are named; and those named who did need it later. */
  readonly trust: { readonly unused: number; readonly named: number; readonly wronglyNamed: number };
}

interface Removed {
  readonly actions: number;
  readonly removed: number;
}

interface Broken {
  readonly calls: number;
  readonly broken: number;
}

export interface MeasureOptions {
  readonly organization: Organization;
  readonly seed: number;
  readonly network: NetworkLookup;
  /** Days reviewed; what comes after is what the proposals have to stand. */
  readonly reviewDays: number;
  readonly margin: 'reads' | 'none';
}

/** Reviews an organization's first days, and holds the proposals against all that was used and against the days after. */
export async function measureReview(options: MeasureOptions): Promise<ReviewMeasure> {
  const { organization, seed, network, reviewDays, margin } = options;
  const [before, after, all] = [createUsageCollector(), createUsageCollector(), createUsageCollector()];
  const cutoff = dayOf(organization.start) + reviewDays;
  const ingest = createIngest({ network });
  for (const { bytes } of hoursOfLogs(simulate(organization, seed))) {
    for (const event of ingest.container(bytes).events) {
      all.observe(event);
      (dayOf(event.time) < cutoff ? before : after).observe(event);
    }
  }
  const details = heldPermissions(all.usage(), seed, organization.start - 400 * DAY_MS);
  const principals = await readAuthorization({
    async *pages() {
      yield details;
    },
  });
  // Which services' data events a trail selects is part of the world; here it is left unknown, as for most who ask
  const reviews = review(principals, before.usage(), { minDays: reviewDays - 5, margin });
  return measured(reviews, all.usage().principals, after.usage().principals);
}

type Proposal = Extract<PrincipalReview, { kind: 'proposed' | 'unused' }>;
type Principals = ReturnType<ReturnType<typeof createUsageCollector>['usage']>['principals'];

function measured(reviews: readonly PrincipalReview[], all: Principals, after: Principals): ReviewMeasure {
  const proposals = reviews.filter((one) => one.kind === 'proposed' || one.kind === 'unused');
  const unused = { actions: 0, removed: 0 };
  const unusedOfWeight = { actions: 0, removed: 0 };
  const observed = { calls: 0, broken: 0 };
  const later = { calls: 0, broken: 0, principals: 0, principalsBroken: 0 };
  const trust = { unused: 0, named: 0, wronglyNamed: 0 };
  for (const one of proposals) {
    const used = all.get(one.principal.key)?.actions;
    for (const action of grantedActions(one)) {
      if ((used?.get(action)?.calls ?? 0) > 0 || visibilityOf(action, new Set()) !== 'logged') continue;
      const gone = allows(left(one), action, undefined) ? 0 : 1;
      unused.actions += 1;
      unused.removed += gone;
      if (effectOf(action, accessLevelOf(action)) === 'views') continue;
      unusedOfWeight.actions += 1;
      unusedOfWeight.removed += gone;
    }
    observed.calls += one.checked.kept + one.checked.elsewhere;
    observed.broken += one.checked.broken + one.checked.undecided;
    const broken = brokenCalls(one, after.get(one.principal.key)?.actions ?? new Map());
    later.calls += broken.calls;
    later.broken += broken.broken;
    if (broken.calls > 0) later.principals += 1;
    if (broken.broken > 0) later.principalsBroken += 1;
    addTrust(trust, one, after.get(one.principal.key)?.takenUpBy ?? new Map());
  }
  const refused = Map.groupBy(
    reviews.filter((one) => one.kind === 'refused' || one.kind === 'kept'),
    ({ reason }) => reason,
  );
  return {
    principals: reviews.length,
    proposals: proposals.length,
    refused: Object.fromEntries([...refused].map(([reason, those]) => [reason, those.length])),
    unused,
    unusedOfWeight,
    observed,
    later,
    trust,
  };
}

/** Statements that would be in force. */
function left({ documents, proposal }: Proposal) {
  return [...documents, { Statement: proposal.untouched.flatMap(({ statements }) => statements).map(written) }];
}

function written({ effect, actions, notActions, resources }: Proposal['proposal']['statements'][number]) {
  return { Effect: effect, ...(actions ? { Action: actions } : { NotAction: notActions }), Resource: resources ?? '*' };
}

function grantedActions({ proposal }: Proposal): ReadonlySet<string> {
  return new Set(proposal.grants.flatMap(({ grant }) => grant.actions));
}

function brokenCalls(
  one: Proposal,
  uses: Principals extends ReadonlyMap<string, infer P> ? (P extends { actions: infer A } ? A : never) : never,
) {
  const count = { calls: 0, broken: 0 };
  const documents = left(one);
  for (const [action, { calls, things, unknownThings }] of uses) {
    if (calls === 0) continue;
    if (unknownThings || things.size === 0) {
      count.calls += calls;
      if (!allows(documents, action, undefined)) count.broken += calls;
      continue;
    }
    for (const [thing, use] of things) {
      count.calls += use.calls;
      if (!allows(documents, action, thing)) count.broken += use.calls;
    }
  }
  return count;
}

function addTrust(
  trust: { unused: number; named: number; wronglyNamed: number },
  { unusedTrust, principal }: Proposal,
  later: ReadonlyMap<string, number>,
): void {
  const made = principal.trust.flatMap(({ principals }) => principals).filter(({ name }) => isMadeUp(name));
  trust.unused += made.length;
  trust.named += unusedTrust.filter(({ name }) => isMadeUp(name)).length;
  trust.wronglyNamed += unusedTrust.filter(({ name }) => !isMadeUp(name) && later.has(name)).length;
}

/** What `heldPermissions` adds without need. */
function isMadeUp(name: string): boolean {
  return name === 'ec2.amazonaws.com' || /^arn:aws:iam::(\d)\1{11}:root$/.test(name);
}
