import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { assumeRole } from '../../../calls/identity.ts';
import { invoke } from '../../../calls/lambda.ts';
import { createLogStream } from '../../../calls/operations.ts';
import { type Random, randomStream } from '../../../random.ts';
import { accessKeyIdOf, arnOf } from '../../../record/account.ts';
import { awsService, type Caller, type Client, roleSession, through } from '../../../record/caller.ts';
import type { Day } from '../../../world.ts';
import { between, logNormal } from '../draw.ts';
import { freshName, type Ground } from '../ground.ts';
import type { Workload } from '../pools/pool.ts';
import { agentAt } from '../releases.ts';
import type { Opening, Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Task } from '../task.ts';
import type { Team } from '../teams.ts';
import { type Dated, valueAt } from '../timeline.ts';
import { type Egress, placeOf } from './egress.ts';
import { machine } from './machine.ts';
import { rarePaths } from './repertoire.ts';
import { hoursOf, momentsIn, WEEKEND } from './rhythm.ts';

/** A function and how it is deployed. */
export interface FunctionMember extends Resident {
  readonly functionName: string;
  readonly workload: Workload;
  readonly egress: Dated<Egress>[];
}

/** A Lambda function under its execution role: environments come and go, each with credentials and address of its own. */
export function functionMember(ground: Ground, team: Team, site: Site, number: number): FunctionMember {
  const { culture, estate } = ground;
  const random = randomStream('function', culture.half, culture.seed, number);
  const workload = random.weighted(culture.pool.workloads);
  const subject = random.pick(team.subjects);
  const suffix = random.pick(culture.pool.suffixes);
  const functionName = freshName(ground, site, [subject, suffix]);
  const roleName = random.chance(0.8) ? `${functionName}-role` : `${functionName}-${random.base32(12)}`;
  const id = `function/${site.account.id}/${functionName}`;
  estate.add(site, team, 'function', functionName);
  estate.add(site, team, 'role', roleName);
  estate.add(site, team, 'loggroup', `/aws/lambda/${functionName}`);

  const busy = site.stage === 'prod' || site.stage === 'data' ? 1 : 0.25;
  const perDay = Math.min(6000, logNormal(random, workload.callsPerDay, 1) * busy) * culture.volume;
  const hours = hoursOf(workload.rhythm, team.country.utcOffsetHours);
  const named = random.chance(culture.namedFunctions);
  const egress: Dated<Egress>[] = [
    {
      from: 0,
      value: random.chance(culture.enclosedFunctions) ? random.pick(['gateway', 'endpoint'] as const) : 'open',
    },
  ];
  const runtime = random.pick(culture.runtimes)(random);
  const perDayStarts =
    Math.min(30, Math.max(1, logNormal(random, 3, 0.7))) * Math.max(0.3, Math.min(1, culture.volume));
  const viewpoint = { site, team, taste: id };
  const tasks: Task[] = workload.calls.map(([operation, weight]) => ({
    weight: weight * logNormal(random, 1, 0.5),
    steps: [culture.pool.catalog.one(operation)],
  }));
  const usual = tasks.reduce((sum, { weight }) => sum + weight, 0);
  tasks.push(...rarePaths(culture, team, usual, random));
  if (random.chance(0.05 + culture.sloppiness * 2)) {
    const missed = culture.pool.catalog.one(
      random.pick(['logs:CreateLogGroup', 'kms:GenerateDataKey', 'ssm:GetParameter']),
    );
    tasks.push({ weight: usual * random.float() ** 3 * 0.3, steps: [missed], refused: 1 });
  }

  const client = (at: EpochMs, chance: Random): Client => ({
    ...placeOf(valueAt(egress, at), site, chance),
    userAgent: agentAt(ground, runtime, id, at),
  });
  const session = (day: number, index: number, from: EpochMs, until: EpochMs): WorkSession => ({
    day,
    number: index,
    from,
    until,
    client: client(from, randomStream('environment', culture.half, culture.seed, id, day, index)),
    tasks: 0,
  });
  const assumption = ({ day, number: index, from }: WorkSession) => ({
    roleName,
    sessionName: functionName,
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, functionName, day, index),
    at: from,
  });
  const enter = (begun: WorkSession, from: Client): Caller => {
    const functionArn = arnOf(site.account, 'lambda', `function:${functionName}`);
    return roleSession(
      site.account,
      { ...assumption(begun), since: begun.from, ...(named && { inScopeOf: { functionArn } }) },
      from,
    );
  };

  return {
    ...machine(culture.days, {
      id,
      kind: 'function',
      viewpoint,
      principalName: roleName,
      hours: activeHours(hours),
      callsPerActiveDay: perDay,
      tasks,
      gapMs: 60,
      sessionsOn(day) {
        const chance = randomStream('environments', culture.half, culture.seed, id, day.index);
        const starts = startsOn(day, hours, perDayStarts, chance);
        return starts.map((from, index) => session(day.index, index, from, starts[index + 1] ?? endOf(day, hours)));
      },
      sessionAt: (at, index) =>
        session(Math.floor((at - culture.start) / DAY_MS), index, at - 10 * MINUTE_MS, at + 2 * HOUR_MS),
      enter,
      opening: (begun, caller, chance) => [
        {
          caller: awsService(site.account, 'lambda.amazonaws.com'),
          call: assumeRole(site.account, assumption(begun)),
          time: begun.from,
        },
        {
          caller,
          call: createLogStream(functionName, `[$LATEST]${chance.hex(32)}`),
          time: begun.from + SECOND_MS,
        },
        ...startCalls(ground, workload, viewpoint, begun, caller, chance),
        ...invocations(workload, site, functionName, begun, perDay, hours, chance),
      ],
      moments: ({ from, until }, chance) => {
        const weekday = (Math.floor(from / DAY_MS) + 4) % 7;
        const share = weekday === 0 || weekday === 6 ? WEEKEND[workload.rhythm] : 1;
        return momentsIn(hours, perDay * share, from + 3 * SECOND_MS, until, chance);
      },
    }),
    functionName,
    workload,
    egress,
  };
}

function startCalls(
  { culture, estate }: Ground,
  { start }: Workload,
  viewpoint: Resident['viewpoint'],
  { from, day }: WorkSession,
  caller: Caller,
  random: Random,
): Opening[] {
  const scope = estate.scope(viewpoint, day);
  return start.map((id, index) => ({
    caller: id === 'kms:Decrypt' ? through(caller, 'secretsmanager.amazonaws.com') : caller,
    call: culture.pool.catalog.one(id).make(scope, random),
    time: from + 2 * SECOND_MS + index * 40,
  }));
}

function invocations(
  { invokedBy }: Workload,
  site: Site,
  functionName: string,
  { from, until }: WorkSession,
  perDay: number,
  hours: readonly number[],
  random: Random,
): Opening[] {
  if (invokedBy === undefined || !site.loggedData.has('lambda')) return [];
  const caller = awsService(site.account, invokedBy);
  return momentsIn(hours, perDay * 0.2, from + 3 * SECOND_MS, until, random).map((time) => ({
    caller,
    call: invoke(site.account, functionName),
    time,
  }));
}

/** The first environment starts with the first busy hour, the others whenever there is work. */
function startsOn(day: Day, hours: readonly number[], perDay: number, random: Random): EpochMs[] {
  const first = hours.findIndex((share) => share > 0);
  const starts = [day.start + (first + random.float() * 0.15) * HOUR_MS];
  for (let more = random.count(perDay - 1); more > 0; more--) {
    const hour = random.int(first, 23);
    if ((hours[hour] ?? 0) > 0) starts.push(day.start + (hour + between(random, 0.2, 1)) * HOUR_MS);
  }
  return starts.sort((a, b) => a - b);
}

function endOf(day: Day, hours: readonly number[]): EpochMs {
  return day.start + (hours.findLastIndex((share) => share > 0) + 1) * HOUR_MS;
}

function activeHours(hours: readonly number[]): [from: number, to: number] {
  const busy = Math.max(...hours) / 4;
  return [hours.findIndex((share) => share >= busy), hours.findLastIndex((share) => share >= busy) + 1];
}
