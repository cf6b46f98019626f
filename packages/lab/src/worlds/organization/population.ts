import { type Random, randomStream } from '../../random.ts';
import type { Ground } from './ground.ts';
import { type FunctionMember, functionMember } from './members/function-member.ts';
import { infrastructureMember } from './members/infrastructure-member.ts';
import { instanceMember } from './members/instance-member.ts';
import { type Person, person } from './members/person.ts';
import { type PipelineMember, pipelineMember } from './members/pipeline-member.ts';
import { scannerMember } from './members/scanner-member.ts';
import { type ScheduledMember, scheduledMember } from './members/scheduled-member.ts';
import { SERVICES_PER_ACCOUNT, serviceMember } from './members/service-member.ts';
import type { Resident } from './resident.ts';
import type { Site } from './sites.ts';
import type { Team } from './teams.ts';

/** Everybody, by kind. */
export interface Population {
  readonly people: Person[];
  readonly functions: FunctionMember[];
  readonly pipelines: PipelineMember[];
  readonly infrastructure: Resident[];
  readonly instances: Resident[];
  readonly scheduled: ScheduledMember[];
  readonly scanners: Resident[];
  readonly services: Resident[];
}

/** How many of each kind there are. */
export type Mix = Readonly<Record<keyof Population, number>>;

/** Splits a number of actors into kinds, another way in each organization. */
export function mixOf(actors: number, sites: number, random: Random): Mix {
  const shares = {
    people: 25 + 22 * random.float(),
    functions: 22 + 25 * random.float(),
    pipelines: 4 + 8 * random.float(),
    infrastructure: 1.5 + 4 * random.float(),
    instances: 4 + 10 * random.float(),
    scheduled: 3 + 6 * random.float(),
    scanners: 0.7 + 1.5 * random.float(),
    services: 3 + 6 * random.float(),
  };
  const whole = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const part = (share: number) => Math.max(1, Math.floor((actors * share) / whole));
  const others = {
    functions: part(shares.functions),
    pipelines: part(shares.pipelines),
    infrastructure: part(shares.infrastructure),
    instances: part(shares.instances),
    scheduled: part(shares.scheduled),
    scanners: part(shares.scanners),
    services: Math.min(SERVICES_PER_ACCOUNT * sites, part(shares.services)),
  };
  const rest = actors - Object.values(others).reduce((sum, count) => sum + count, 0);
  return { people: Math.max(1, rest), ...others };
}

export function populationOf(ground: Ground, mix: Mix): Population {
  const { culture, sites, teams } = ground;
  const random = randomStream('population', culture.half, culture.seed);
  const builders = teams.filter(({ flavour }) => flavour === 'product' || flavour === 'data' || flavour === 'platform');
  const keepers = teams.filter(({ flavour }) => flavour === 'platform');
  const owner = () => random.pick(builders);
  const siteOf = (team: Team): Site =>
    random.chance(0.3) ? team.trial : random.chance(0.06) ? random.pick(sites) : team.live;
  const times = <T>(count: number, make: (number: number) => T): T[] =>
    Array.from({ length: count }, (_, number) => make(number));
  const owned = <T>(count: number, make: (ground: Ground, team: Team, site: Site, number: number) => T): T[] =>
    times(count, (number) => {
      const team = owner();
      return make(ground, team, siteOf(team), number);
    });
  const kept = (number: number, make: typeof scannerMember) =>
    make(ground, random.pick(keepers), sites[number % sites.length] ?? random.pick(sites), number);

  return {
    functions: owned(mix.functions, functionMember),
    pipelines: owned(mix.pipelines, pipelineMember),
    infrastructure: times(mix.infrastructure, (number) => kept(number, infrastructureMember)),
    instances: owned(mix.instances, instanceMember),
    scheduled: owned(mix.scheduled, scheduledMember),
    scanners: times(mix.scanners, (number) => kept(number, scannerMember)),
    services: times(mix.services, (number) => kept(number, serviceMember)),
    people: times(mix.people, (number) => person(ground, teams[number % teams.length] ?? random.pick(teams), number)),
  };
}

export function everybody(population: Population): readonly Resident[] {
  return Object.values(population).flat();
}
