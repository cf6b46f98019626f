import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { type Random, randomStream } from '../../../random.ts';
import type { Client } from '../../../record/caller.ts';
import type { Day } from '../../../world.ts';
import type { Culture } from '../culture.ts';
import { between, logNormal, sample } from '../draw.ts';
import type { Viewpoint } from '../estate.ts';
import type { Ground } from '../ground.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Team } from '../teams.ts';
import { type Dated, valueAt } from '../timeline.ts';
import type { Tool } from '../tools.ts';
import { nameOfPerson } from './person-names.ts';
import { learned, privilegedWork, repertoire, wanderings } from './repertoire.ts';
import { signInOf } from './sign-in.ts';
import {
  addressOn,
  gatewayAddress,
  type Line,
  lineIn,
  mobileAddress,
  officeAddress,
  wideAddressOn,
} from './whereabouts.ts';

/** A computer and what is installed on it. */
export interface Laptop {
  readonly browser: Tool;
  readonly shell: Tool;
  readonly script: Tool | undefined;
}

/** A person's circumstances that change in the course of the world. */
export interface Person extends Resident {
  readonly homes: Dated<Line>[];
  readonly laptops: Dated<Laptop>[];
}

interface Habits {
  readonly shift: readonly [from: number, to: number];
  readonly workdays: readonly number[];
  readonly officeDays: readonly number[];
  readonly sessionsPerDay: number;
  readonly tasksPerSession: number;
  readonly console: number;
  /** Share of sessions in the account for trying out. */
  readonly trial: number;
  readonly weekends: number;
  /** Share of command-line sessions under the role for privileged work. */
  readonly elevated: number;
}

/** Somebody of a team who works in sessions, on the command line or in the console, from home, office or on the way. */
export function person(ground: Ground, team: Team, number: number): Person {
  const { culture } = ground;
  const random = randomStream('person', culture.half, culture.seed, number);
  const name = nameOfPerson(culture, number);
  const id = `person/${name}`;
  const habits = habitsOf(culture, team, random);
  const site = random.chance(habits.trial) && team.flavour === 'product' ? team.trial : team.live;
  const viewpoint: Viewpoint = { site, team, taste: id };
  const elsewhere: Viewpoint = { site: site === team.live ? team.trial : team.live, team, taste: id };
  const tasks = repertoire(culture, team, random);
  tasks.push(...learned(culture, team, tasks, random));
  const privileged = privilegedWork(culture, team, random);
  const homes = [{ from: 0, value: lineIn(team.country.code, id, random) }];
  const laptops = [{ from: 0, value: laptopOf(culture, random) }];
  const signIn = signInOf(ground, team, name);
  const offset = team.country.utcOffsetHours;

  const client = (at: EpochMs, console: boolean, day: number): Client => {
    const chance = randomStream('whereabouts', culture.half, culture.seed, id, Math.floor(at / HOUR_MS));
    const laptop = valueAt(laptops, at);
    const scripted = laptop.script !== undefined && chance.chance(0.25);
    const tool = console ? laptop.browser : scripted ? laptop.script : laptop.shell;
    return {
      address: placeAt(
        culture,
        team,
        { office: habits.officeDays.includes(day), console, home: valueAt(homes, at) },
        at,
        chance,
      ),
      userAgent: agentAt(ground, tool ?? laptop.shell, id, at),
    };
  };
  const session = (at: EpochMs, day: Day, index: number, chance: Random): WorkSession => {
    const console = chance.chance(habits.console);
    const away = elsewhere.site !== site && chance.chance(0.25);
    const elevated = !console && !away && signIn.elevatedRole !== undefined && chance.chance(habits.elevated);
    return {
      day: day.index,
      number: index,
      from: at,
      until: at + between(chance, 1, 4) * HOUR_MS,
      client: client(at, console, day.weekday),
      tasks: logNormal(chance, habits.tasksPerSession, 0.7) * culture.volume,
      ...(console && { console }),
      ...(away && { viewpoint: elsewhere }),
      ...(elevated && { elevated, work: privileged }),
    };
  };

  return {
    id,
    kind: 'person',
    viewpoint,
    principalName: signIn.principalName(site),
    cadence: 'daily',
    hours: [mod24(habits.shift[0] - offset), mod24(habits.shift[0] - offset) + habits.shift[1] - habits.shift[0]],
    callsPerActiveDay: habits.sessionsPerDay * habits.tasksPerSession * 1.6 * culture.volume,
    joins: 0,
    leaves: culture.days,
    tasks,
    errands: [],
    surges: [],
    absences: [],
    curiosity: Math.min(0.2, 0.007 * culture.curiosity * logNormal(random, 1, 0.7)),
    wander: (chance) => wanderings(culture, team, chance),
    gapMs: 1500,
    homes,
    laptops,
    sessionsOn(day) {
      const chance = randomStream('sessions', culture.half, culture.seed, id, day.index);
      const works = habits.workdays.includes(day.weekday)
        ? !isHoliday(culture, team, day.index)
        : chance.chance(habits.weekends);
      if (!works) return [];
      const [from, to] = habits.shift;
      return Array.from({ length: chance.count(habits.sessionsPerDay) }, () => between(chance, from, to) - offset)
        .sort((a, b) => a - b)
        .map((hour, index) => session(day.start + hour * HOUR_MS, day, index, chance));
    },
    sessionAt(at, index) {
      const chance = randomStream('unplanned', culture.half, culture.seed, id, at, index);
      const from = at - between(chance, 1, 20) * MINUTE_MS;
      const day = { start: 0, index: Math.floor((at - culture.start) / (24 * HOUR_MS)), weekday: -1 };
      const { viewpoint: _, elevated: __, work: ___, ...own } = session(from, day, index, chance);
      return own;
    },
    enter: (begun, from) => signIn.enter(begun.viewpoint?.site ?? site, begun, from),
    opening: (begun) => signIn.opening(begun.viewpoint?.site ?? site, begun),
    moments(begun, chance) {
      let time = begun.from + 4 * SECOND_MS;
      const gap = (begun.until - begun.from) / (begun.tasks + 2);
      return Array.from({ length: 1 + chance.count(begun.tasks) }, () => (time += chance.wait(gap * 0.7)));
    },
  };
}

function habitsOf(culture: Culture, { flavour }: Team, random: Random): Habits {
  const start = random.weighted(STARTS).hour + random.float();
  const shifted = flavour === 'support' && random.chance(0.4);
  const office = sample(random, [1, 2, 3, 4, 5], random.chance(culture.officeShare) ? random.int(1, 5) : 0);
  return {
    shift: [start, start + between(random, 6, 10)],
    workdays: shifted
      ? sample(random, [0, 1, 2, 3, 4, 5, 6], 5)
      : random.chance(0.12)
        ? sample(random, [1, 2, 3, 4, 5], 4)
        : [1, 2, 3, 4, 5],
    officeDays: office,
    sessionsPerDay: Math.min(6, Math.max(0.4, logNormal(random, 1.8, 0.5))),
    tasksPerSession: Math.min(60, Math.max(2, logNormal(random, flavour === 'finance' ? 4 : 9, 0.6))),
    console: Math.min(1, Math.max(0, culture.consoleShare + between(random, -0.3, 0.3))),
    trial: flavour === 'product' || flavour === 'data' ? 0.6 : 0.2,
    weekends: random.chance(0.2) ? 0.15 : 0.01,
    elevated: flavour === 'platform' ? 0.25 : flavour === 'product' ? 0.04 : 0,
  };
}

/** Most begin in the morning; a few work into the night. */
const STARTS: readonly { readonly weight: number; readonly hour: number }[] = [
  { weight: 2, hour: 6.5 },
  { weight: 8, hour: 8 },
  { weight: 6, hour: 9 },
  { weight: 2, hour: 11 },
  { weight: 0.7, hour: 15 },
  { weight: 0.5, hour: 19 },
];

export function laptopOf({ browsers, shells, scripts }: Culture, random: Random): Laptop {
  return {
    browser: random.pick(browsers)(random),
    shell: random.pick(shells)(random),
    script: random.chance(0.5) ? random.pick(scripts)(random) : undefined,
  };
}

function placeAt(
  culture: Culture,
  { country }: Team,
  { office, console, home }: { readonly office: boolean; readonly console: boolean; readonly home: Line },
  at: EpochMs,
  random: Random,
): string {
  if (culture.gateway !== undefined && random.chance(0.9)) {
    return gatewayAddress(culture, culture.gateway, country, random);
  }
  if (random.chance(0.02)) return mobileAddress(country, random);
  if (office) return officeAddress(culture, country, random);
  return (console && random.chance(culture.ipv6Share) ? wideAddressOn(home, at) : undefined) ?? addressOn(home, at);
}

/** About ten working days a year on which a whole country rests. */
function isHoliday({ half, seed }: Culture, { country }: Team, day: number): boolean {
  return randomStream('holiday', half, seed, country.code, day).chance(0.035);
}

function mod24(hour: number): number {
  return ((hour % 24) + 24) % 24;
}
