import {
  type ActorBaseline,
  emptyBaseline,
  emptyDelta,
  emptyPopulation,
  learnEpoch,
  observe,
  type Population,
} from '@portcullis/baseline';
import { type ActivityEvent, type Actor, DAY_MS, dayOf, epochOf, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import type { DetectorId, Finding } from './detector.ts';
import { scoreEpoch } from './score-epoch.ts';

/** Twelve function roles over twenty days, each with its five reads every working hour from one network. */
function anAccount(days = 20) {
  const population = emptyPopulation();
  const baselines = new Map<string, ActorBaseline>();
  const actors = Array.from({ length: 12 }, (_, i) => anActor({ name: `function-${i}` }));
  for (let hour = 0; hour < days * 24; hour++) {
    if (hour % 24 < 8 || hour % 24 > 18) continue;
    for (const actor of actors) learnHour(actor, baselines, population, ordinaryHour(actor, MONDAY + hour * HOUR_MS));
  }
  return { population, baselines, actor: actors[0] ?? anActor(), now: MONDAY + days * DAY_MS + 9 * HOUR_MS };
}

function ordinaryHour(actor: Actor, time: number): ActivityEvent[] {
  const actions = ['dynamodb:GetItem', 'dynamodb:PutItem', 's3:GetObject', 'kms:Decrypt', 'sqs:SendMessage'];
  return actions.flatMap((name) =>
    Array.from({ length: 4 + (actor.name.length % 3) }, () =>
      anActivityEvent({ actor, time, action: anAction(name), network: aNetwork('192.0.2.0/24', { owner: 'CLOUD' }) }),
    ),
  );
}

function learnHour(
  actor: Actor,
  baselines: Map<string, ActorBaseline>,
  population: Population,
  events: ActivityEvent[],
) {
  const time = events[0]?.time ?? 0;
  const baseline = baselines.get(actor.id) ?? emptyBaseline(dayOf(time));
  baselines.set(actor.id, baseline);
  learnEpoch(baseline, population, deltaOf(actor, events), true);
}

function deltaOf(actor: Actor, events: readonly ActivityEvent[]) {
  const delta = emptyDelta(actor, epochOf(events[0]?.time ?? 0));
  for (const event of events) observe(delta, event);
  return delta;
}

const account = anAccount();

function findingsFor(events: readonly ActivityEvent[], actor = account.actor, allowanceBits = 0): readonly Finding[] {
  const { population, baselines } = account;
  const knowledge = {
    own: baselines.get(actor.id),
    peers: population.peers.get(actor.peerGroup),
    account: population.account,
    novelty: population.novelty,
    ownAccounts: new Set(['111111111111']),
    allowanceBits,
    calibrate: (_channel: string, bits: number) => bits,
  };
  return scoreEpoch(deltaOf(actor, events), knowledge, () => true).findings;
}

const { actor, now } = account;
const at = (overrides: Partial<ActivityEvent>) => anActivityEvent({ actor, time: now, ...overrides });
const only = (findings: readonly Finding[], detector: DetectorId) => findings.filter((f) => f.detector === detector);

describe('scoreEpoch', () => {
  it('has nothing to say of an ordinary hour', () => {
    expect(findingsFor(ordinaryHour(actor, now), actor, 3.5)).toEqual([]);
  });

  it('stays silent for detectors that are off', () => {
    const event = at({ action: anAction('iam:CreateUser') });
    const knowledge = {
      own: undefined,
      peers: undefined,
      account: account.population.account,
      novelty: account.population.novelty,
      ownAccounts: new Set<string>(),
      allowanceBits: 0,
      calibrate: (_channel: string, bits: number) => bits,
    };

    expect(scoreEpoch(deltaOf(actor, [event]), knowledge, () => false).findings).toEqual([]);
  });
});

describe('new-action', () => {
  it('names an action the role never used, and who else does not', () => {
    const [finding] = only(
      findingsFor([at({ action: anAction('iam:ListUsers', { accessLevel: 'List' }) })]),
      'new-action',
    );

    expect(finding).toMatchObject({ value: 'iam:ListUsers', family: 'what', impact: 0.6 });
    expect(finding?.bits).toBeGreaterThan(5);
    expect(finding?.reason).toBe('action never used by this role, by 12 peers, or by 12 actors of the account');
    expect(finding?.usual).toMatch(
      /^(kms:Decrypt|dynamodb:\w+|s3:GetObject|sqs:SendMessage) [\d,]+ times, 4 other actions, in 20 days$/,
    );
  });

  it('costs a newcomer few bits what all its peers do daily', () => {
    const newcomer = anActor({ name: 'function-new' });
    const known = only(
      findingsFor([at({ actor: newcomer, action: anAction('s3:GetObject') })], newcomer),
      'new-action',
    );
    const foreign = only(
      findingsFor([at({ actor: newcomer, action: anAction('iam:ListUsers') })], newcomer),
      'new-action',
    );

    expect(known[0]?.bits).toBeLessThan(0.5);
    expect(foreign[0]?.bits).toBeGreaterThan(known[0]?.bits ?? 99);
  });

  it('weighs a refused call no more than looking at data', () => {
    const action = anAction('iam:CreateUser', { accessLevel: 'Write' });
    const [refused] = only(findingsFor([at({ action, outcome: 'denied' })]), 'new-action');
    const [granted] = only(findingsFor([at({ action })]), 'new-action');

    expect(refused?.impact).toBe(1);
    expect(refused?.observed).toBe('iam:CreateUser (denied)');
    expect(granted?.impact).toBe(1.8);
  });
});

describe('new-network', () => {
  it('tells prefix and owner apart, each once', () => {
    const network = aNetwork('198.51.100.0/24', { owner: 'HOSTING', country: 'NL' });

    const found = only(findingsFor([at({ network }), at({ network })]), 'new-network');

    expect(found.map(({ observed }) => observed)).toEqual(['198.51.100.0/24 (HOSTING, NL)', 'network owner HOSTING']);
    expect(found.every(({ bits, impact }) => bits > 5 && impact <= 1.5)).toBe(true);
  });
});

describe('call-rate', () => {
  it('finds a burst of usual calls, and grows with it', () => {
    const burst = (times: number) =>
      only(findingsFor(Array.from({ length: times }, () => ordinaryHour(actor, now)).flat()), 'call-rate').find(
        ({ value }) => value === 'calls per hour',
      )?.bits ?? 0;

    expect(burst(1)).toBe(0);
    expect(burst(10)).toBeGreaterThan(5);
    expect(burst(20)).toBeGreaterThanOrEqual(burst(10));
  });
});

describe('permission-change', () => {
  const grant = { form: 'trust-policy', resource: 'role/deploy', administrative: false } as const;

  it.each([
    {
      reach: 'foreign-account',
      grantee: '222222222222',
      always: true,
      impact: 2,
      why: 'an outsider never trusted before',
    },
    { reach: 'public', grantee: '*', always: true, impact: 2, why: 'everybody' },
    { reach: 'foreign-account', grantee: '111111111111', always: false, impact: 1.8, why: 'an account of the house' },
    { reach: 'own-account', grantee: 'role/ci', always: false, impact: 1.8, why: 'inside the account' },
  ] as const)('$why', ({ reach, grantee, always, impact }) => {
    const [finding] = only(findingsFor([at({ grants: [{ ...grant, reach, grantee }] })]), 'permission-change');

    expect(finding).toMatchObject({ always, impact });
    expect(finding?.bits).toBeGreaterThan(3.5);
  });
});

describe('log-tampering', () => {
  it.each([
    { name: 'cloudtrail:StopLogging', outcome: 'success', always: true, impact: 3, why: 'blinds at once' },
    { name: 'cloudtrail:StopLogging', outcome: 'denied', always: false, impact: 1.8, why: 'tried and was refused' },
    { name: 'logs:DeleteLogGroup', outcome: 'success', always: false, impact: 3, why: 'takes a witness away' },
  ] as const)('$name, $outcome: $why', ({ name, outcome, always, impact }) => {
    const findings = findingsFor([at({ action: anAction(name, { accessLevel: 'Write' }), outcome })]);

    expect(only(findings, 'log-tampering')).toMatchObject([{ value: name, always, impact }]);
    expect(only(findings, 'new-action')).toEqual([]);
  });
});
