import { dayOf, epochOf } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { emptyDelta, observe } from './activity-delta.ts';
import { emptyBaseline, seal } from './actor-baseline.ts';
import { novelSightings } from './novel-sightings.ts';
import { forgetValues, withoutActions, withoutValues } from './without.ts';

function anHour() {
  const delta = emptyDelta(anActor(), epochOf(MONDAY));
  const network = aNetwork('198.51.100.0/24');
  for (const name of ['s3:GetObject', 'iam:GetUser', 'iam:GetUser', 'iam:CreateUser']) {
    observe(
      delta,
      anActivityEvent({ action: anAction(name), network, outcome: name === 'iam:GetUser' ? 'denied' : 'success' }),
    );
  }
  return delta;
}

const values = (delta: ReturnType<typeof anHour>) =>
  Object.values(delta.sightings).flatMap(({ list }) => list.map(({ value }) => value));

describe('withoutValues', () => {
  it('leaves values of any feature out, and the counts alone', () => {
    const rest = withoutValues(anHour(), new Set(['iam:CreateUser', '198.51.100.0/24']));

    expect(values(rest)).not.toContain('iam:CreateUser');
    expect(values(rest)).not.toContain('198.51.100.0/24');
    expect(values(rest)).toEqual(expect.arrayContaining(['s3:GetObject', 'iam:GetUser']));
    expect(rest).toMatchObject({ events: 4, denied: 2 });
  });

  it('finds new what is left and was new, as if it were asked anew', () => {
    const delta = anHour();
    novelSightings(delta, undefined);

    const rest = withoutValues(delta, new Set(['iam:CreateUser']));

    expect(rest.novel).toEqual(novelSightings({ ...rest, novel: undefined }, undefined));
    expect(rest.novel?.action.map(({ value }) => value)).toEqual(['s3:GetObject', 'iam:GetUser']);
  });

  it('is the hour itself where none of the values was seen', () => {
    const delta = anHour();

    expect(withoutValues(delta, new Set(['iam:DeleteUser']))).toBe(delta);
  });
});

describe('withoutActions', () => {
  it('leaves calls out with all that counts them, and keeps where they came from', () => {
    const delta = anHour();
    const rest = withoutActions(delta, ({ value }) => value === 'iam:GetUser');

    expect(values(rest)).not.toContain('iam:GetUser');
    expect(values(rest)).toEqual(expect.arrayContaining(['s3:GetObject', 'iam:CreateUser', '198.51.100.0/24']));
    expect(rest).toMatchObject({ events: 2, denied: 0 });
    expect(rest.sample.witnesses.map(({ action }) => action.name).sort()).toEqual(['iam:CreateUser', 's3:GetObject']);
    expect(delta.events).toBe(4);
  });
});

describe('forgetValues', () => {
  it('makes what was learned new again', () => {
    const baseline = emptyBaseline(dayOf(MONDAY));
    seal(baseline, anHour());

    forgetValues(baseline, ['iam:CreateUser', 'never seen']);

    expect(seal(baseline, anHour()).newValues.action).toHaveLength(1);
  });
});
