import { DAY_MS } from '@portcullis/event';
import { sample } from '../draw.ts';
import { someTime, type TroubleSource, told } from './trouble.ts';

/** Work that comes with the end of each month, and more of it at the end of a quarter. */
export const MONTH_ENDS: TroubleSource = {
  kind: 'month-end',
  often: 1,
  per: 'organization',
  happen(turn) {
    const { ground, random, population } = turn;
    const { culture } = ground;
    const clerks = population.people.filter(
      ({ viewpoint }) => viewpoint.team.flavour === 'finance' || viewpoint.team.flavour === 'data',
    );
    const closers = sample(random, clerks, Math.ceil(clerks.length * 0.6));
    const loaders = sample(random, population.functions, Math.ceil(population.functions.length * 0.1));
    for (let day = 1; day < culture.days; day++) {
      const midnight = culture.start + day * DAY_MS;
      const date = new Date(midnight);
      if (date.getUTCDate() !== 1) continue;
      const factor = date.getUTCMonth() % 3 === 0 ? 2 : 1;
      for (const { tasks, errands } of closers) {
        const work = Array.from({ length: random.int(10, 50) * factor }, () => random.weighted(tasks));
        errands.push({ at: someTime(turn, midnight, 7, 12), tasks: work, gapMs: 60_000 });
      }
      for (const { surges, callsPerActiveDay } of loaders) {
        surges.push({ from: midnight, until: midnight + DAY_MS / 4, perHour: (callsPerActiveDay / 12) * factor });
      }
      const jobs = population.scheduled.filter(({ cadence }) => cadence === 'periodic');
      told(turn, 'month-end', midnight - 3 * DAY_MS, midnight + DAY_MS, [...closers, ...loaders, ...jobs]);
    }
  },
};
