import type { AnomalyEvent } from '@portcullis/contract';
import type { Action, ActivityEvent, Actor, Agent, FindingEvent, Network } from '@portcullis/event';
import { isoTime } from '@portcullis/event';
import { effectOf } from '@portcullis/iam';

/** Monday 2026-03-02, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 2, 2);

let serial = 0;

export function anActor(overrides: Partial<Actor> = {}): Actor {
  const name = overrides.name ?? 'orders-api';
  return {
    id: `123456789012/role/AROA-${name}`,
    kind: 'role',
    account: '123456789012',
    arn: `arn:aws:iam::123456789012:role/${name}`,
    name,
    peerGroup: 'role/lambda',
    revocable: true,
    root: false,
    ...overrides,
  };
}

export function anAction(name: string, overrides: Partial<Action> = {}): Action {
  return {
    name,
    service: name.slice(0, name.indexOf(':')),
    mapping: 'mapped',
    accessLevel: 'Read',
    effect: effectOf(name, overrides.accessLevel ?? 'Read'),
    alsoNeeds: [],
    ...overrides,
  };
}

export function aNetwork(prefix: string, overrides: Partial<Network> = {}): Network {
  return { kind: 'public', address: prefix.replace(/0\/\d+$/, '7'), prefix, ...overrides };
}

export function anAgent(product: string): Agent {
  return { text: `${product}/3`, product, family: product };
}

/** Mentions only what matters; ids are distinct, the rest is an ordinary read by a function role. */
export function anActivityEvent(overrides: Partial<ActivityEvent> = {}): ActivityEvent {
  serial += 1;
  return {
    id: `event-${String(serial).padStart(6, '0')}`,
    source: 'cloudtrail',
    account: '123456789012',
    region: 'eu-west-1',
    time: MONDAY,
    actor: anActor(),
    action: anAction('dynamodb:GetItem'),
    outcome: 'success',
    network: aNetwork('192.0.2.0/24'),
    agent: anAgent('aws-sdk-js'),
    identityType: 'AssumedRole',
    mfa: false,
    console: false,
    resources: [],
    grants: [],
    ...overrides,
  };
}

/** What GuardDuty calls high, about an ordinary role. */
export function aFindingEvent(overrides: Partial<FindingEvent> = {}): FindingEvent {
  const time = overrides.time ?? MONDAY;
  const finding = overrides.finding ?? 'arn:aws:guardduty:eu-west-1:123456789012:detector/1/finding/2';
  return {
    source: 'finding',
    id: `${finding} ${time}`,
    time,
    account: '123456789012',
    region: 'eu-west-1',
    actor: anActor(),
    finding,
    product: 'GuardDuty',
    type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
    severity: 'high',
    ...overrides,
  };
}

interface AnomalyOverrides {
  readonly id?: string;
  readonly revision?: number;
  readonly at?: number;
  readonly title?: string | undefined;
  readonly actorId?: string | undefined;
}

/** An alert of one finding about an ordinary role. */
export function anAnomalyEvent({
  id = 'episode',
  revision = 1,
  at = MONDAY,
  title = 'Role orders-api used an action it has never used',
  actorId = '123456789012/role/AROA-orders-api',
}: AnomalyOverrides = {}): AnomalyEvent {
  const time = isoTime(at);
  const arn = 'arn:aws:iam::123456789012:role/orders-api';
  return {
    version: '0',
    id: `${id}:${revision}`,
    source: 'portcullis',
    'detail-type': revision === 1 ? 'Anomaly Detected' : 'Anomaly Updated',
    account: '123456789012',
    region: 'eu-west-1',
    time,
    resources: [arn],
    detail: {
      metadata: {
        schemaVersion: '1.2',
        id,
        revision,
        idempotencyKey: `${id}:${revision}`,
        mode: 'live',
        configVersion: '0',
        baselineVersion: '2',
        producedAt: time,
      },
      data: {
        account: '123456789012',
        region: 'eu-west-1',
        severity: 'HIGH',
        score: 80,
        risk: 12,
        confidence: 'high',
        actor: { id: actorId, kind: 'role', arn, name: 'orders-api' },
        title,
        firstSeen: time,
        lastSeen: time,
        eventCount: 1,
        eventIds: ['event-1'],
        evidence: [
          {
            detector: 'new-action',
            family: 'what',
            bits: 15.5,
            impact: 1,
            contribution: 12,
            observed: 'iam:CreateAccessKey',
            usual: 'dynamodb:GetItem',
            reason: 'never used by this role',
          },
        ],
        techniques: ['T1098.001'],
        attackVersion: '19.1',
        expectedPerWeek: { value: 0.01, low: 0.001, high: 0.1 },
        baseline: { events: 1000, days: 30 },
        latency: { eventToIngestMs: 0, ingestToAlertMs: 0 },
        response: { mode: 'dry-run', plan: [] },
      },
    },
  };
}
