import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { sample } from '../draw.ts';
import { buildMachine } from '../members/pipeline-member.ts';
import { hostsOf } from '../members/scheduled-member.ts';
import { about } from '../operations/operation.ts';
import { everybody } from '../population.ts';
import type { Resident } from '../resident.ts';
import {
  actionsOf,
  announced,
  dayNumber,
  present,
  someDay,
  someTime,
  type TroubleSource,
  taskOf,
  tasksOf,
  told,
  workingDay,
} from './trouble.ts';

/** Changes that reach many at once, or the machines themselves. */
export const FLEET_CHANGES: readonly TroubleSource[] = [
  {
    kind: 'sdk-upgrade',
    often: 1.5,
    per: 'organization',
    happen(turn) {
      const { ground, random, population } = turn;
      const at = someTime(turn, workingDay(someDay(turn)), 0, 12);
      const tool = random.pick([...ground.culture.runtimes, ...ground.culture.scripts])(random).id;
      ground.upgrades.push({ tool, at });
      told(turn, 'sdk-upgrade', at, at + DAY_MS, population.functions);
    },
  },
  {
    kind: 'renamed-event',
    often: 0.8,
    per: 'organization',
    happen(turn) {
      const { ground, random, population } = turn;
      const at = someDay(turn);
      const used = random.pick(everybody(population).filter(({ tasks }) => tasks.length > 0));
      const step = random.weighted(used.tasks).steps[0];
      if (step === undefined) return;
      const { service, name: before } = step;
      const after =
        service === 'lambda'
          ? `${before.replace(/20\d{6}(v\d)?$/, '')}20260131`
          : `${before}${random.pick(['V2', '20260131', 'Extended'])}`;
      ground.renames.push({ service, before, after, at });
      const users = everybody(population).filter(({ tasks }) => tasks.some(({ steps }) => steps.includes(step)));
      told(turn, 'renamed-event', at, at + DAY_MS, users);
    },
  },
  {
    kind: 'new-region',
    often: 0.8,
    per: 'organization',
    happen(turn) {
      const { ground, random, population } = turn;
      const at = someDay(turn, 7);
      const region = ground.culture.secondRegion;
      const adopters = everybody(population).filter(({ kind }) => kind !== 'service' && random.chance(0.4));
      for (const { tasks } of adopters) {
        const from = at + random.float() * 5 * DAY_MS;
        tasks.push(
          ...sample(random, tasks, tasks.length * 0.5).map((task) => ({
            ...task,
            region,
            weight: task.weight * 0.5,
            from,
          })),
        );
      }
      told(turn, 'new-region', at, at + 6 * DAY_MS, adopters);
    },
  },
  {
    kind: 'new-service',
    often: 1.2,
    per: 'organization',
    happen(turn) {
      const { ground, random, population } = turn;
      const at = someDay(turn, 7);
      const used = new Set(ground.teams.flatMap(({ services }) => services));
      const { catalog } = ground.culture.pool;
      const unused = catalog.services.filter((service) => !used.has(service));
      const operations = catalog.of(unused.length > 0 ? random.pick(unused) : random.pick(catalog.ownServices));
      const adopters = [...population.people, ...population.functions, ...population.infrastructure].filter(() =>
        random.chance(0.3),
      );
      for (const { tasks, kind } of adopters) {
        const from = at + random.float() * 6 * DAY_MS;
        const usual = tasks.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, tasks.length);
        const count = kind === 'function' ? 1 : random.int(2, operations.length);
        tasks.push(
          ...sample(random, operations, count).map((step) => ({
            weight: usual * (0.3 + random.float()),
            steps: [step],
            from,
          })),
        );
      }
      told(turn, 'new-service', at, at + 7 * DAY_MS, adopters);
    },
  },
  {
    kind: 'account-vending',
    often: 0.8,
    per: 'organization',
    happen(turn) {
      const { ground, random, population } = turn;
      const homes = new Set(ground.teams.flatMap(({ live, trial }) => [live, trial]));
      const fitting = ground.sites.filter((site) => !homes.has(site));
      if (fitting.length === 0) return;
      const site = random.pick(fitting);
      const settlers = everybody(population).filter(({ viewpoint, joins }) => viewpoint.site === site && joins === 0);
      const at = someTime(turn, workingDay(someDay(turn, 3)));
      for (const settler of settlers) settler.joins = dayNumber(turn, at) + random.int(0, 2);
      const keeper = random.pick(population.infrastructure);
      const roles = settlers.map(({ principalName }) => principalName);
      const { catalog } = ground.culture.pool;
      const tasks = [
        ...tasksOf(turn, [
          'organizations:DescribeOrganization',
          'organizations:ListAccounts',
          'organizations:CreateAccount',
          'organizations:DescribeCreateAccountStatus',
          'organizations:MoveAccount',
        ]),
        ...roles.flatMap((role) =>
          ['iam:CreateRole', 'iam:AttachRolePolicy'].map((id) => taskOf(about(catalog.one(id), { role }))),
        ),
      ];
      keeper.errands.push({ at, tasks, gapMs: 6000 });
      told(turn, 'account-vending', at, at + 5 * DAY_MS, [keeper, ...settlers]);
    },
  },
  {
    kind: 'network-change',
    often: 0.8,
    per: 'organization',
    happen(turn) {
      const { random, population, ground } = turn;
      const at = workingDay(someDay(turn, 3)) + 6 * HOUR_MS;
      const team = random.pick(ground.teams);
      const moved = population.functions.filter(({ viewpoint }) => viewpoint.team === team || random.chance(0.1));
      const value = random.pick(['gateway', 'endpoint', 'open'] as const);
      for (const { egress } of moved) egress.push({ from: at, value });
      if (moved.length > 0) told(turn, 'network-change', at, at + DAY_MS, moved);
    },
  },
  {
    kind: 'pipeline-move',
    often: 4,
    per: 'hundred-members',
    happen(turn) {
      const { random, population, ground } = turn;
      const at = workingDay(someDay(turn));
      const moved = random.pick(population.pipelines);
      moved.hosts.push({ from: at, value: buildMachine(random.pick(ground.culture.pool.buildHosts), random) });
      told(turn, 'pipeline-move', at, at + 2 * DAY_MS, [moved]);
    },
  },
  {
    kind: 'key-rotation',
    often: 5,
    per: 'hundred-members',
    happen(turn) {
      const { random, population, ground } = turn;
      const at = someTime(turn, workingDay(someDay(turn)), 8, 16);
      const rotated = random.pick(population.scheduled);
      const there = present(turn, population.people, at).filter(
        ({ viewpoint }) => viewpoint.team.flavour !== 'finance',
      );
      if (there.length === 0) return;
      const somebody = random.pick(there);
      const { catalog } = ground.culture.pool;
      const { site, team } = rotated.viewpoint;
      const steps = [
        'iam:ListAccessKeys',
        'iam:CreateAccessKey',
        'iam:GetAccessKeyLastUsed',
        'iam:UpdateAccessKey',
        'iam:DeleteAccessKey',
      ];
      const tasks = steps.map((id) => ({
        ...taskOf(about(catalog.one(id), { user: rotated.principalName })),
        about: { site, team },
      }));
      rotated.keys.push({ from: at, value: `key-${random.hex(6)}` });
      somebody.errands.push({ at, tasks, gapMs: 60_000 });
      told(turn, 'key-rotation', at, at + DAY_MS, [rotated, somebody]);
    },
  },
  {
    kind: 'new-host',
    often: 3,
    per: 'hundred-members',
    happen(turn) {
      const { random, population, ground } = turn;
      const at = someDay(turn);
      const moved = random.pick(population.scheduled);
      moved.hosts.push({ from: at, value: hostsOf(ground, random) });
      told(turn, 'new-host', at, at + DAY_MS, [moved]);
    },
  },
  {
    kind: 'migration-role',
    often: 1.5,
    per: 'organization',
    happen(turn) {
      const { random, population } = turn;
      const days = random.int(1, 4);
      const from = workingDay(someDay(turn, days + 3));
      const fitting: Resident[] = [...population.infrastructure.slice(1), ...population.scheduled.slice(1)].filter(
        ({ joins }) => joins === 0,
      );
      if (fitting.length === 0) return;
      const role = random.pick(fitting);
      role.cadence = 'ephemeral';
      role.joins = dayNumber(turn, from);
      role.leaves = role.joins + days;
      const to = from + days * DAY_MS;
      told(turn, 'migration-role', from, to, [role]);
      announced(turn, 'Migration', from, to, [role], actionsOf(role.tasks), [role.viewpoint.site.account.id]);
    },
  },
  {
    kind: 'new-scanner',
    often: 0.6,
    per: 'organization',
    happen(turn) {
      const at = workingDay(someDay(turn));
      const scanner = turn.random.pick(turn.population.scanners);
      scanner.joins = dayNumber(turn, at);
      told(turn, 'new-scanner', at, at + 7 * DAY_MS, [scanner]);
    },
  },
];
