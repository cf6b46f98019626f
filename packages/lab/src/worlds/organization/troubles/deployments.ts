import { DAY_MS, HOUR_MS, SECOND_MS } from '@portcullis/event';
import { sample } from '../draw.ts';
import type { FunctionMember } from '../members/function-member.ts';
import { deploymentOf } from '../members/pipeline-member.ts';
import { about, type Purpose } from '../operations/operation.ts';
import type { Resident } from '../resident.ts';
import type { Task } from '../task.ts';
import {
  dayNumber,
  present,
  someDay,
  someTime,
  type TroubleSource,
  type Turn,
  taskOf,
  told,
  workingDay,
} from './trouble.ts';

/** New code: functions that are brought out, learn something new, appear, or exist for a few days. */
export const DEPLOYMENTS: readonly TroubleSource[] = [
  {
    kind: 'deployment',
    often: 160,
    per: 'hundred-members',
    happen(turn) {
      const at = someTime(turn, workingDay(someDay(turn)));
      const deployed = anyFunction(turn, at);
      if (deployed === undefined) return;
      const pipeline = pipelineFor(turn, deployed);
      pipeline?.errands.push({
        at: at - 90 * SECOND_MS,
        tasks: deploymentOf(turn.ground, deployed.functionName),
        gapMs: 5000,
      });
      if (!turn.random.chance(0.2)) return;
      deployed.tasks.push(...somethingNew(turn, deployed, at));
      told(turn, 'deployment', at, at + 3 * DAY_MS, pipeline === undefined ? [deployed] : [deployed, pipeline]);
    },
  },
  {
    kind: 'changed-program',
    often: 14,
    per: 'hundred-members',
    happen(turn) {
      const { random, population } = turn;
      const at = workingDay(someDay(turn)) + 9 * HOUR_MS;
      const there = present(turn, [...population.instances, ...population.scheduled, ...population.pipelines], at);
      if (there.length === 0) return;
      const changed = random.pick(there);
      changed.tasks.push(...somethingNew(turn, changed, at));
      told(turn, 'changed-program', at, at + 3 * DAY_MS, [changed]);
    },
  },
  {
    kind: 'new-function',
    often: 8,
    per: 'hundred-members',
    happen(turn) {
      const at = someTime(turn, workingDay(someDay(turn)));
      const created = anyFunction(turn, at);
      if (created === undefined || created.joins > 0) return;
      created.joins = dayNumber(turn, at) + 1;
      const pipeline = pipelineFor(turn, created);
      pipeline?.errands.push({ at, tasks: creation(turn, created), gapMs: 4000 });
      told(turn, 'new-function', at, at + 4 * DAY_MS, pipeline === undefined ? [created] : [created, pipeline]);
    },
  },
  {
    kind: 'preview-environment',
    often: 8,
    per: 'hundred-members',
    happen(turn) {
      const at = someTime(turn, workingDay(someDay(turn, 6)));
      const preview = anyFunction(turn, at);
      if (preview === undefined || preview.joins > 0 || preview.viewpoint.site.stage === 'prod') return;
      preview.cadence = 'ephemeral';
      preview.joins = dayNumber(turn, at);
      preview.leaves = preview.joins + turn.random.int(1, 6);
      const pipeline = pipelineFor(turn, preview);
      pipeline?.errands.push({ at, tasks: creation(turn, preview), gapMs: 4000 });
      const to = at + (preview.leaves - preview.joins) * DAY_MS;
      told(turn, 'preview-environment', at, to, pipeline === undefined ? [preview] : [preview, pipeline]);
    },
  },
  {
    kind: 'retry-storm',
    often: 6,
    per: 'hundred-members',
    happen(turn) {
      const { random } = turn;
      const from = someTime(turn, someDay(turn), 0, 20);
      const until = from + (0.3 + random.float() * 5) * HOUR_MS;
      const struck = sample(random, present(turn, turn.population.functions, from), random.int(1, 4));
      const error = random.pick(ERRORS);
      for (const { surges, callsPerActiveDay } of struck) {
        surges.push({
          from,
          until,
          perHour: Math.min(1500, (callsPerActiveDay / 24) * (3 + random.float() * 40)),
          error,
        });
      }
      told(turn, 'retry-storm', from, until, struck);
    },
  },
  {
    kind: 'busy-day',
    often: 1.5,
    per: 'organization',
    happen(turn) {
      const { random } = turn;
      const from = someTime(turn, someDay(turn), 5, 12);
      const until = from + random.int(4, 14) * HOUR_MS;
      const busy = present(turn, turn.population.functions, from).filter(
        ({ workload }) => workload.rhythm === 'audience',
      );
      for (const { surges, callsPerActiveDay } of busy) {
        surges.push({ from, until, perHour: (callsPerActiveDay / 24) * (1 + random.float() * 5) });
      }
      if (busy.length > 0) told(turn, 'busy-day', from, until, busy);
    },
  },
];

const ERRORS = [
  { code: 'ThrottlingException', message: 'Rate exceeded' },
  { code: 'InternalFailure', message: 'We encountered an internal error. Please try again.' },
  { code: 'ResourceNotFoundException', message: 'Requested resource not found' },
  { code: 'AccessDeniedException', message: 'User is not authorized to perform this operation' },
] as const;

function anyFunction(turn: Turn, at: number): FunctionMember | undefined {
  const there = present(turn, turn.population.functions, at);
  return there.length === 0 ? undefined : turn.random.pick(there);
}

/** The pipeline that brings a function out: of its account and team, or else of its account. */
function pipelineFor(
  { population: { pipelines } }: Turn,
  { viewpoint: { site, team } }: Resident,
): Resident | undefined {
  const near = pipelines.filter(({ viewpoint }) => viewpoint.site === site);
  return near.find(({ viewpoint }) => viewpoint.team === team) ?? near[0];
}

function creation({ ground: { culture } }: Turn, { functionName, principalName }: FunctionMember) {
  const { catalog } = culture.pool;
  const given = { function: functionName, role: principalName };
  return [
    'iam:CreateRole',
    'iam:PutRolePolicy',
    'iam:AttachRolePolicy',
    'logs:CreateLogGroup',
    'lambda:CreateFunction',
    'lambda:AddPermission',
    'lambda:GetFunctionConfiguration',
  ].map((operation) => taskOf(about(catalog.one(operation), given)));
}

/**
 * One to three operations that a machine did not use before, some of services it never touched. At times it lacks the
 * permission at first: it is refused until somebody describes its role anew.
 */
function somethingNew(turn: Turn, { tasks, viewpoint, principalName }: Resident, at: number): Task[] {
  const { ground, population, random } = turn;
  const { catalog } = ground.culture.pool;
  const usual = tasks.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, tasks.length);
  const near = tasks.flatMap(({ steps }) => steps.map(({ service }) => service));
  const fitting = (random.chance(0.6) ? near : viewpoint.team.services)
    .flatMap((service) => catalog.of(service))
    .filter(({ purpose }) => NEEDED.has(purpose) || (purpose === 'change' && random.chance(0.3)));
  const taken = sample(random, fitting, random.int(1, 3)).map((step) => ({
    weight: usual * (0.05 + random.float()),
    steps: [step],
    from: at,
  }));
  if (random.chance(0.7)) return taken;
  const allowed = at + (1 + random.float() * 20) * HOUR_MS;
  const given = taskOf(about(catalog.one('iam:PutRolePolicy'), { role: principalName }));
  const looked = taskOf(about(catalog.one('iam:GetRolePolicy'), { role: principalName }));
  const keeper = population.infrastructure.find((one) => one.viewpoint.site === viewpoint.site);
  keeper?.errands.push({ at: allowed - 30 * SECOND_MS, tasks: [looked, given, looked], gapMs: 2000 });
  return taken.flatMap((task) => [
    { ...task, until: allowed, refused: 1 },
    { ...task, from: allowed },
  ]);
}

const NEEDED: ReadonlySet<Purpose> = new Set<Purpose>(['get', 'fetch', 'put']);
