import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { habit } from '../../actors/recorded.ts';
import type { Member } from '../../organization.ts';
import type { Random } from '../../random.ts';
import type { Caller, Client } from '../../record/caller.ts';
import type { Call } from '../../record/cloudtrail-record.ts';
import type { SimulatedActor, SimulatedRecord } from '../../world.ts';
import { dayIn, type Ground, noted, performed } from './ground.ts';
import { dayOfWorld, type Errand, isPresent, type Resident, type Surge, type WorkSession } from './resident.ts';
import { type Task, tasksAt } from './task.ts';

/** Numbers of sessions that no plan foresaw; planned ones count from 0. */
const UNPLANNED = 1000;

/** The resident as a source of records, one day at a time. */
export function actorOf(ground: Ground, resident: Resident): SimulatedActor {
  return {
    id: resident.id,
    act(day, random) {
      if (day.index < resident.joins || day.index >= resident.leaves) return [];
      const sessions = isPresent(resident, day.index) ? resident.sessionsOn(day) : [];
      const errands = resident.errands.filter(({ at }) => at >= day.start && at < day.start + DAY_MS);
      return [
        ...sessions.flatMap((session) => played(ground, resident, session, random)),
        ...errands.flatMap((errand, index) => ran(ground, resident, errand, sessions, index, random)),
      ];
    },
  };
}

/** The resident as stories know it. */
export function memberOf(ground: Ground, resident: Resident): Member {
  const { viewpoint, tasks, ...told } = resident;
  const { start } = ground.culture;
  const scope = ground.estate.scope(viewpoint, 0);
  return {
    id: told.id,
    kind: told.kind,
    account: viewpoint.site.account,
    team: viewpoint.team.name,
    joins: told.joins,
    leaves: told.leaves,
    cadence: told.cadence,
    principalName: told.principalName,
    callsPerActiveDay: told.callsPerActiveDay,
    hours: told.hours,
    habits: tasksAt(tasks, start + told.joins * DAY_MS)
      .filter(({ steps, from = 0 }) => steps.some((step) => isLogged(resident, step)) && from <= start)
      .flatMap(({ weight, steps }) => {
        const logged = steps.filter((step) => isLogged(resident, step));
        return logged.map((step) => habit(weight, (random) => step.make(scope, random)));
      }),
    resources: ground.estate.favourites(viewpoint),
    client: (at) => sessionAt(ground, resident, at).client,
    session(at, _random, client) {
      const session = sessionAt(ground, resident, at);
      return resident.enter(session, client ?? session.client);
    },
  };
}

function isLogged({ viewpoint }: Resident, { data, service }: Task['steps'][number]): boolean {
  return !data || viewpoint.site.loggedData.has(service);
}

/** The latest session that is good at that moment; one of its own accord where there is none. */
function sessionAt({ culture }: Ground, resident: Resident, at: EpochMs): WorkSession {
  const index = dayIn(culture, at);
  const planned = [index - 1, index]
    .filter((day) => day >= 0 && isPresent(resident, day))
    .flatMap((day) => resident.sessionsOn(dayOfWorld(culture.start, day)));
  return (
    planned.findLast(({ from, until }) => from + MINUTE_MS <= at && at < until) ??
    resident.sessionAt(at, UNPLANNED + (Math.floor(at / HOUR_MS) % 24))
  );
}

function played(ground: Ground, resident: Resident, session: WorkSession, random: Random): SimulatedRecord[] {
  const caller = resident.enter(session, session.client);
  const work = tasksAt(session.work ?? resident.tasks, session.from);
  const records = opened(ground, resident, session, caller, random);
  const scene = sceneOf(ground, resident, session, caller);
  if (session.script !== undefined) {
    let time = session.from + 10 * SECOND_MS;
    for (const task of session.script) {
      records.push(...performed(ground, task, scene, time, resident.gapMs, random));
      time += random.wait(resident.gapMs);
    }
  } else if (work.length > 0) {
    for (const time of resident.moments(session, random)) {
      const task = random.chance(resident.curiosity) ? resident.wander(random) : random.weighted(work);
      records.push(...performed(ground, task, scene, time, resident.gapMs, random));
    }
  }
  return [...records, ...resident.surges.flatMap((surge) => surged(ground, resident, session, caller, surge, random))];
}

function failed({ response: _, ...call }: Call, error: NonNullable<Call['error']>): Call {
  return { ...call, error };
}

function sceneOf({ culture, estate }: Ground, resident: Resident, session: WorkSession, caller: Caller) {
  const viewpoint = session.viewpoint ?? resident.viewpoint;
  return { caller, viewpoint, scope: estate.scope(viewpoint, dayIn(culture, session.from)) };
}

function opened(
  ground: Ground,
  resident: Resident,
  session: WorkSession,
  caller: Caller,
  random: Random,
): SimulatedRecord[] {
  const { site } = session.viewpoint ?? resident.viewpoint;
  return resident
    .opening(session, caller, random)
    .flatMap(({ caller: by, call, time }) => noted(ground, site, by, call, time, random));
}

/** An errand in the session of the hour, or in one opened for it. */
function ran(
  ground: Ground,
  resident: Resident,
  { at, tasks, gapMs, client }: Errand,
  sessions: readonly WorkSession[],
  index: number,
  random: Random,
): SimulatedRecord[] {
  const running = client === undefined && sessions.findLast(({ from, until }) => from + MINUTE_MS <= at && at < until);
  const session = running || withClient(resident.sessionAt(at, UNPLANNED + 100 + index), client);
  const caller = resident.enter(session, session.client);
  const records = running ? [] : opened(ground, resident, session, caller, random);
  const scene = sceneOf(ground, resident, session, caller);
  let time = Math.max(at, session.from + MINUTE_MS);
  for (const task of tasks) {
    records.push(...performed(ground, task, scene, time, resident.gapMs, random));
    time += random.wait(gapMs);
  }
  return records;
}

function withClient(session: WorkSession, client: Client | undefined): WorkSession {
  return client === undefined ? session : { ...session, client };
}

function surged(
  ground: Ground,
  resident: Resident,
  session: WorkSession,
  caller: Caller,
  { from, until, perHour, error }: Surge,
  random: Random,
): SimulatedRecord[] {
  const [begins, ends] = [Math.max(from, session.from + MINUTE_MS), Math.min(until, session.until)];
  const work = tasksAt(session.work ?? resident.tasks, begins);
  if (begins >= ends || work.length === 0) return [];
  const repeated = random.weighted(work);
  const scene = sceneOf(ground, resident, session, caller);
  return Array.from({ length: random.count((perHour * (ends - begins)) / HOUR_MS) }, () => {
    const time = begins + random.float() * (ends - begins);
    return repeated.steps.slice(0, 1).flatMap((step) => {
      const call = step.make(scene.scope, random);
      return noted(ground, scene.viewpoint.site, caller, error ? failed(call, error) : call, time, random);
    });
  }).flat();
}
