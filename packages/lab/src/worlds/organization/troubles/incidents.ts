import { DAY_MS, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { sample } from '../draw.ts';
import {
  actionsOf,
  announced,
  present,
  someDay,
  someTime,
  type TroubleSource,
  type Turn,
  tasksOf,
  told,
  workingDay,
} from './trouble.ts';

/** Rare work with rights that are seldom used. */
export const INCIDENTS: readonly TroubleSource[] = [
  {
    kind: 'incident-night',
    often: 2.5,
    per: 'organization',
    happen(turn) {
      const { random } = turn;
      const somebody = oneOf(turn, ['platform', 'product']);
      if (somebody === undefined) return;
      const offset = somebody.viewpoint.team.country.utcOffsetHours;
      const at = someDay(turn) + (1.5 + random.float() * 3 - offset) * HOUR_MS;
      const looks = Array.from({ length: random.int(10, 40) }, () => random.weighted(somebody.tasks));
      const deeds = tasksOf(turn, sample(random, REMEDIES, random.int(6, 14)));
      somebody.errands.push({ at, tasks: random.shuffled([...looks, ...deeds, ...deeds.slice(0, 4)]), gapMs: 70_000 });
      told(turn, 'incident-night', at - 20 * MINUTE_MS, at + 3 * HOUR_MS, [somebody]);
    },
  },
  {
    kind: 'audit',
    often: 1,
    per: 'organization',
    happen(turn) {
      const { random, ground } = turn;
      const somebody = oneOf(turn, ['security', 'platform']);
      if (somebody === undefined) return;
      const days = random.int(1, 5);
      const from = workingDay(someDay(turn, days + 2));
      const { catalog } = ground.culture.pool;
      const reads = catalog.services.flatMap((service) =>
        catalog.of(service).filter(({ purpose }) => purpose === 'list' || purpose === 'get'),
      );
      for (let day = 0; day < days; day++) {
        const tasks = sample(random, reads, reads.length * (0.3 + 0.5 * random.float())).map((step) => ({
          weight: 1,
          steps: [step, ...(random.chance(0.4) ? [step, step] : [])],
        }));
        somebody.errands.push({ at: someTime(turn, from + day * DAY_MS, 9, 12), tasks, gapMs: 8000 });
      }
      const to = from + days * DAY_MS;
      told(turn, 'audit', from, to, [somebody]);
      announced(turn, 'Yearly audit', from, to, [somebody], ['*:Get*', '*:List*', '*:Describe*']);
    },
  },
  {
    kind: 'permission-cleanup',
    often: 1,
    per: 'organization',
    happen(turn) {
      const { random } = turn;
      const somebody = oneOf(turn, ['platform', 'security']);
      if (somebody === undefined) return;
      const midnight = workingDay(someDay(turn, 4));
      const at = someTime(turn, midnight, 8, 14);
      const round = tasksOf(turn, [
        'iam:ListRoles',
        'iam:GetRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePolicy',
        'iam:DeleteRole',
        'iam:CreatePolicyVersion',
      ]);
      const tasks = Array.from({ length: random.int(5, 20) }, () => round).flat();
      somebody.errands.push({ at, tasks, gapMs: 12_000 });
      const [from, to] = [midnight, midnight + DAY_MS];
      told(turn, 'permission-cleanup', from, to, [somebody]);
      announced(turn, 'Cleaning up unused permissions', from, to, [somebody], actionsOf(round));
    },
  },
  {
    kind: 'log-maintenance',
    often: 0.7,
    per: 'organization',
    happen(turn) {
      const somebody = oneOf(turn, ['security', 'platform']);
      if (somebody === undefined) return;
      const midnight = workingDay(someDay(turn, 2));
      const tasks = tasksOf(turn, LOG_KEEPING);
      somebody.errands.push({ at: someTime(turn, midnight, 8, 15), tasks, gapMs: 40_000 });
      told(turn, 'log-maintenance', midnight, midnight + DAY_MS, [somebody]);
      announced(turn, 'Trails and rules brought up to date', midnight, midnight + DAY_MS, [somebody], actionsOf(tasks));
    },
  },
  {
    kind: 'recovery-drill',
    often: 0.8,
    per: 'organization',
    happen(turn) {
      const { random, ground, population } = turn;
      const midnight = workingDay(someDay(turn, 4));
      const [from, to] = [midnight + 7 * HOUR_MS, midnight + 20 * HOUR_MS];
      const people = sample(random, present(turn, population.people, from), random.int(1, 3));
      const machines = sample(random, present(turn, population.infrastructure, from), 2);
      const region = ground.culture.secondRegion;
      const steps = tasksOf(turn, DRILL).map((task) => ({ ...task, region }));
      for (const resident of [...people, ...machines]) {
        const tasks = [...steps, ...sample(random, steps, random.int(3, steps.length)), ...steps.slice(0, 5)];
        resident.errands.push({ at: from + random.float() * 4 * HOUR_MS, tasks, gapMs: 30_000 });
      }
      for (const { tasks } of sample(random, population.functions, random.int(2, 8))) {
        tasks.push(
          ...tasks
            .filter(({ region: elsewhere }) => elsewhere === undefined)
            .map((task) => ({ ...task, region, weight: task.weight * 0.6, from: from + 4 * HOUR_MS, until: to })),
        );
      }
      told(turn, 'recovery-drill', from, to, [...people, ...machines]);
      announced(turn, `Recovery drill in ${region}`, from, to, [...people, ...machines], actionsOf(steps));
    },
  },
  {
    kind: 'lost-permissions',
    often: 1.2,
    per: 'organization',
    happen(turn) {
      const { random, population } = turn;
      const from = someTime(turn, workingDay(someDay(turn)));
      const until = from + random.int(2, 30) * HOUR_MS;
      const victim = random.pick(population.people);
      const struck = population.people.filter(({ principalName }) => principalName === victim.principalName);
      for (const { tasks } of struck) {
        tasks.push(
          ...tasks.map((task) => ({
            ...task,
            from: Math.max(from, task.from ?? 0),
            until,
            weight: task.weight * 0.6,
            refused: 1,
          })),
        );
      }
      told(turn, 'lost-permissions', from, until, struck);
    },
  },
  {
    kind: 'failing-writer',
    often: 3,
    per: 'hundred-members',
    happen(turn) {
      const { random, population, ground } = turn;
      const from = someTime(turn, someDay(turn), 0, 23);
      const until = from + random.weighted(SPELLS).days * DAY_MS;
      const there = present(turn, [...population.functions, ...population.instances], from);
      if (there.length === 0) return;
      const failing = random.pick(there);
      const { catalog } = ground.culture.pool;
      const writes = ['kms', 'ssm', 's3', 'dynamodb', 'logs', 'monitoring', ...failing.viewpoint.team.services]
        .flatMap((service) => catalog.of(service))
        .filter(({ purpose, data }) => purpose === 'change' && !data);
      const usual = failing.tasks.reduce((sum, { weight }) => sum + weight, 0);
      failing.tasks.push({
        weight: usual * (0.1 + random.float()),
        steps: [random.pick(writes)],
        refused: 1,
        from,
        until,
      });
      told(turn, 'failing-writer', from, until, [failing]);
    },
  },
];

const SPELLS: readonly { readonly weight: number; readonly days: number }[] = [
  { weight: 4, days: 1 },
  { weight: 3, days: 5 },
  { weight: 2, days: 40 },
];

const REMEDIES = [
  'ec2:RebootInstances',
  'ec2:RunInstances',
  'ec2:TerminateInstances',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CreateRoute',
  'ec2:CreateSnapshot',
  'rds:RebootDBInstance',
  'rds:ModifyDBInstance',
  'rds:CreateDBSnapshot',
  'rds:RestoreDBInstanceFromDBSnapshot',
  'iam:PutRolePolicy',
  'iam:AttachRolePolicy',
  'iam:UpdateAccessKey',
  'lambda:UpdateAlias',
  'lambda:PutFunctionConcurrency',
  'lambda:UpdateFunctionConfiguration',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'ssm:StartSession',
  'ssm:SendCommand',
  'ssm:PutParameter',
  'route53:ChangeResourceRecordSets',
  'autoscaling:SetDesiredCapacity',
  'logs:PutRetentionPolicy',
  'kms:CreateGrant',
  'servicequotas:RequestServiceQuotaIncrease',
  'support:CreateCase',
  's3:PutBucketPolicy',
];

const LOG_KEEPING = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:UpdateTrail',
  'cloudtrail:GetTrailStatus',
  'config:DescribeConfigRules',
  'config:PutConfigRule',
  'config:DeleteConfigRule',
  'guardduty:UpdateDetector',
];

const DRILL = [
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeImages',
  'rds:DescribeDBSnapshots',
  'rds:RestoreDBInstanceFromDBSnapshot',
  'rds:DescribeDBInstances',
  'ec2:RunInstances',
  'ec2:CreateSecurityGroup',
  'ec2:AuthorizeSecurityGroupIngress',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:RegisterTargets',
  'dynamodb:CreateTable',
  'lambda:CreateFunction',
  'route53:ChangeResourceRecordSets',
  'secretsmanager:GetSecretValue',
  'kms:DescribeKey',
  'autoscaling:SetDesiredCapacity',
  'ec2:TerminateInstances',
  's3:ListBuckets',
  'cloudformation:CreateChangeSet',
  'cloudformation:ExecuteChangeSet',
];

function oneOf(turn: Turn, flavours: readonly string[]) {
  const { people } = turn.population;
  const fitting = people.filter(({ viewpoint, joins }) => flavours.includes(viewpoint.team.flavour) && joins === 0);
  const choices = fitting.length > 0 ? fitting : people;
  return choices.length === 0 ? undefined : turn.random.pick(choices);
}
