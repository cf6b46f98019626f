import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { buildMachine } from '../members/pipeline-member.ts';
import { hostsOf } from '../members/scheduled-member.ts';
import { about } from '../operations/operation.ts';
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
  told,
  workingDay,
} from './trouble.ts';

/** Machines that get another place, key or host, or that are there for a short time. */
export const MACHINE_CHANGES: readonly TroubleSource[] = [
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
      const { catalog } = turn.ground.culture.pool;
      const keeper = turn.random.pick(turn.population.infrastructure);
      const { site, team } = scanner.viewpoint;
      const tasks = ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:AttachRolePolicy', 'iam:GetRole'].map(
        (id) => ({
          ...taskOf(about(catalog.one(id), { role: scanner.principalName })),
          about: { site, team },
        }),
      );
      keeper.errands.push({ at: at + 7 * HOUR_MS, tasks, gapMs: 5000 });
      told(turn, 'new-scanner', at, at + 7 * DAY_MS, [scanner, keeper]);
    },
  },
];
