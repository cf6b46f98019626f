import {
  type ActorBaseline,
  ageOn,
  emptyBaseline,
  emptyDelta,
  emptyPopulation,
  learnEpoch,
  observe,
  type Population,
} from '@portcullis/baseline';
import { type ActivityEvent, type Actor, DAY_MS, dayOf, epochOf, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, anAgent, MONDAY } from '../../../test/builders.ts';
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
      anActivityEvent({
        actor,
        time,
        action: anAction(name),
        network: aNetwork('192.0.2.0/24', { owner: 'CLOUD' }),
        sessionShape: 'a-#',
        resources: name.startsWith('dynamodb') ? ['orders'] : [],
      }),
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
    ageDays: ageOn(baselines.get(actor.id), dayOf(events[0]?.time ?? 0)),
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
      ageDays: 0,
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
    const who = anActor({ name: 'ada', kind: 'person' });
    const [refused] = only(findingsFor([at({ actor: who, action, outcome: 'denied' })], who), 'new-action');
    const [granted] = only(findingsFor([at({ actor: who, action })], who), 'new-action');

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

describe('a deed from a place that is new as well', () => {
  const ALLOWANCE = 3.5;
  const deed = (overrides: Partial<ActivityEvent>) => at({ action: anAction('iam:CreateUser'), ...overrides });
  const elsewhere = aNetwork('203.0.113.0/24', { owner: 'ISP' });
  const home = aNetwork('192.0.2.0/24', { owner: 'CLOUD' });
  const bitsOf = (events: readonly ActivityEvent[], detector: DetectorId) =>
    only(findingsFor(events, actor, ALLOWANCE), detector)[0]?.bits ?? Number.NaN;

  it('is worth the allowance more: the place has paid it', () => {
    const usual = bitsOf([deed({ network: home })], 'new-action');
    const away = bitsOf([deed({ network: elsewhere })], 'new-action');

    expect(away).toBeCloseTo(Math.min(16, usual + ALLOWANCE), 6);
    expect(only(findingsFor([deed({ network: elsewhere })], actor, ALLOWANCE), 'new-action')[0]?.reason).toMatch(
      /actors of the account, and from a network owner that is new to it as well$/,
    );
  });

  it('is worth nothing more where other calls came from there', () => {
    const apart = [deed({ network: home }), at({ action: anAction('s3:GetObject'), network: elsewhere })];

    expect(bitsOf(apart, 'new-action')).toBeCloseTo(bitsOf([deed({ network: home })], 'new-action'), 6);
  });

  it('leaves the place itself and counts as they are', () => {
    const alone = bitsOf([at({ action: anAction('s3:GetObject'), network: elsewhere })], 'new-network');

    expect(bitsOf([deed({ network: elsewhere })], 'new-network')).toBeCloseTo(alone, 6);
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

const SECRET = anAction('secretsmanager:GetSecretValue');
const WRITE = anAction('sqs:SendMessage', { accessLevel: 'Write' });
const repeated = (times: number, event: (index: number) => Partial<ActivityEvent>) =>
  Array.from({ length: times }, (_, index) => at(event(index)));

/** What each detector must find, and the look-alike it must leave alone. */
describe.each<{
  detector: DetectorId;
  finds: () => ActivityEvent[];
  value: string | RegExp;
  leaves: () => ActivityEvent[];
  why: string;
}>([
  {
    detector: 'new-service',
    finds: () => [at({ action: anAction('iam:ListUsers', { accessLevel: 'List' }) })],
    value: 'iam',
    leaves: () => [at({ action: anAction('dynamodb:DescribeTable') })],
    why: 'a new action of a usual service',
  },
  {
    detector: 'role-chain',
    finds: () => [at({ action: anAction('sts:AssumeRole', { accessLevel: 'Write' }), resources: ['role/admin'] })],
    value: 'role/admin',
    leaves: () => [at({ action: WRITE, resources: ['role/admin'] })],
    why: 'something else done to a role',
  },
  {
    detector: 'new-data',
    finds: () => [at({ action: SECRET, resources: ['prod/card-keys'] })],
    value: 'prod/card-keys',
    leaves: () => [at({ action: anAction('dynamodb:GetItem'), resources: ['orders'] })],
    why: 'what it reads every day',
  },
  {
    detector: 'new-target',
    finds: () => [at({ action: WRITE, resources: ['payouts'] })],
    value: 'payouts',
    leaves: () => [at({ action: anAction('sqs:GetQueueUrl'), resources: ['payouts'] })],
    why: 'a thing only looked at',
  },
  {
    detector: 'new-region',
    finds: () => [at({ region: 'ap-southeast-1' })],
    value: 'ap-southeast-1',
    leaves: () => [at({})],
    why: 'its own region',
  },
  {
    detector: 'new-agent',
    finds: () => [at({ agent: anAgent('curl') })],
    value: /curl/,
    leaves: () => [at({ agent: { ...anAgent('aws-sdk-js'), text: 'aws-sdk-js/99' } })],
    why: 'an update of its program',
  },
  {
    detector: 'new-session',
    finds: () => [at({ sessionShape: 'a' })],
    value: 'a',
    leaves: () => [at({ sessionShape: 'a-#' })],
    why: 'a name like all before',
  },
  {
    detector: 'unusual-hour',
    finds: () => [anActivityEvent({ actor, time: now - 7 * HOUR_MS })],
    value: 'hour',
    leaves: () => [at({})],
    why: 'its working hours',
  },
  {
    detector: 'dormant-awake',
    finds: () => [anActivityEvent({ actor, time: now + 60 * DAY_MS })],
    value: 'silence',
    leaves: () => [anActivityEvent({ actor, time: now + 3 * DAY_MS })],
    why: 'a long weekend',
  },
  {
    detector: 'data-rate',
    finds: () => repeated(60, (index) => ({ action: SECRET, resources: [`secret-${index}`] })),
    value: /never read before per hour/,
    leaves: () => repeated(60, () => ({ action: anAction('sqs:GetQueueUrl') })),
    why: 'many calls that read no content',
  },
  {
    detector: 'change-rate',
    finds: () => repeated(200, () => ({ action: anAction('sqs:SendMessage', { effect: 'changes' }) })),
    value: 'changes per hour',
    leaves: () => repeated(200, () => ({ action: anAction('sqs:SendMessage', { effect: 'views' }) })),
    why: 'many calls that change nothing',
  },
  {
    detector: 'denied-rate',
    finds: () => repeated(40, () => ({ outcome: 'denied' })),
    value: 'refused calls per hour',
    leaves: () => repeated(40, () => ({ outcome: 'success' })),
    why: 'calls that were answered',
  },
  {
    detector: 'resource-spread',
    finds: () => repeated(80, (index) => ({ action: anAction('s3:GetBucketPolicy'), resources: [`bucket-${index}`] })),
    value: 'different things per hour',
    leaves: () => repeated(80, () => ({ action: anAction('s3:GetBucketPolicy'), resources: ['bucket'] })),
    why: 'one thing looked at again and again',
  },
  {
    detector: 'novelty-rate',
    finds: () => repeated(60, (index) => ({ action: anAction(`ec2:DescribeThing${index}`) })),
    value: 'first times per hour',
    leaves: () => repeated(60, () => ({})),
    why: 'a busy hour of usual calls',
  },
])('$detector', ({ detector, finds, value, leaves, why }) => {
  it('finds what is new', () => {
    const values = only(findingsFor(finds()), detector).map((finding) => finding.value);

    expect(values.some((found) => (typeof value === 'string' ? found === value : value.test(found)))).toBe(true);
  });

  it(`leaves alone ${why}`, () => {
    expect(only(findingsFor(leaves(), actor, 3.5), detector)).toEqual([]);
  });
});

describe('root-use', () => {
  const root = anActor({ name: 'root', root: true, kind: 'user' });

  it('is told always', () => {
    const [finding] = only(findingsFor([at({ actor: root })], root, 3.5), 'root-use');

    expect(finding).toMatchObject({ value: 'root', always: true });
  });

  it.each([
    { actor: anActor({ name: 'root' }), why: 'somebody of that name' },
    { actor: anActor({ root: true, via: 'health.amazonaws.com' }), why: 'a service on its behalf' },
  ])('is not $why', ({ actor: other }) => {
    expect(only(findingsFor([at({ actor: other })], other), 'root-use')).toEqual([]);
  });
});

describe('what counts', () => {
  it.each(['call-rate', 'data-rate', 'resource-spread', 'novelty-rate'] as const)('%s: more never says less', (id) => {
    const bitsOf = (times: number) => {
      const events = repeated(times, (index) => ({ action: SECRET, resources: [`secret-${index}`] }));
      return Math.max(0, ...only(findingsFor(events), id).map(({ bits }) => bits));
    };

    const bits = [1, 5, 20, 80, 300].map(bitsOf);

    expect(bits).toEqual(bits.toSorted((a, b) => a - b));
    expect(bits.at(-1)).toBeGreaterThan(5);
  });

  it('the rarer a value among others, the more bits', () => {
    const newcomer = anActor({ name: 'function-new' });
    const bits = ['s3:GetObject', 'iam:ListUsers'].map(
      (name) => only(findingsFor([at({ actor: newcomer, action: anAction(name) })], newcomer), 'new-action')[0]?.bits,
    );

    expect(bits[1]).toBeGreaterThan(bits[0] ?? 99);
  });
});

describe('people', () => {
  it.each([
    { detector: 'new-network', why: 'surroundings' },
    { detector: 'call-rate', why: 'amounts' },
  ] as const)('weigh less by their $why than programs do', ({ detector }) => {
    const impactFor = (kind: Actor['kind']) => {
      const who = { ...actor, kind };
      const events = Array.from({ length: 300 }, (_, index) =>
        at({
          id: `e-${index}`,
          actor: who,
          action: anAction('dynamodb:GetItem', { effect: 'reads-data' }),
          network: aNetwork('198.51.100.0/24', { owner: 'HOME' }),
        }),
      );
      return only(findingsFor(events, who), detector)[0]?.impact ?? 0;
    };

    expect(impactFor('person')).toBeGreaterThan(0);
    expect(impactFor('person')).toBeLessThan(impactFor('function'));
  });

  it('weigh half as much by starting what they never started, and as much by looking around or making things', () => {
    const impactFor = (kind: Actor['kind'], name: string) => {
      const who = { ...actor, kind };
      const action = anAction(name, { accessLevel: name.includes('List') ? 'List' : 'Write' });
      return only(findingsFor([at({ actor: who, action })], who), 'new-action')[0]?.impact;
    };

    expect(impactFor('person', 'iam:ListUsers')).toBe(0.6);
    expect(impactFor('function', 'iam:ListUsers')).toBe(0.6);
    expect(impactFor('person', 'sns:CreateTopic')).toBe(0.9);
    expect(impactFor('function', 'sns:CreateTopic')).toBe(0.9);
    expect(impactFor('person', 'ecs:RunTask')).toBe(1.5);
    expect(impactFor('function', 'ecs:RunTask')).toBe(3);
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
    { reach: 'foreign-account', grantee: '111111111111', always: false, impact: 0.9, why: 'an account of the house' },
    { reach: 'own-account', grantee: 'role/ci', always: false, impact: 0.9, why: 'inside the account' },
  ] as const)('$why', ({ reach, grantee, always, impact }) => {
    const [finding] = only(findingsFor([at({ grants: [{ ...grant, reach, grantee }] })]), 'permission-change');

    expect(finding).toMatchObject({ always, impact });
    expect(finding?.bits).toBeGreaterThan(3.5);
  });

  it.each([
    { name: 'iac', days: 10, always: false, why: 'whose work it is' },
    { name: 'young-iac', days: 6, always: true, why: 'that began to grant days ago' },
  ])('tells of the next outsider of $name, $why, always: $always', ({ name, days, always }) => {
    const granter = anActor({ name });
    const { baselines, population } = account;
    for (let day = 0; day < days; day++) {
      const time = now - (20 - day) * DAY_MS;
      const grants = [{ ...grant, reach: 'foreign-account', grantee: `3333333333${10 + day}` }] as const;
      learnHour(granter, baselines, population, [at({ actor: granter, time, grants })]);
    }
    const event = at({ actor: granter, grants: [{ ...grant, reach: 'foreign-account', grantee: '222222222222' }] });

    expect(only(findingsFor([event], granter), 'permission-change')).toMatchObject([{ always, impact: 2 }]);
    expect(only(findingsFor([{ ...event, actor }]), 'permission-change')).toMatchObject([{ always: true }]);
  });
});

describe('log-tampering', () => {
  it.each([
    { name: 'cloudtrail:StopLogging', outcome: 'success', always: true, impact: 3, why: 'blinds at once' },
    { name: 'cloudtrail:StopLogging', outcome: 'denied', always: false, impact: 1.8, why: 'tried and was refused' },
    { name: 'logs:DeleteLogGroup', outcome: 'success', always: false, impact: 3, why: 'takes a witness away' },
    { name: 'cloudwatch:DeleteAlarms', outcome: 'success', always: false, impact: 1.8, why: 'blunts a witness' },
    { name: 'cloudwatch:DeleteAlarms', outcome: 'denied', always: false, impact: 1, why: 'would have blunted one' },
  ] as const)('$name, $outcome: $why', ({ name, outcome, always, impact }) => {
    const findings = findingsFor([at({ action: anAction(name, { accessLevel: 'Write' }), outcome })]);

    expect(only(findings, 'log-tampering')).toMatchObject([{ value: name, always, impact }]);
    expect(only(findings, 'new-action')).toEqual([]);
  });

  it('weighs selectors that leave all management events in like a blunted witness', () => {
    const action = anAction('cloudtrail:PutEventSelectors', { accessLevel: 'Write', effect: 'changes' });
    const whole = at({ id: 'whole', action, recordsAllManagement: true });

    expect(only(findingsFor([whole]), 'log-tampering')).toMatchObject([{ always: false, impact: 1.8 }]);
    expect(only(findingsFor([whole, at({ id: 'thin', action })]), 'log-tampering')).toMatchObject([
      { always: true, impact: 3 },
    ]);
  });
});
