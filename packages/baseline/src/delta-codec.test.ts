import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, anAgent, MONDAY } from '../../../test/builders.ts';
import { type ActivityDelta, deriveFeatures, emptyDelta, letGoOfUsual, mergeDelta, observe } from './activity-delta.ts';
import { type ActorBaseline, emptyBaseline, seal } from './actor-baseline.ts';
import { encodeBaseline } from './baseline-codec.ts';
import { decodeDelta, encodeDelta } from './delta-codec.ts';
import { FEATURES } from './feature.ts';

const EPOCH = MONDAY / 3_600_000;

const someEvents = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'iam:ListUsers', 'iam:CreateUser'),
      prefix: fc.constantFrom('192.0.2.0/24', '198.51.100.0/24'),
      product: fc.constantFrom('aws-cli', 'Boto'),
      resource: fc.constantFrom('orders', 'media', undefined),
      outcome: fc.constantFrom('success', 'denied', 'error'),
      sessionShape: fc.constantFrom('a-#', undefined),
      account: fc.constantFrom('123456789012', '210987654321'),
      grants: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((specs) =>
    specs.map(({ minute, action, prefix, product, resource, grants, ...rest }) =>
      anActivityEvent({
        ...rest,
        time: MONDAY + minute * 60_000,
        action: anAction(action),
        network: aNetwork(prefix, { owner: 'EXAMPLE', asn: 64500 }),
        agent: anAgent(product),
        resources: resource === undefined ? [] : [resource],
        grants: grants
          ? [{ form: 'share', reach: 'public', grantee: '*', resource: 'orders', administrative: false }]
          : [],
      }),
    ),
  );

type Events = readonly ReturnType<typeof anActivityEvent>[];

function deltaOf(events: Events): ActivityDelta {
  const delta = emptyDelta(anActor(), EPOCH);
  for (const event of events) observe(delta, event);
  return delta;
}

function stored(delta: ActivityDelta): ActivityDelta {
  return decodeDelta(encodeDelta(delta));
}

/** All that judging can see. */
function content(delta: ActivityDelta, own?: ActorBaseline) {
  letGoOfUsual(delta, own);
  deriveFeatures(delta, own);
  const { actor, epoch, late, events, denied, errors, changes, dataReads, sample, heavySample } = delta;
  return {
    ...{ actor, epoch, late, events, denied, errors, changes, dataReads },
    viewed: [...(delta.viewed ?? [])].sort(),
    samples: [sample, heavySample].map(({ witnesses, ranks }) => ({ witnesses, ranks })),
    sightings: FEATURES.map((feature) =>
      delta.sightings[feature].list.toSorted((a, b) => (a.value < b.value ? -1 : 1)),
    ),
  };
}

describe('a delta as bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        expect(content(stored(deltaOf(events)))).toEqual(content(deltaOf(events)));
      }),
    );
  });

  it('takes further events and deltas as if it had never been away', () => {
    fc.assert(
      fc.property(someEvents, someEvents, someEvents, (first, then, others) => {
        const back = stored(deltaOf(first));
        for (const event of then) observe(back, event);
        mergeDelta(back, stored(deltaOf(others)));

        expect(content(stored(back))).toEqual(content(deltaOf([...first, ...then, ...others])));
      }),
    );
  });

  it('is learned from alike', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const learned = [deltaOf(events), stored(deltaOf(events))].map((delta) => {
          const baseline = emptyBaseline(0);
          return { sealed: seal(baseline, delta), bytes: encodeBaseline(baseline) };
        });

        expect(learned[1]).toEqual(learned[0]);
      }),
    );
  });

  it('lets go of what is usual as it would have before', () => {
    fc.assert(
      fc.property(someEvents, someEvents, (known, events) => {
        const own = emptyBaseline(0);
        seal(own, deltaOf(known));

        expect(content(stored(deltaOf(events)), own)).toEqual(content(deltaOf(events), own));
      }),
    );
  });

  it('says that it is late where it is told so', () => {
    expect(decodeDelta(encodeDelta(deltaOf([])), { late: true }).late).toBe(true);
  });

  it('stays small: a thousand calls of ten kinds', () => {
    const events = Array.from({ length: 1000 }, (_, i) =>
      anActivityEvent({ action: anAction(`s3:Get${i % 10}`), time: MONDAY + i * 1000 }),
    );

    expect(encodeDelta(deltaOf(events)).length).toBeLessThan(2048);
  });

  it.each([
    { bytes: encodeDelta(deltaOf([])).slice(0, 20), message: 'cut or damaged', why: 'cut' },
    { bytes: new Uint8Array([1, 2, 3]), message: 'cut or damaged', why: 'something else' },
    { bytes: deflateRawSync('{"version":9}'), message: 'delta version 9', why: 'of a later release' },
  ])('is refused when $why', ({ bytes, message }) => {
    expect(() => decodeDelta(bytes)).toThrow(message);
  });
});
