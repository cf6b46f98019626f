import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { assumeRoleWithWebIdentity } from '../../../calls/identity.ts';
import { type Random, randomStream } from '../../../random.ts';
import { accessKeyIdOf, arnOf } from '../../../record/account.ts';
import { type Client, federatedUser, roleSession } from '../../../record/caller.ts';
import { addressIn, blocksOf } from '../../../record/networks.ts';
import { logNormal, sample } from '../draw.ts';
import { freshName, type Ground } from '../ground.ts';
import { about } from '../operations/operation.ts';
import type { BuildHost } from '../pools/pool.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import { type Task, tasksAt } from '../task.ts';
import type { Team } from '../teams.ts';
import { type Dated, valueAt } from '../timeline.ts';
import type { Tool } from '../tools.ts';
import { machine } from './machine.ts';

/** A pipeline and where it runs. */
export interface PipelineMember extends Resident {
  readonly hosts: Dated<BuildMachine>[];
}

/** A build host with the tool of its runners. */
export interface BuildMachine {
  readonly host: BuildHost;
  readonly tool: Tool;
}

/** A repository's pipeline: each run signs in by a token of its build host, from another machine, with another session. */
export function pipelineMember(ground: Ground, team: Team, site: Site, number: number): PipelineMember {
  const { culture, estate } = ground;
  const random = randomStream('pipeline', culture.half, culture.seed, number);
  const roleName = freshName(ground, site, [
    random.pick(['deploy', 'ci', 'release', 'build']),
    random.pick(team.subjects),
    random.pick(culture.pool.suffixes),
  ]);
  const repository = roleName.toLowerCase();
  const id = `pipeline/${site.account.id}/${repository}`;
  estate.add(site, team, 'role', roleName);
  const hosts = [{ from: 0, value: buildMachine(random.weighted(culture.buildHosts), random) }];
  const { catalog } = culture.pool;
  const script: Task[] = [
    'sts:GetCallerIdentity',
    ...random.pick(culture.pool.builds),
    ...(random.chance(0.5) ? ['cloudformation:DescribeStacks', 'ssm:GetParameter'] : []),
    ...(random.chance(0.3) ? random.pick(culture.pool.builds) : []),
  ].map((operation) => ({ weight: 1, steps: [catalog.one(operation)] }));
  const rounds = random.chance(0.4) ? random.int(2, 6) : 1;
  const perDay = Math.max(0.4, logNormal(random, 4, 0.8) * culture.volume);
  const offset = team.country.utcOffsetHours;
  const providerOf = ({ host }: BuildMachine) => arnOf(site.account, 'iam', `oidc-provider/${host.issuer}`);
  const filled = (text: string, run: number) => text.replace('{repository}', repository).replace('{run}', String(run));

  const run = (at: EpochMs, day: number, index: number, tasks: readonly Task[]): WorkSession => {
    const chance = randomStream('run', culture.half, culture.seed, id, day, index);
    const { host, tool } = valueAt(hosts, at);
    return {
      day,
      number: index,
      from: at,
      until: at + HOUR_MS,
      client: {
        address: runnerAddress(host.use, host.place, chance),
        userAgent: agentAt(ground, tool, id, at),
      },
      tasks: 0,
      script: tasks,
    };
  };
  const assumption = ({ day, number: index, from }: WorkSession) => ({
    roleName,
    sessionName: filled(valueAt(hosts, from).host.session, runNumber(id, day, index)),
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, roleName, day, index),
    at: from,
  });
  const enter = (begun: WorkSession, client: Client) =>
    roleSession(
      site.account,
      { ...assumption(begun), since: begun.from, federatedProvider: providerOf(valueAt(hosts, begun.from)) },
      client,
    );

  const resident = machine(culture.days, {
    id,
    kind: 'pipeline',
    viewpoint: { site, team, taste: id },
    principalName: roleName,
    hours: [(8 - offset + 24) % 24, ((8 - offset + 24) % 24) + 11],
    callsPerActiveDay: perDay * script.length * rounds,
    tasks: script,
    gapMs: 4000,
    sessionsOn(day) {
      const chance = randomStream('runs', culture.half, culture.seed, id, day.index);
      const weekend = day.weekday === 0 || day.weekday === 6;
      return Array.from(
        { length: chance.count(weekend ? perDay * 0.06 : perDay) },
        () => 8 - offset + chance.float() * 11,
      )
        .sort((a, b) => a - b)
        .map((hour, index) =>
          run(day.start + hour * HOUR_MS, day.index, index, scriptOf(tasksAt(script, day.start), rounds, chance)),
        );
    },
    sessionAt: (at, index) => run(at - MINUTE_MS, Math.floor((at - culture.start) / DAY_MS), index, []),
    enter,
    opening(begun) {
      const used = valueAt(hosts, begun.from);
      const subject = filled(used.host.subject, runNumber(id, begun.day, begun.number));
      const login = { type: 'WebIdentityUser', provider: providerOf(used), subject } as const;
      return [
        {
          caller: federatedUser(site.account, login, begun.client),
          call: assumeRoleWithWebIdentity(site.account, assumption(begun), used.host.issuer),
          time: begun.from,
        },
      ];
    },
  });
  return { ...resident, hosts };
}

export function buildMachine(host: BuildHost, random: Random): BuildMachine {
  return { host, tool: host.tool(random) };
}

/** Now and then a run fails early or leaves something out. */
function scriptOf(script: readonly Task[], rounds: number, random: Random): Task[] {
  const whole = Array.from({ length: rounds }, () => script).flat();
  const kept = random.chance(0.08) ? whole.slice(0, random.int(1, whole.length)) : whole;
  return random.chance(0.1) ? sample(random, kept, kept.length - 1) : kept;
}

function runNumber(id: string, day: number, index: number): number {
  return randomStream('run-number', id, day, index).int(1_000_000_000, 9_999_999_999);
}

function runnerAddress(use: Parameters<typeof blocksOf>[0], place: string, random: Random): string {
  return addressIn(random.pick(blocksOf(use, place)), random);
}

/** What a deployment of a function calls. */
export function deploymentOf({ culture }: Ground, functionName: string): Task[] {
  const { catalog } = culture.pool;
  return [
    'lambda:GetFunctionConfiguration',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:PublishVersion',
  ].map((operation) => ({ weight: 1, steps: [about(catalog.one(operation), { function: functionName })] }));
}
