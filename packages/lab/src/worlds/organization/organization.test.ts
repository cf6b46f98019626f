import { DAY_MS } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../random.ts';
import { labNetworks } from '../../record/network-owners.ts';
import { simulate } from '../../simulate.ts';
import { organization } from './organization.ts';
import { TROUBLE_KINDS } from './troubles/draw-troubles.ts';

const SMALL = { actors: 40, days: 10, volume: 0.3 } as const;
const world = organization({ ...SMALL, seed: 5, half: 'tuning' });
const records = [...simulate(world, 5)];

describe('an organization', () => {
  it('gives the same records, byte for byte, for the same seed', () => {
    const again = [...simulate(organization({ ...SMALL, seed: 5, half: 'tuning' }), 5)];

    expect(JSON.stringify(again)).toBe(JSON.stringify(records));
  });

  it('gives a day alone as it gives it in the run', () => {
    const fresh = organization({ ...SMALL, seed: 5, half: 'tuning' });
    const day = { start: fresh.start + 6 * 86_400_000, index: 6, weekday: 0 };
    const alone = fresh.actors.flatMap((actor) => actor.act(day, randomStream(5, actor.id, 6)));
    const ids = new Set(records.map(({ record }) => record.eventID));

    expect(alone.length).toBeGreaterThan(100);
    expect(alone.every(({ record }) => ids.has(record.eventID))).toBe(true);
  });

  it.each(['tuning', 'test'] as const)('is understood by ingest to the last record (%s)', (half) => {
    const other = organization({ ...SMALL, seed: 11, half });
    const ingest = createIngest({ network: labNetworks() });
    const lines = [...simulate(other, 1)].map(({ record }) => record);
    const { events, rejected } = ingest.container(Buffer.from(JSON.stringify({ Records: lines })));

    expect(rejected).toEqual([]);
    expect(events.length).toBe(lines.length);
  });

  it('has a member for each actor, and no two of one id', () => {
    const ids = world.members.map(({ id }) => id);

    expect(ids).toEqual(world.actors.map(({ id }) => id));
    expect(ids).toHaveLength(SMALL.actors);
  });

  it.each([1, 2, 3])('names no two of many members alike (seed %i)', (seed) => {
    const { members } = organization({ actors: 900, days: 5, seed, half: 'test' });

    expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
  });

  it('meets every kind of trouble over a few seeds, within its days', () => {
    const worlds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      organization({ actors: 150, days: 100, seed, half: 'tuning', volume: 0.1 }),
    );
    const kinds = worlds.flatMap(({ troubles }) => troubles.map(({ kind }) => kind));

    expect(TROUBLE_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
    for (const { troubles, planned, members, start, days } of worlds) {
      const ids = new Set(members.map(({ id }) => id));
      const end = start + days * DAY_MS;
      expect(troubles.filter(({ from, to }) => from < start || to > end || from > to)).toEqual([]);
      expect(troubles.flatMap((trouble) => trouble.members).filter((id) => !ids.has(id))).toEqual([]);
      expect(planned.filter(({ from, to }) => from < start || to > end || from > to)).toEqual([]);
    }
    expect(worlds.flatMap(({ planned }) => planned).length).toBeGreaterThan(worlds.length);
  });

  it('never gives two records one event id', () => {
    expect(new Set(records.map(({ record }) => record.eventID)).size).toBe(records.length);
  });
});
