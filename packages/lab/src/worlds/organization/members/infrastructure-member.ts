import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { assumeRole } from '../../../calls/identity.ts';
import { type Random, randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { type Client, foreignPrincipal, roleSession } from '../../../record/caller.ts';
import { addressIn, blocksOf } from '../../../record/networks.ts';
import { logNormal, sample } from '../draw.ts';
import { freshName, type Ground } from '../ground.ts';
import type { Operation } from '../operations/operation.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import { type Task, tasksAt } from '../task.ts';
import type { Team } from '../teams.ts';
import { machine } from './machine.ts';

/** A role that infrastructure is described and changed by: a plan reads everything, an apply writes some of it. */
export function infrastructureMember(ground: Ground, team: Team, site: Site, number: number): Resident {
  const { culture, estate } = ground;
  const random = randomStream('infrastructure', culture.half, culture.seed, number);
  const roleName = freshName(ground, site, [
    random.pick(['terraform', 'iac', 'provisioner', 'infra']),
    random.pick(team.subjects),
  ]);
  const id = `infrastructure/${site.account.id}/${roleName}`;
  estate.add(site, team, 'role', roleName);
  const tool = culture.provisioner(random);
  const block = random.pick(blocksOf('aws', random.chance(0.5) ? 'us-east-1' : site.account.region));
  const hub = random.hex(12);
  const { catalog } = culture.pool;
  const managed = sample(
    random,
    [...new Set([...team.services, 'iam', 'ec2', 's3', 'lambda', 'logs', 'kms'])],
    random.int(4, 9),
  ).map((service) => catalog.of(service));
  const reads = managed.flatMap((operations) => partOf(operations, ['get', 'list'], random));
  const writes = managed.flatMap((operations) => partOf(operations, ['change', 'admin'], random));
  const tasks = [...reads, ...writes.map((task) => ({ ...task, weight: task.weight * 0.1 }))];
  const planned = Math.max(6, logNormal(random, 45, 0.6) * Math.min(1, culture.volume));
  const perDay = Math.max(0.5, logNormal(random, 2.5, 0.6));
  const offset = team.country.utcOffsetHours;

  const run = (at: EpochMs, day: number, index: number): WorkSession => {
    const chance = randomStream('plan', culture.half, culture.seed, id, day, index);
    const work = tasksAt(tasks, at);
    const [changes, looks] = [work.filter(isChange), work.filter((task) => !isChange(task))];
    const plan = Array.from({ length: chance.count(planned) }, () => chance.weighted(looks));
    const applies = chance.chance(0.4) && changes.length > 0;
    const apply = applies ? Array.from({ length: 1 + chance.count(4) }, () => chance.weighted(changes)) : [];
    return {
      day,
      number: index,
      from: at,
      until: at + HOUR_MS,
      client: { address: addressIn(block, chance), userAgent: agentAt(ground, tool, id, at) },
      tasks: 0,
      script: [...plan, ...apply, ...(apply.length > 0 ? plan.slice(0, 8) : [])],
    };
  };
  const assumption = ({ day, number: index, from }: WorkSession) => ({
    roleName,
    sessionName: `${tool.id}-${randomStream('workspace', id, day, index).hex(8)}`,
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, roleName, day, index),
    at: from,
  });

  return machine(culture.days, {
    id,
    kind: 'infrastructure',
    viewpoint: { site, team, taste: id },
    principalName: roleName,
    hours: [(8 - offset + 24) % 24, ((8 - offset + 24) % 24) + 11],
    callsPerActiveDay: perDay * planned * 1.2,
    tasks,
    gapMs: 250,
    sessionsOn(day) {
      const chance = randomStream('plans', culture.half, culture.seed, id, day.index);
      const weekend = day.weekday === 0 || day.weekday === 6;
      return Array.from({ length: chance.count(weekend ? 0.3 : perDay) }, () => 8 - offset + chance.float() * 11)
        .sort((a, b) => a - b)
        .map((hour, index) => run(day.start + hour * HOUR_MS, day.index, index));
    },
    sessionAt: (at, index) => ({
      ...run(at - MINUTE_MS, Math.floor((at - culture.start) / DAY_MS), index),
      script: [],
    }),
    enter: (begun: WorkSession, client: Client) =>
      roleSession(site.account, { ...assumption(begun), since: begun.from }, client),
    opening: (begun) => [
      {
        caller: foreignPrincipal(site.account, accountOfHub(hub), begun.client),
        call: assumeRole(site.account, assumption(begun)),
        time: begun.from,
      },
    ],
  });
}

function isChange({ steps }: Task): boolean {
  return steps.some(({ purpose }) => purpose === 'change' || purpose === 'admin' || purpose === 'put');
}

/** Which of a service's operations the described resources need, and how much. */
function partOf(operations: readonly Operation[], purposes: readonly string[], random: Random): Task[] {
  return operations
    .filter(({ purpose }) => purposes.includes(purpose) && random.chance(0.6))
    .map((operation) => ({ weight: logNormal(random, 1, 1), steps: [operation] }));
}

/** Twelve digits that name the account of the service which runs the plans. */
function accountOfHub(hub: string): string {
  const digits = randomStream('hub', hub);
  return [digits.int(1, 9), digits.int(0, 9), digits.int(0, 9)].map((digit) => String(digit).repeat(4)).join('');
}
