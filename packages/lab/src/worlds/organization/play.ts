import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { habit } from '../../actors/recorded.ts';
import type { Member } from '../../organization.ts';
import type { Random } from '../../random.ts';
import type { Caller } from '../../record/caller.ts';
import type { Call } from '../../record/cloudtrail-record.ts';
import type { SimulatedActor, SimulatedRecord } from '../../world.ts';
import { dayPlan, type PlannedErrand, SIGNING_IN_MS, sessionAt } from './day-plan.ts';
import { dayIn, type Ground, noted, performed } from './ground.ts';
import type { Resident, Surge, WorkSession } from './resident.ts';
import { type Task, tasksAt } from './task.ts';

/** The resident as a source of records, one day at a time. */
export function actorOf(ground: Ground, resident: Resident): SimulatedActor {
  return {
    id: resident.id,
    act(day, random) {
      const { sessions, errands } = dayPlan(resident, day);
      return [
        ...sessions.flatMap((session) => played(ground, resident, session, random)),
        ...errands.flatMap((planned) => ran(ground, resident, planned, random)),
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
      .filter(({ from = 0, refused = 0 }) => from <= start && refused < 0.5)
      .flatMap(({ weight, steps }) =>
        steps
          .filter((step) => isLogged(resident, step))
          .map((step) => habit(weight, (random) => step.make(scope, random))),
      ),
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

function played(ground: Ground, resident: Resident, session: WorkSession, random: Random): SimulatedRecord[] {
  const caller = resident.enter(session, session.client);
  const work = tasksAt(session.work ?? resident.tasks, session.from);
  const records = opened(ground, resident, session, caller, random);
  const scene = sceneOf(ground, resident, session, caller);
  if (session.script !== undefined) {
    let time = session.from + SIGNING_IN_MS;
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

function ran(ground: Ground, resident: Resident, planned: PlannedErrand, random: Random): SimulatedRecord[] {
  const { errand, session, begun } = planned;
  const caller = resident.enter(session, session.client);
  const records = begun ? opened(ground, resident, session, caller, random) : [];
  const scene = sceneOf(ground, resident, session, caller);
  let time = Math.max(errand.at, session.from + SIGNING_IN_MS);
  for (const task of errand.tasks) {
    records.push(...performed(ground, task, scene, time, resident.gapMs, random));
    time += random.wait(errand.gapMs);
  }
  return records;
}

function surged(
  ground: Ground,
  resident: Resident,
  session: WorkSession,
  caller: Caller,
  { from, until, perHour, error }: Surge,
  random: Random,
): SimulatedRecord[] {
  const [begins, ends] = [Math.max(from, session.from + SIGNING_IN_MS), Math.min(until, session.until)];
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
