import { DAY_MS, type EpochMs } from '@portcullis/event';
import { denied } from '../../calls/call.ts';
import type { Random } from '../../random.ts';
import { type Caller, through } from '../../record/caller.ts';
import { type Call, cloudTrailRecord } from '../../record/cloudtrail-record.ts';
import type { SimulatedRecord } from '../../world.ts';
import type { Culture } from './culture.ts';
import type { Estate, Viewpoint } from './estate.ts';
import type { Scope } from './operations/operation.ts';
import type { Site } from './sites.ts';
import type { Task } from './task.ts';
import type { Team } from './teams.ts';

/** An event that AWS calls by another name from a day on. */
interface Rename {
  readonly service: string;
  readonly before: string;
  readonly after: string;
  readonly at: EpochMs;
}

/** A tool that everybody who has it updates on one day. */
interface Upgrade {
  readonly tool: string;
  readonly at: EpochMs;
}

/** What all members of an organization stand on. */
export interface Ground {
  readonly culture: Culture;
  readonly sites: readonly Site[];
  readonly teams: readonly Team[];
  readonly estate: Estate;
  /** Names that members have, by account. */
  readonly taken: Set<string>;
  /** These two are filled while troubles are drawn. */
  readonly renames: Rename[];
  readonly upgrades: Upgrade[];
}

/** A name for a member, in the organization's way. */
export function freshName(ground: Ground, site: Site, parts: readonly string[]): string {
  return unusedName(ground, site, (further) => ground.culture.nameOf([...parts, ...further], site.stage));
}

/** The first of `make([])`, `make(['2'])`, `make(['3'])` … that nobody in the account has. */
export function unusedName({ taken }: Ground, { account }: Site, make: (further: readonly string[]) => string): string {
  for (let number = 1; ; number++) {
    const name = make(number === 1 ? [] : [String(number)]);
    if (taken.has(`${account.id}/${name}`)) continue;
    taken.add(`${account.id}/${name}`);
    return name;
  }
}

/** The record of a call under the names that AWS uses at that time; nothing where no trail logs it. */
export function noted(
  { renames }: Ground,
  site: Site,
  caller: Caller,
  call: Call,
  time: EpochMs,
  random: Random,
): SimulatedRecord[] {
  if (call.data && !site.loggedData.has(call.service)) return [];
  const renamed = renames.find(
    ({ service, before, at }) => service === call.service && before === call.name && at <= time,
  );
  const named = renamed === undefined ? call : { ...call, name: renamed.after };
  return [{ time, record: cloudTrailRecord(caller, named, time, random) }];
}

/** A task from `from` on: its calls follow each other within seconds. */
export function performed(
  ground: Ground,
  task: Task,
  { caller, scope, viewpoint }: { readonly caller: Caller; readonly scope: Scope; readonly viewpoint: Viewpoint },
  from: EpochMs,
  gapMs: number,
  random: Random,
): SimulatedRecord[] {
  const refused = random.chance(task.refused ?? 0);
  const about = task.about && ground.estate.scope({ ...viewpoint, ...task.about }, dayIn(ground.culture, from));
  const by = task.via === undefined ? caller : through(caller, task.via);
  let time = from;
  return task.steps.flatMap((operation) => {
    const made = operation.make(about ? { ...about, account: scope.account } : scope, random);
    const call = task.region === undefined ? made : { ...made, region: task.region };
    const told = refused && !call.data ? denied(call, String(caller.identity.arn), refusalOf(call)) : call;
    const records = noted(ground, viewpoint.site, by, told, time, random);
    time += 200 + random.wait(gapMs);
    return records;
  });
}

export function dayIn({ start }: Culture, at: EpochMs): number {
  return Math.floor((at - start) / DAY_MS);
}

/** How the service spells a refusal. */
function refusalOf({ service }: Call): string {
  if (service === 'ec2') return 'Client.UnauthorizedOperation';
  return JSON_SERVICES.has(service) ? 'AccessDeniedException' : 'AccessDenied';
}

const JSON_SERVICES = new Set([
  'lambda',
  'dynamodb',
  'logs',
  'ssm',
  'secretsmanager',
  'kms',
  'athena',
  'glue',
  'ecs',
  'ecr',
  'states',
  'kinesis',
  'events',
  'organizations',
  'ce',
  'guardduty',
  'access-analyzer',
  'bedrock',
  'cognito-idp',
  'redshift-data',
  'eks',
]);
