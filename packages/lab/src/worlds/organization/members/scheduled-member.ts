import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { type Random, randomStream } from '../../../random.ts';
import { type Client, iamUser } from '../../../record/caller.ts';
import { addressIn, blocksOf } from '../../../record/networks.ts';
import type { Day } from '../../../world.ts';
import { logNormal, sample } from '../draw.ts';
import { freshName, type Ground } from '../ground.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import { type Task, tasksAt } from '../task.ts';
import type { Team } from '../teams.ts';
import { type Dated, valueAt } from '../timeline.ts';
import { machine } from './machine.ts';
import { rarePaths } from './repertoire.ts';

/** On which days and at which hours a job runs. */
interface Schedule {
  readonly periodic: boolean;
  runsOn(day: Day): boolean;
  readonly hours: readonly number[];
}

/** A job, its hosts and its key. */
export interface ScheduledMember extends Resident {
  readonly hosts: Dated<readonly string[]>[];
  /** Names of its keys: `first`, `second`. */
  readonly keys: Dated<string>[];
}

/** A job under the long-lived key of a user, on one of few hosts, by the clock; some at the end of the month only. */
export function scheduledMember(ground: Ground, team: Team, site: Site, number: number): ScheduledMember {
  const { culture, estate } = ground;
  const random = randomStream('scheduled', culture.half, culture.seed, number);
  const userName = freshName(ground, site, [
    random.pick(['svc', 'job', 'batch', 'robot']),
    random.pick(team.subjects),
    random.pick(['backup', 'sync', 'export', 'metrics', 'closing']),
  ]);
  const id = `user/${site.account.id}/${userName}`;
  estate.add(site, team, 'user', userName);
  const schedule = scheduleOf(random);
  const hosts = [{ from: 0, value: hostsOf(ground, random) }];
  const keys = [{ from: 0, value: 'first' }];
  const tool = random.pick(culture.scripts)(random);
  const script = jobOf(ground, team, random);
  script.push(...rarePaths(ground.culture, team, 1, random));
  const repeats = Math.max(
    1,
    Math.round(logNormal(random, schedule.hours.length > 6 ? 2 : 7, 0.7) * Math.min(1, culture.volume)),
  );

  const run = (from: EpochMs, day: number, index: number): WorkSession => {
    const chance = randomStream('job', culture.half, culture.seed, id, day, index);
    return {
      day,
      number: index,
      from,
      until: from + HOUR_MS,
      client: { address: chance.pick(valueAt(hosts, from)), userAgent: agentAt(ground, tool, id, from) },
      tasks: 0,
      script: Array.from({ length: Math.max(1, chance.count(repeats)) }, () =>
        scriptOf(tasksAt(script, from), chance),
      ).flat(),
    };
  };

  const resident = machine(culture.days, {
    id,
    kind: 'scheduled-user',
    viewpoint: { site, team, taste: id },
    principalName: userName,
    cadence: schedule.periodic ? 'periodic' : 'daily',
    hours: [Math.floor(Math.min(...schedule.hours)), Math.ceil(Math.max(...schedule.hours)) + 1],
    callsPerActiveDay: schedule.hours.length * repeats * script.length,
    tasks: script,
    sessionsOn: (day) =>
      schedule.runsOn(day)
        ? schedule.hours.map((hour, index) => run(day.start + hour * HOUR_MS, day.index, index))
        : [],
    sessionAt: (at, index) => run(at - 60_000, Math.floor((at - culture.start) / DAY_MS), index),
    enter: (begun: WorkSession, client: Client) => iamUser(site.account, userName, client, valueAt(keys, begun.from)),
  });
  return { ...resident, hosts, keys };
}

/** Each round in order; what is rare is left out of most. */
function scriptOf(tasks: readonly Task[], random: Random): readonly Task[] {
  return tasks.filter(({ weight }) => random.chance(weight));
}

function scheduleOf(random: Random): Schedule {
  const hour = random.float() * 23;
  const every = (step: number) => Array.from({ length: 24 / step }, (_, index) => index * step + random.float() * 0.2);
  if (random.chance(0.25)) {
    const quarterly = random.chance(0.25);
    const last = random.int(1, 3);
    return {
      periodic: true,
      hours: [hour, Math.min(23.5, hour + 1.5)],
      runsOn: (day) => isMonthEnd(day.start, last, quarterly),
    };
  }
  if (random.chance(0.15)) {
    const weekday = random.int(0, 6);
    return { periodic: true, hours: [hour], runsOn: (day) => day.weekday === weekday };
  }
  return { periodic: false, hours: random.pick([[hour], [hour], every(1), every(4), every(6)]), runsOn: () => true };
}

/** The last days of a month, or of a quarter. */
function isMonthEnd(at: EpochMs, days: number, quarterly: boolean): boolean {
  const date = new Date(at + days * DAY_MS);
  const ends = date.getUTCDate() <= days;
  return ends && (!quarterly || date.getUTCMonth() % 3 === 0);
}

export function hostsOf({ culture }: Ground, random: Random): readonly string[] {
  const [use, place] = random.pick([
    ['business', random.pick(culture.countries).code],
    ['hosting', 'DE'],
    ['hosting', 'US'],
    ['aws', culture.region],
  ] as const);
  const blocks = blocksOf(use, place);
  const block = random.pick(blocks.length > 0 ? blocks : blocksOf('aws', culture.region));
  return Array.from({ length: random.int(1, 2) }, () => addressIn(block, random));
}

function jobOf({ culture }: Ground, { services }: Team, random: Random): Task[] {
  const { catalog } = culture.pool;
  const known = [...sample(random, services, 2), random.pick(['s3', 'ec2', 'monitoring', 'rds'])].flatMap((service) =>
    catalog.of(service),
  );
  const reads = sample(
    random,
    known.filter(({ purpose }) => purpose === 'list' || purpose === 'get'),
    random.int(1, 4),
  );
  const writes = sample(
    random,
    known.filter(({ purpose }) => purpose === 'change' || purpose === 'put'),
    random.int(0, 2),
  );
  return [...reads, ...writes].map((step) => ({ weight: 1, steps: [step] }));
}
