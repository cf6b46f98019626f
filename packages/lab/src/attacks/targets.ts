import type { Member, Organization, Resource, ResourceKind } from '../organization.ts';
import type { Random } from '../random.ts';

/** Names that AWS or a team would give, for what the estate does not list. */
const INVENTED: Readonly<Record<ResourceKind, (team: string, random: Random) => string>> = {
  secret: (team, random) =>
    `${team}/${random.pick(['database', 'api-token', 'smtp', 'signing-key', 'partner-login'])}-${random.int(1, 99)}`,
  parameter: (team, random) =>
    `/${team}/${random.pick(['config', 'endpoint', 'db-url', 'license'])}-${random.int(1, 99)}`,
  bucket: (team, random) =>
    `${team}-${random.pick(['exports', 'archive', 'backups', 'reports', 'media'])}-${random.int(1, 99)}`,
  table: (team, random) => `${team}-${random.pick(['customers', 'events', 'ledger', 'profiles'])}-${random.int(1, 99)}`,
  function: (team, random) => `${team}-${random.pick(['worker', 'sync', 'api', 'importer'])}-${random.int(1, 99)}`,
  role: (team, random) => `${team}-${random.pick(['admin', 'deploy', 'service', 'maintenance'])}-${random.int(1, 99)}`,
  user: (team, random) => `${team}-${random.pick(['export', 'legacy', 'sync', 'ci'])}-${random.int(1, 99)}`,
  key: (_, random) => random.uuid(),
  instance: (_, random) => `i-0${random.hex(16)}`,
  snapshot: (_, random) => `snap-0${random.hex(16)}`,
  database: (team, random) => `${team}-${random.pick(['orders', 'billing', 'users'])}-${random.int(1, 99)}`,
  trail: (team) => `${team}-audit`,
  detector: (_, random) => random.hex(32),
  'log-group': (team, random) => `/aws/lambda/${team}-${random.pick(['api', 'worker', 'sync'])}-${random.int(1, 99)}`,
};

/** What the victim itself uses of a kind; may be empty. */
export function ownThings({ resources }: Member, kind: ResourceKind): readonly string[] {
  return resources.filter((resource) => resource.kind === kind).map(({ name }) => name);
}

/**
 * Up to `count` things of a kind in the victim's account that it does not use itself, its team's first, in random order.
 *
 * An estate may list too few, or none: the rest is invented, so that every story can be told of everybody.
 */
export function othersThings(
  { estate }: Organization,
  victim: Member,
  kind: ResourceKind,
  count: number,
  random: Random,
): string[] {
  const own = new Set(ownThings(victim, kind));
  const there = estate.filter(
    (resource) => resource.kind === kind && resource.account.id === victim.account.id && !own.has(resource.name),
  );
  const near = ({ team }: Resource) => team === victim.team;
  const known = [
    ...random.shuffled(there.filter(near)),
    ...random.shuffled(there.filter((resource) => !near(resource))),
  ].map(({ name }) => name);
  const names = new Set(known.slice(0, count));
  while (names.size < count && (known.length === 0 || names.size < Math.min(3, count))) {
    names.add(INVENTED[kind](victim.team, random));
    if (names.size >= 1 && (kind === 'trail' || kind === 'detector')) break;
  }
  return [...names];
}

/** Accounts that belong to nobody: numbers of the sort that AWS uses in its documentation. */
const FOREIGN_ACCOUNTS = [
  '777788889999',
  '444455556666',
  '888899990000',
  '222233334444',
  '555566667777',
  '999900001111',
  '333344445555',
];

/** The intruder's own account. */
export function foreignAccount({ accounts }: Organization, random: Random): string {
  const own = new Set(accounts.map(({ id }) => id));
  return random.pick(FOREIGN_ACCOUNTS.filter((id) => !own.has(id)));
}
