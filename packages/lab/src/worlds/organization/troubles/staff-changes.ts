import { DAY_MS } from '@portcullis/event';
import type { Person } from '../members/person.ts';
import { repertoire } from '../members/repertoire.ts';
import { dayNumber, present, someDay, type TroubleSource, type Turn, told, workingDay } from './trouble.ts';

/** People who come, go, change teams or stay away. */
export const STAFF_CHANGES: readonly TroubleSource[] = [
  {
    kind: 'joiner',
    often: 5,
    per: 'hundred-members',
    happen(turn) {
      const at = workingDay(someDay(turn));
      const somebody = anyone(turn, at);
      if (somebody === undefined || somebody.joins > 0) return;
      somebody.joins = dayNumber(turn, at);
      told(turn, 'joiner', at, at + 7 * DAY_MS, [somebody]);
    },
  },
  {
    kind: 'team-joins',
    often: 0.4,
    per: 'organization',
    happen(turn) {
      const at = workingDay(someDay(turn));
      const team = turn.random.pick(turn.ground.teams);
      const newcomers = turn.population.people.filter(({ viewpoint, joins }) => viewpoint.team === team && joins === 0);
      for (const somebody of newcomers) somebody.joins = dayNumber(turn, at);
      if (newcomers.length > 0) told(turn, 'team-joins', at, at + 7 * DAY_MS, newcomers);
    },
  },
  {
    kind: 'leaver',
    often: 4,
    per: 'hundred-members',
    happen(turn) {
      const at = someDay(turn);
      const somebody = anyone(turn, at);
      if (somebody === undefined || somebody.joins > 0 || somebody.leaves < turn.ground.culture.days) return;
      somebody.leaves = Math.max(2, dayNumber(turn, at));
      told(turn, 'leaver', at, at + DAY_MS, [somebody]);
    },
  },
  {
    kind: 'mover',
    often: 4,
    per: 'hundred-members',
    happen(turn) {
      const at = workingDay(someDay(turn));
      const somebody = anyone(turn, at);
      if (somebody === undefined) return;
      const { ground, random } = turn;
      const site = somebody.viewpoint.site;
      const team = random.pick(ground.teams);
      const taken = repertoire(ground.culture, team, random).map((task) => ({
        ...task,
        from: at,
        about: { site, team },
      }));
      const handedOver = somebody.tasks.map((task) => ({
        ...task,
        until: Math.min(task.until ?? Infinity, at + 5 * DAY_MS),
      }));
      somebody.tasks.splice(0, somebody.tasks.length, ...handedOver, ...taken);
      told(turn, 'mover', at, at + 14 * DAY_MS, [somebody]);
    },
  },
  {
    kind: 'return-from-absence',
    often: 18,
    per: 'hundred-members',
    happen(turn) {
      const from = someDay(turn);
      const somebody = anyone(turn, from);
      if (somebody === undefined) return;
      const days = turn.random.weighted(ABSENCES).days;
      const first = dayNumber(turn, from);
      somebody.absences.push([first, first + days - 1]);
      const back = from + days * DAY_MS;
      if (dayNumber(turn, back) < turn.ground.culture.days)
        told(turn, 'return-from-absence', back, back + 2 * DAY_MS, [somebody]);
    },
  },
  {
    kind: 'company-holiday',
    often: 0.7,
    per: 'organization',
    happen(turn) {
      const days = turn.random.int(2, 9);
      const from = someDay(turn, days);
      const first = dayNumber(turn, from);
      const away = turn.population.people.filter(() => turn.random.chance(0.85));
      for (const { absences } of away) absences.push([first, first + days - 1]);
      told(turn, 'company-holiday', from, from + days * DAY_MS, away);
    },
  },
];

const ABSENCES: readonly { readonly weight: number; readonly days: number }[] = [
  { weight: 5, days: 2 },
  { weight: 5, days: 7 },
  { weight: 5, days: 14 },
  { weight: 2, days: 28 },
  { weight: 1, days: 60 },
];

function anyone(turn: Turn, at: number): Person | undefined {
  const there = present(turn, turn.population.people, at);
  return there.length === 0 ? undefined : turn.random.pick(there);
}
