import { DAY_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { settled } from '../organization.ts';
import { everybody } from '../population.ts';
import { drawTroubles, TROUBLE_KINDS } from './draw-troubles.ts';
import { nameToPeople } from './trouble.ts';

const worlds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
  const { ground, population } = settled({
    actors: 150,
    days: 100,
    seed,
    half: seed % 2 ? 'tuning' : 'test',
    volume: 0.1,
  });
  return { ...ground.culture, residents: everybody(population), ...drawTroubles(ground, population) };
});

describe('troubles', () => {
  it('are of every kind over a few organizations', () => {
    const kinds = worlds.flatMap(({ troubles }) => troubles.map(({ kind }) => kind));

    expect(TROUBLE_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  it('happen within the days of the world, to members of it', () => {
    for (const { troubles, start, days, residents } of worlds) {
      const ids = new Set(residents.map(({ id }) => id));
      expect(troubles.filter(({ from, to }) => from < start || to > start + days * DAY_MS || from > to)).toEqual([]);
      expect(troubles.flatMap(({ members }) => members).filter((id) => !ids.has(id))).toEqual([]);
      expect(troubles.filter(({ members }) => members.length === 0)).toEqual([]);
    }
  });

  it('that are announced are done within their window, by those named', () => {
    const announced = worlds.flatMap(({ planned, residents, start }) =>
      planned.map((work) => ({
        work,
        start,
        doers: residents.filter((one) => work.actors.includes(nameToPeople(one))),
      })),
    );

    expect(announced.length).toBeGreaterThan(worlds.length);
    for (const { work, start, doers } of announced) {
      const begun = doers.map(({ errands, joins }) => [start + joins * DAY_MS, ...errands.map(({ at }) => at)]);
      expect(doers.length, work.title).toBeGreaterThanOrEqual(work.actors.length);
      expect(
        begun.some((times) => times.some((at) => at >= work.from && at < work.to)),
        work.title,
      ).toBe(true);
      expect(
        work.actions.every((action) => /^[*a-z0-9-]+:\w+\*?$/.test(action)),
        work.actions.join(),
      ).toBe(true);
    }
  });
});
