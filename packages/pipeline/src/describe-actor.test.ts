import { gunzipSync, gzipSync } from 'node:zlib';
import { emptyDelta, FEATURES, observe } from '@portcullis/baseline';
import { defaultSettings } from '@portcullis/config';
import { DAY_MS, epochOf } from '@portcullis/event';
import { expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { describeActor } from './describe-actor.ts';
import { emptyState, type PipelineState } from './pipeline-state.ts';
import { sealContext } from './seal-context.ts';
import { sealEpoch } from './seal-epoch.ts';
import { decodeState, encodeState } from './state-codec.ts';

const CONTEXT = { ...sealContext(defaultSettings), alertAfter: Number.POSITIVE_INFINITY };

/** An hour of three reads, and a day later an hour of one read and one write. */
const DAYS = [
  ['dynamodb:GetItem', 'dynamodb:GetItem', 'dynamodb:GetItem'],
  ['dynamodb:GetItem', 'dynamodb:PutItem'],
];
const actor = anActor({ name: 'orders-api' });

function aState(): PipelineState {
  const state = emptyState();
  for (const [day, actions] of DAYS.entries()) {
    const time = MONDAY + day * DAY_MS;
    const delta = emptyDelta(actor, epochOf(time));
    for (const action of actions) observe(delta, anActivityEvent({ actor, time, action: anAction(action) }));
    sealEpoch(state, epochOf(time), new Map([[actor.id, delta]]), CONTEXT);
  }
  return state;
}

it('describes days, rates and every feature, and what people call the actor', () => {
  const described = describeActor(aState(), actor.id);

  expect(described).toMatchObject({
    known: { kind: 'role', name: 'orders-api', arn: actor.arn },
    firstDay: '2026-03-02',
    lastDay: '2026-03-03',
    activeDays: 2,
    events: 5,
    confidence: 'low',
    episode: undefined,
  });
  expect(described?.hourly.mean).toBeCloseTo(2.5, 1);
  expect(described?.hourly.deviation).toBeCloseTo(0.5, 1);
  expect(described?.hourly.activeShare).toBeCloseTo(2 / 25, 1);
  expect(described?.features.map(({ feature }) => feature)).toEqual(FEATURES);
  const action = described?.features.find(({ feature }) => feature === 'action');
  expect(action).toMatchObject({
    values: 2,
    named: [
      { value: 'dynamodb:GetItem', count: 4, firstDay: '2026-03-02', lastDay: '2026-03-03' },
      { value: 'dynamodb:PutItem', count: 1, firstDay: '2026-03-03', lastDay: '2026-03-03' },
    ],
  });
  expect(action?.newPerActiveDay).toBeCloseTo(1, 1);
});

it('says the same of a state that was saved', () => {
  const [kept, saved] = [aState(), decodeState(encodeState(aState()))].map((state) => describeActor(state, actor.id));
  // Hours are kept without their names
  const apartFromHours = (described = kept) => described?.features.filter(({ feature }) => feature !== 'hour');

  expect({ ...saved, features: apartFromHours(saved) }).toEqual({ ...kept, features: apartFromHours(kept) });
});

it('goes by its id alone where a state was saved before names were', () => {
  const lines = gunzipSync(encodeState(aState()))
    .toString('utf8')
    .replace(/,"known":\{[^}]*\}/g, '');

  const described = describeActor(decodeState(gzipSync(lines)), actor.id);

  expect(described).toMatchObject({ known: undefined, events: 5 });
});

it('knows nothing of a stranger', () => {
  expect(describeActor(aState(), 'stranger')).toBeUndefined();
});
