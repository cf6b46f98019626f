import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, anAgent, MONDAY } from '../../../test/builders.ts';
import { type ActivityDelta, deriveFeatures, emptyDelta, letGoOfUsual, mergeDelta, observe } from './activity-delta.ts';
import { emptyBaseline, seal } from './actor-baseline.ts';

const EPOCH = MONDAY / 3_600_000;

const someEvents = fc.array(
  fc.record({
    minute: fc.integer({ min: 0, max: 59 }),
    action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'iam:ListUsers'),
    prefix: fc.constantFrom('192.0.2.0/24', '198.51.100.0/24'),
    product: fc.constantFrom('aws-cli', 'Boto'),
    resource: fc.constantFrom('orders', 'media'),
    denied: fc.boolean(),
  }),
  { maxLength: 40 },
);

interface EventSpec {
  readonly minute: number;
  readonly action: string;
  readonly prefix: string;
  readonly denied: boolean;
  readonly product?: string;
  readonly resource?: string;
}

function eventsOf(specs: readonly EventSpec[]) {
  return specs.map(({ minute, action, prefix, denied, product = 'aws-cli', resource = 'orders' }) =>
    anActivityEvent({
      time: MONDAY + minute * 60_000,
      action: anAction(action),
      network: aNetwork(prefix, { owner: 'EXAMPLE' }),
      agent: anAgent(product),
      resources: [resource],
      outcome: denied ? 'denied' : 'success',
    }),
  );
}

function deltaOf(events: readonly ReturnType<typeof anActivityEvent>[]): ActivityDelta {
  const delta = emptyDelta(anActor(), EPOCH);
  for (const event of events) observe(delta, event);
  return delta;
}

/** Maps compare by insertion order in some matchers; this does not. */
function content(delta: ActivityDelta) {
  deriveFeatures(delta, undefined);
  return {
    events: delta.events,
    changes: delta.changes,
    dataReads: delta.dataReads,
    viewed: [...(delta.viewed ?? [])].sort(),
    sample: delta.sample.witnesses,
    heavySample: delta.heavySample.witnesses,
    denied: delta.denied,
    sightings: Object.fromEntries(
      Object.entries(delta.sightings).map(([feature, { list }]) => [
        feature,
        Object.fromEntries(list.map((sighting) => [sighting.value, sighting])),
      ]),
    ),
  };
}

describe('observe', () => {
  it('does not depend on the order of events', () => {
    fc.assert(
      fc.property(someEvents, fc.infiniteStream(fc.nat()), (specs, shuffle) => {
        const events = eventsOf(specs);
        const keys = new Map(events.map((event) => [event, shuffle.next().value]));
        const shuffled = events.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));

        expect(content(deltaOf(shuffled))).toEqual(content(deltaOf(events)));
      }),
    );
  });

  it('shows the actor in its fullest view, whichever event shows it', () => {
    const [full, bare] = [anActor(), anActor({ arn: undefined, peerGroup: 'role' })];

    for (const order of [
      [full, bare],
      [bare, full],
    ] as const) {
      const delta = emptyDelta(order[0], EPOCH);
      for (const actor of order) observe(delta, anActivityEvent({ actor }));
      expect(delta.actor).toBe(full);
    }
  });

  it('keeps the four earliest events of a value, ties by id', () => {
    const events = eventsOf(
      [9, 3, 3, 7, 1, 8].map((minute) => ({ minute, action: 'a:b', prefix: 'p', denied: false })),
    );

    const { witnesses } = deltaOf(events).sightings.action.find('a:b') ?? { witnesses: [] };

    const ids = [events[4], events[1], events[2], events[3]].map((event) => event?.id);
    expect(witnesses.map(({ id }) => id)).toEqual(ids);
  });

  it('lets go of the events of what is usual and harmless, and holds on to all others', () => {
    const own = emptyBaseline(0);
    seal(own, deltaOf(eventsOf([{ minute: 0, action: 's3:GetObject', prefix: 'p', denied: false }])));
    const delta = emptyDelta(anActor(), EPOCH);
    const write = anAction('s3:GetObject', { effect: 'changes' });
    for (const name of ['s3:GetObject', 's3:ListBucket', 'iam:ListUsers'])
      observe(delta, anActivityEvent({ action: anAction(name) }));
    const again = emptyDelta(anActor(), EPOCH);
    observe(again, anActivityEvent({ action: write }));
    for (const one of [delta, again]) {
      letGoOfUsual(one, own);
      deriveFeatures(one, own);
    }

    expect(delta.sightings.action.list.map(({ witnesses }) => witnesses.length)).toEqual([0, 1, 1]);
    expect(again.sightings.action.list.map(({ witnesses }) => witnesses.length)).toEqual([1]);
    const services = delta.sightings.service.list.map(({ value, witnesses }) => [value, witnesses.length]);
    expect(services).toEqual([
      ['s3', 0],
      ['iam', 1],
    ]);
    expect(delta.sample.witnesses).toHaveLength(3);
  });

  it('names the receiver of a grant only outside the account', () => {
    const grant = { form: 'trust-policy', resource: 'r', administrative: false } as const;
    const event = anActivityEvent({
      grants: [
        { ...grant, reach: 'own-account', grantee: '123456789012' },
        { ...grant, reach: 'foreign-account', grantee: '210987654321' },
      ],
    });

    expect(deltaOf([event]).sightings.grant.list.map(({ value }) => value)).toEqual([
      'trust-policy own-account limited',
      'trust-policy foreign-account limited 210987654321',
    ]);
  });
});

describe('mergeDelta', () => {
  it('equals observing all events in one delta', () => {
    fc.assert(
      fc.property(someEvents, someEvents, (one, other) => {
        const [first, second] = [eventsOf(one), eventsOf(other)];
        const merged = deltaOf(first);

        mergeDelta(merged, deltaOf(second));

        expect(content(merged)).toEqual(content(deltaOf([...first, ...second])));
      }),
    );
  });
});
