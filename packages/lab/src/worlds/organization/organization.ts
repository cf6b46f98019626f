import type { Organization } from '../../organization.ts';
import { randomStream } from '../../random.ts';
import { cultureOf, type Half } from './culture.ts';
import { estateOf } from './estate.ts';
import type { Ground } from './ground.ts';
import { actorOf, memberOf } from './play.ts';
import { everybody, mixOf, type Population, populationOf } from './population.ts';
import { sitesOf } from './sites.ts';
import { teamsOf } from './teams.ts';
import { drawTroubles } from './troubles/draw-troubles.ts';

export interface OrganizationOptions {
  readonly seed: number;
  /** People, functions and all else that acts: 20 to 5,000. */
  readonly actors: number;
  readonly days: number;
  /** Organizations for tuning and for the test share no pool of services, tools, names and habits but the common ones. */
  readonly half: Half;
  /** Scales how much everybody does, not who they are or what they do. */
  readonly volume?: number;
}

/**
 * A whole organization, drawn from its seed: accounts, teams, people and machines, and a hundred days of their benign life
 * with its troubles.
 *
 * The same options give the same organization; `simulate` then gives the same records. Another number of days is
 * another organization, since troubles and growth are spread over them.
 */
export function organization(options: OrganizationOptions): Organization {
  const { ground, population } = settled(options);
  const { troubles, planned } = drawTroubles(ground, population);
  const { culture, sites, teams, estate } = ground;
  const residents = everybody(population);
  const accounts = sites.map(({ account }) => account);
  const [account] = accounts;
  if (account === undefined) throw new RangeError('an organization has an account');
  return {
    name: culture.name,
    account,
    accounts,
    start: culture.start,
    days: culture.days,
    actors: residents.map((resident) => actorOf(ground, resident)),
    members: residents.map((resident) => memberOf(ground, resident)),
    estate: estate.resources(sites, teams),
    planned,
    troubles,
  };
}

/** Everything of an organization but its troubles. */
export function settled({ seed, actors, days, half, volume = 1 }: OrganizationOptions): {
  readonly ground: Ground;
  readonly population: Population;
} {
  const culture = cultureOf(seed, half, days, volume);
  const sites = sitesOf(culture, actors);
  const mix = mixOf(actors, sites.length, randomStream('mix', half, seed));
  const teams = teamsOf(culture, sites, mix.people);
  const estate = estateOf(culture, teams);
  const ground: Ground = { culture, sites, teams, estate, taken: new Set(), renames: [], upgrades: [] };
  return { ground, population: populationOf(ground, mix) };
}
