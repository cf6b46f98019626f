import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFindingEvent, aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { decodeActivity, encodeActivity } from './activity-codec.ts';

const EPOCH = MONDAY / 3_600_000;

const someEvent = fc
  .record({
    minute: fc.integer({ min: 0, max: 59 }),
    action: fc.constantFrom('s3:GetObject', 'iam:CreateUser'),
    prefix: fc.constantFrom('192.0.2.0/24', '198.51.100.0/24'),
    errorCode: fc.constantFrom('AccessDenied', undefined),
    accessKeyId: fc.constantFrom('ASIAEXAMPLE', undefined),
    sessionName: fc.constantFrom('dana', undefined),
    sessionShape: fc.constantFrom('a', undefined),
    resources: fc.array(fc.constantFrom('orders', 'ü 💡'), { maxLength: 2 }),
    minted: fc.constantFrom({ accessKeyId: 'ASIAOTHER' }, undefined),
    mfa: fc.boolean(),
    console: fc.boolean(),
    arn: fc.constantFrom('arn:aws:iam::123456789012:role/orders-api', undefined),
  })
  .map(({ minute, action, prefix, arn, ...rest }) =>
    anActivityEvent({
      ...rest,
      time: MONDAY + minute * 60_000,
      action: anAction(action),
      network: aNetwork(prefix),
      actor: anActor({ arn }),
    }),
  );

describe('a record of the activity stream', () => {
  it('gives back its events', () => {
    fc.assert(
      fc.property(fc.array(someEvent, { maxLength: 20 }), (events) => {
        const activity = { kind: 'events', epoch: EPOCH, split: 1, splits: 3, events } as const;

        expect(decodeActivity(encodeActivity(activity))).toEqual(activity);
      }),
    );
  });

  it('gives back what security services told among them', () => {
    const events = [
      anActivityEvent({ time: MONDAY }),
      aFindingEvent(),
      aFindingEvent({ severity: 'low', sessionName: 'x' }),
    ];
    const activity = { kind: 'events', epoch: EPOCH, split: 0, splits: 1, events } as const;

    expect(decodeActivity(encodeActivity(activity))).toEqual(activity);
  });

  it('gives back a mark', () => {
    expect(decodeActivity(encodeActivity({ kind: 'mark', at: MONDAY }))).toEqual({ kind: 'mark', at: MONDAY });
  });

  it('stays small: under 90 bytes an event where events are alike', () => {
    const events = Array.from({ length: 200 }, (_, i) => anActivityEvent({ time: MONDAY + i * 1000 }));

    const bytes = encodeActivity({ kind: 'events', epoch: EPOCH, split: 0, splits: 1, events });

    expect(bytes.length / events.length).toBeLessThan(90);
  });

  it.each([
    { bytes: new Uint8Array([9, 9]), message: 'cut or damaged', why: 'garbage' },
    { bytes: deflateRawSync('{"version":1}'), message: 'no activity', why: 'something else' },
    { bytes: deflateRawSync('null'), message: 'no activity', why: 'nothing' },
    { bytes: deflateRawSync('{"version":2,"kind":"mark"}'), message: 'version 2', why: 'of a later release' },
  ])('is refused: $why', ({ bytes, message }) => {
    expect(() => decodeActivity(bytes)).toThrow(message);
  });
});
