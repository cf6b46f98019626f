import { DAY_MS } from '@portcullis/event';
import { sample } from '../draw.ts';
import { about } from '../operations/operation.ts';
import { everybody } from '../population.ts';
import { dayNumber, someDay, someTime, type TroubleSource, taskOf, tasksOf, told, workingDay } from './trouble.ts';

/** Changes that reach many at once. */
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
    kind: 'changed-service',
    often: 1.2,
    per: 'organization',
    happen(turn) {
      const { random, population, ground } = turn;
      const at = someTime(turn, someDay(turn), 0, 23);
      const name = random.pick(population.services).principalName;
      const changed = population.services.filter(({ principalName }) => principalName === name);
      const { catalog } = ground.culture.pool;
      const looks = catalog.services
        .flatMap((service) => catalog.of(service))
        .filter(({ purpose }) => purpose === 'get' || purpose === 'list');
      const steps = sample(random, looks, random.int(1, 3));
      for (const { tasks } of changed) tasks.push(...steps.map((step) => ({ weight: 0.2, steps: [step], from: at })));
      told(turn, 'changed-service', at, at + 2 * DAY_MS, changed);
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
];
