import { DAY_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { stolenKeyStory } from './attacks/stolen-key.ts';
import { simulate } from './simulate.ts';
import { smallWorld } from './worlds/small-world.ts';

const world = smallWorld({ days: 8, volume: 0.2 });
const story = stolenKeyStory(world);
const run = [...simulate({ ...world, actors: [...world.actors, story] }, 7)];

describe('simulate', () => {
  it('yields records in event-time order', () => {
    const times = run.map(({ time }) => time);

    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('gives the same records for the same seed and others for another', () => {
    const again = [...simulate({ ...world, actors: [...world.actors, story] }, 7)];
    const other = [...simulate({ ...world, actors: [...world.actors, story] }, 8)];

    expect(again).toEqual(run);
    expect(other.map(({ record }) => record.eventID)).not.toEqual(run.map(({ record }) => record.eventID));
  });

  it('leaves what all others do as it was when an actor is added', () => {
    const without = [...simulate(world, 7)];

    expect(run.filter(({ label }) => label === undefined)).toEqual(without);
  });

  it('never gives two records one event id', () => {
    expect(new Set(run.map(({ record }) => record.eventID)).size).toBe(run.length);
  });

  it('labels exactly the events of the story, all after the second last evening', () => {
    const labelled = run.filter(({ label }) => label !== undefined);

    expect(labelled).toHaveLength(story.steps.reduce((sum, { calls }) => sum + calls.length, 0));
    expect(labelled.every(({ time }) => time > world.start + (world.days - 2) * DAY_MS)).toBe(true);
    expect(new Set(story.steps.map(({ caller }) => caller.identity.principalId)).size).toBeGreaterThanOrEqual(6);
  });

  it('uses credentials that were issued before: stolen sessions carry the key of a live one', () => {
    const issued = new Set(
      run.filter(({ label }) => label === undefined).map(({ record }) => record.userIdentity.accessKeyId),
    );
    const stolen = run.filter(
      ({ label }) =>
        label !== undefined &&
        ['leaked-key', 'stolen-function-credentials', 'second-function', 'instance-credentials'].includes(label.step),
    );

    expect(stolen.length).toBeGreaterThan(0);
    for (const { record } of stolen) expect(issued).toContain(record.userIdentity.accessKeyId);
  });

  it('never uses a session before it was made', () => {
    for (const { record } of run) {
      const { creationDate } = Object(Object(record.userIdentity.sessionContext).attributes);
      if (creationDate) expect(record.eventTime >= creationDate, `${record.eventName} ${record.eventTime}`).toBe(true);
    }
  });
});
