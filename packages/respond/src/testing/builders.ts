import { parseResponsePolicy, type ResponsePolicy, type ResponsePolicyInput } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { type ActivityEvent, type Actor, isoTime } from '@portcullis/event';
import { resolveAction } from '@portcullis/iam';
import type { CutDetails, PlannedCut, ResponsePlan } from '../cut.ts';
import { CUT_TRAITS } from '../cut-traits.ts';
import { restrictionOf, revocationId } from '../draft-cut.ts';
import type { PrincipalFacts, ResponseState, UsualBehavior } from '../response-state.ts';

export const ACCOUNT = '111122223333';
export const AT = Date.UTC(2026, 10, 23, 10, 15);
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/orders`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/alice`;
export const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`;
export const ATTACKER = '203.0.113.9';

export function anActor(fields: Partial<Actor> = {}): Actor {
  return {
    id: `${ACCOUNT}/role/AROAORDERS`,
    kind: 'role',
    account: ACCOUNT,
    arn: ROLE,
    name: 'orders',
    peerGroup: 'role',
    revocable: true,
    root: false,
    ...fields,
  };
}

export function aUser(fields: Partial<Actor> = {}): Actor {
  return anActor({
    id: `${ACCOUNT}/user/AIDAALICE`,
    kind: 'user',
    arn: USER,
    name: 'alice',
    peerGroup: 'user',
    ...fields,
  });
}

let events = 0;

/** A call, `iam:CreateUser`, with only what matters changed. */
export function anEvent(
  call: string,
  { address = '198.51.100.1', ...fields }: Partial<ActivityEvent> & { readonly address?: string } = {},
): ActivityEvent {
  const [service = '', name = ''] = call.split(':');
  events += 1;
  return {
    id: `event-${events}`,
    source: 'cloudtrail',
    account: ACCOUNT,
    region: 'eu-west-1',
    time: AT - 60_000 + events,
    actor: anActor(),
    action: resolveAction(`${service}.amazonaws.com`, name),
    outcome: 'success',
    network: { kind: 'public', address, prefix: `${address.replace(/\.\d+$/, '')}.0/24` },
    agent: { text: '', product: '', family: '' },
    identityType: 'AssumedRole',
    mfa: false,
    console: false,
    resources: [],
    grants: [],
    ...fields,
  };
}

export function anAlert(
  actor: Actor,
  evidence: readonly ActivityEvent[],
  data: Partial<AnomalyEvent['detail']['data']> = {},
): AnomalyEvent {
  const times = evidence.map(({ time }) => time);
  const { id, kind, arn, name } = actor;
  return {
    version: '0',
    id: 'a1:1',
    source: 'portcullis',
    'detail-type': 'Anomaly Detected',
    account: ACCOUNT,
    region: 'eu-west-1',
    time: isoTime(AT),
    resources: [],
    detail: {
      metadata: {
        schemaVersion: '1.2',
        id: 'a1',
        revision: 1,
        idempotencyKey: 'a1:1',
        mode: 'live',
        configVersion: 'c',
        baselineVersion: '2',
        producedAt: isoTime(AT),
      },
      data: {
        account: ACCOUNT,
        region: 'eu-west-1',
        severity: 'CRITICAL',
        score: 95,
        risk: 10,
        confidence: 'high',
        actor: { id, kind, name, ...(arn === undefined ? {} : { arn }) },
        title: 'Something unusual',
        firstSeen: isoTime(Math.min(AT, ...times)),
        lastSeen: isoTime(Math.max(AT - 60_000, ...times)),
        eventCount: Math.max(1, evidence.length),
        eventIds: evidence.length === 0 ? ['none'] : evidence.map((event) => event.id),
        evidence: [
          {
            detector: 'new-action',
            family: 'what',
            bits: 13,
            impact: 1,
            contribution: 10,
            observed: 'x',
            usual: 'y',
            reason: 'z',
          },
        ],
        techniques: [],
        attackVersion: '19.1',
        expectedPerWeek: { value: 0.1, low: 0, high: 1 },
        baseline: { events: 1000, days: 30 },
        latency: { eventToIngestMs: 0, ingestToAlertMs: 0 },
        response: { mode: 'dry-run', plan: [] },
        ...data,
      },
    },
  };
}

/** An actor to whom only what is listed is usual. */
export function usually(
  actions: readonly string[] = [],
  {
    networks = ['198.51.100.0/24'],
    owners = [],
    resources = [],
    onlyPrivate = false,
  }: {
    readonly networks?: readonly string[];
    readonly owners?: readonly string[];
    readonly resources?: readonly string[];
    readonly onlyPrivate?: boolean;
  } = {},
): UsualBehavior {
  return {
    onlyPrivate,
    hasAction: (action) => actions.includes(action),
    hasNetwork: (prefix) => networks.includes(prefix),
    hasOwner: (owner) => owners.includes(owner),
    hasResource: (resource) => resources.includes(resource),
  };
}

export function someFacts(arn: string, fields: Partial<PrincipalFacts> = {}): PrincipalFacts {
  return { arn, tags: {}, functions: [], ...fields };
}

export function aState(evidence: readonly ActivityEvent[], fields: Partial<ResponseState> = {}): ResponseState {
  return {
    at: AT,
    ownAccounts: new Set([ACCOUNT]),
    ownPrincipals: [],
    evidence,
    since: [],
    usual: () => usually(),
    principals: new Map([ROLE, USER].map((arn) => [arn, someFacts(arn)])),
    ...fields,
  };
}

export function aPolicy(input: ResponsePolicyInput = {}): ResponsePolicy {
  return parseResponsePolicy({ rules: [{ id: 'stop', mode: 'enforce' }], ...input }, 'test');
}

/** A cut as a plan would hold it. */
export function aCut(details: CutDetails, target: string, fields: Partial<PlannedCut> = {}, alert = 'a1'): PlannedCut {
  const region = /^arn:aws:(?:lambda|ec2):([a-z0-9-]+):/.exec(target)?.[1];
  const { account = ACCOUNT } = fields;
  const draft = { action: details.kind, target, account, region, actions: [], details, reason: 'because' };
  const restriction = restrictionOf(draft);
  const { expiry, reversible } = CUT_TRAITS[details.kind];
  return { ...draft, id: revocationId(alert, restriction), restriction, start: 'rule', expiry, reversible, ...fields };
}

export function aPlan(cuts: readonly PlannedCut[], fields: Partial<ResponsePlan> = {}): ResponsePlan {
  return {
    id: 'plan-a1-1',
    alert: { id: 'a1', revision: 1, lastSeen: AT - 60_000 },
    account: ACCOUNT,
    severity: 'CRITICAL',
    actor: { id: anActor().id, kind: 'role', arn: ROLE, name: 'orders' },
    mode: 'enforce',
    breadth: 'narrow',
    rule: 'stop',
    confirmed: false,
    madeAt: AT,
    notBefore: AT,
    cuts,
    withheld: [],
    linked: [ROLE],
    ...fields,
  };
}

export const GUARD_OF = (policy: ResponsePolicy) => ({
  protect: policy.protect,
  own: { ownAccounts: new Set([ACCOUNT]), ownPrincipals: [] },
});
