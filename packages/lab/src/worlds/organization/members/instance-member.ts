import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { assumeRole } from '../../../calls/identity.ts';
import { type Random, randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { awsService, type Client, roleSession } from '../../../record/caller.ts';
import { logNormal, sample } from '../draw.ts';
import { freshName, type Ground } from '../ground.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Task } from '../task.ts';
import type { Team } from '../teams.ts';
import { placeOf } from './egress.ts';
import { evenly, machine } from './machine.ts';
import { rarePaths } from './repertoire.ts';

/** Credentials are renewed every six hours. */
const RENEWAL_HOURS = 6;

/** A role of instances or containers: some of them at a time, replaced every few days or hours, each with sessions of its own. */
export function instanceMember(ground: Ground, team: Team, site: Site, number: number): Resident {
  const { culture, estate } = ground;
  const random = randomStream('instance', culture.half, culture.seed, number);
  const container = random.chance(0.45);
  const roleName = freshName(ground, site, [
    random.pick(team.subjects),
    random.pick(container ? ['task', 'service', 'pod'] : ['node', 'server', 'host']),
  ]);
  const id = `instance/${site.account.id}/${roleName}`;
  estate.add(site, team, 'role', roleName);
  const size = container ? random.int(1, 4) : random.int(1, 3);
  const livesDays = random.pick(container ? [0.25, 1, 3] : [1, 5, 14, 60]);
  const tool = random.pick(culture.scripts)(random);
  const perDay = logNormal(random, 70, 0.8) * culture.volume;
  const egress = random.chance(culture.enclosedFunctions) ? 'endpoint' : random.pick(['gateway', 'open'] as const);
  const tasks = [...workOf(ground, team, random), ...(container ? [] : keptByAgent(ground))];
  tasks.push(
    ...rarePaths(
      culture,
      team,
      tasks.reduce((sum, { weight }) => sum + weight, 0),
      random,
    ),
  );

  const session = (from: EpochMs, day: number, unit: number, index: number): WorkSession => {
    const generation = Math.floor((from - culture.start) / DAY_MS / livesDays);
    const body = randomStream('body', culture.half, culture.seed, id, unit, generation);
    return {
      day,
      number: index,
      from,
      until: from + RENEWAL_HOURS * HOUR_MS,
      client: { ...placeOf(egress, site, body), userAgent: agentAt(ground, tool, id, from) },
      tasks: (perDay * RENEWAL_HOURS) / 24 / size,
    };
  };
  const assumption = ({ day, number: index, from }: WorkSession) => ({
    roleName,
    sessionName: bodyName(container, `${id}/${index % size}`, Math.floor((from - culture.start) / DAY_MS / livesDays)),
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, roleName, day, index),
    at: from,
  });

  return machine(culture.days, {
    id,
    kind: 'instance',
    viewpoint: { site, team, taste: id },
    principalName: roleName,
    hours: [0, 24],
    callsPerActiveDay: perDay,
    tasks,
    sessionsOn: (day) =>
      Array.from({ length: size * (24 / RENEWAL_HOURS) }, (_, index) =>
        session(
          day.start + (Math.floor(index / size) * RENEWAL_HOURS + 0.1 + (index % size) * 0.02) * HOUR_MS,
          day.index,
          index % size,
          index,
        ),
      ),
    sessionAt: (at, index) => session(at - HOUR_MS, Math.floor((at - culture.start) / DAY_MS), 0, index * size),
    enter: (begun: WorkSession, client: Client) =>
      roleSession(
        site.account,
        { ...assumption(begun), since: begun.from, ...(!container && { fromInstance: true }) },
        client,
      ),
    opening: (begun) => [
      {
        caller: awsService(site.account, container ? 'ecs-tasks.amazonaws.com' : 'ec2.amazonaws.com'),
        call: assumeRole(site.account, assumption(begun)),
        time: begun.from,
      },
    ],
    moments: evenly,
  });
}

function workOf({ culture }: Ground, { services }: Team, random: Random): Task[] {
  const { catalog } = culture.pool;
  const known = [...services, 's3', 'secretsmanager', 'ssm', 'kms', 'monitoring'].flatMap((service) =>
    catalog.of(service),
  );
  const useful = known.filter(({ purpose }) => purpose === 'get' || purpose === 'fetch' || purpose === 'put');
  const rare = known.filter(({ purpose }) => purpose === 'change');
  return [
    ...sample(random, useful, random.int(2, 7)).map((step) => ({ weight: logNormal(random, 1, 1), steps: [step] })),
    ...sample(random, rare, random.int(0, 2)).map((step) => ({ weight: logNormal(random, 0.1, 0.7), steps: [step] })),
  ];
}

/** What the management agent on an instance does by itself. */
function keptByAgent({ culture }: Ground): Task[] {
  const { catalog } = culture.pool;
  return [
    { weight: 2, steps: [catalog.one('ssm:UpdateInstanceInformation')] },
    { weight: 0.5, steps: [catalog.one('ssm:ListInstanceAssociations')] },
  ];
}

function bodyName(container: boolean, unit: string, generation: number): string {
  const random = randomStream('body-name', unit, generation);
  return container ? random.hex(32) : `i-0${random.hex(16)}`;
}
