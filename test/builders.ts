import type { Action, ActivityEvent, Actor, Agent, Network } from '@portcullis/event';
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
