import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { laptopOf, type Person } from '../members/person.ts';
import { lineIn } from '../members/whereabouts.ts';
import { valueAt } from '../timeline.ts';
import { present, someDay, someTime, type TroubleSource, type Turn, told } from './trouble.ts';

/** People whose place, machine, tool or hours change. */
export const NEW_SURROUNDINGS: readonly TroubleSource[] = [
  {
    kind: 'travel',
    often: 12,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, at) => {
        const { random, ground } = turn;
        const country = random.chance(0.7)
          ? random.pick(ground.culture.pool.countries).code
          : somebody.viewpoint.team.country.code;
        const back = at + random.int(2, 15) * DAY_MS;
        const home = valueAt(somebody.homes, back);
        somebody.homes.push(
          { from: at, value: lineIn(country, `${somebody.id}/away/${at}`, random) },
          { from: back, value: home },
        );
        told(turn, 'travel', at, back, [somebody]);
      }),
  },
  {
    kind: 'new-home',
    often: 5,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, at) => {
        somebody.homes.push({
          from: at,
          value: lineIn(somebody.viewpoint.team.country.code, `${somebody.id}/${at}`, turn.random),
        });
        told(turn, 'new-home', at, at + 2 * DAY_MS, [somebody]);
      }),
  },
  {
    kind: 'new-laptop',
    often: 8,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, at) => {
        somebody.laptops.push({ from: at, value: laptopOf(turn.ground.culture, turn.random) });
        told(turn, 'new-laptop', at, at + 2 * DAY_MS, [somebody]);
      }),
  },
  {
    kind: 'new-tool',
    often: 8,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, at) => {
        const { random, ground } = turn;
        const { pool } = ground.culture;
        const script = random.pick([...pool.scripts, ...pool.provisioners, ...pool.shells])(random);
        somebody.laptops.push({ from: at, value: { ...valueAt(somebody.laptops, at), script } });
        told(turn, 'new-tool', at, at + 2 * DAY_MS, [somebody]);
      }),
  },
  {
    kind: 'night-work',
    often: 10,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, at) => {
        const { random } = turn;
        const nights = random.int(1, 6);
        const offset = somebody.viewpoint.team.country.utcOffsetHours;
        for (let night = 0; night < nights; night++) {
          const begins = at + night * DAY_MS + (21 + random.float() * 5 - offset) * HOUR_MS;
          const tasks = Array.from({ length: random.int(3, 25) }, () => random.weighted(somebody.tasks));
          somebody.errands.push({ at: begins, tasks, gapMs: 90_000 });
        }
        told(turn, 'night-work', at, at + (nights + 1) * DAY_MS, [somebody]);
      }),
  },
  {
    kind: 'busy-person',
    often: 8,
    per: 'hundred-members',
    happen: (turn) =>
      toSomebody(turn, (somebody, midnight) => {
        const { random } = turn;
        const at = someTime(turn, midnight);
        const loop = random.weighted(somebody.tasks);
        const tasks = Array.from({ length: random.int(80, 600) }, () => loop);
        somebody.errands.push({ at, tasks, gapMs: 1500 });
        told(turn, 'busy-person', at, at + 2 * HOUR_MS, [somebody]);
      }),
  },
];

/** Happens to one of the people, from the midnight of some day on. */
function toSomebody(turn: Turn, happen: (somebody: Person, midnight: EpochMs) => void): void {
  const at = someDay(turn);
  const there = present(turn, turn.population.people, at);
  if (there.length > 0) happen(turn.random.pick(there), at);
}
