import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import type { PlannedWork, Trouble } from '../../../organization.ts';
import type { Random } from '../../../random.ts';
import type { Ground } from '../ground.ts';
import type { Operation } from '../operations/operation.ts';
import type { Population } from '../population.ts';
import type { Resident } from '../resident.ts';
import type { Task } from '../task.ts';

/** What a trouble may change while it is drawn, and where it is told. */
export interface Turn {
  readonly ground: Ground;
  readonly population: Population;
  readonly random: Random;
  readonly troubles: Trouble[];
  readonly planned: PlannedWork[];
}

/** A benign thing that now and then happens to an organization. */
export interface TroubleSource {
  /** Kebab-case. */
  readonly kind: string;
  /** How often in a hundred days: of the organization, or of each hundred members. */
  readonly often: number;
  readonly per: 'organization' | 'hundred-members';
  happen(turn: Turn): void;
}

/** Midnight of a day on which something may begin: not the first, and with room for `days`. */
export function someDay({ ground: { culture }, random }: Turn, days = 1): EpochMs {
  return culture.start + random.int(1, Math.max(1, culture.days - days - 1)) * DAY_MS;
}

/** A moment between two hours of a day, by UTC. */
export function someTime({ random }: Turn, midnight: EpochMs, from = 7, to = 18): EpochMs {
  return midnight + (from + random.float() * (to - from)) * HOUR_MS;
}

/** The day given, or the Friday before a weekend: worlds begin on a Monday, so there is one. */
export function workingDay(midnight: EpochMs): EpochMs {
  const weekday = (Math.floor(midnight / DAY_MS) + 4) % 7;
  return midnight - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0) * DAY_MS;
}

export function dayNumber({ ground: { culture } }: Turn, at: EpochMs): number {
  return Math.floor((at - culture.start) / DAY_MS);
}

export function told(
  { ground: { culture }, troubles }: Turn,
  kind: string,
  from: EpochMs,
  to: EpochMs,
  members: readonly Resident[],
): void {
  const end = culture.start + culture.days * DAY_MS;
  troubles.push({
    kind,
    from: Math.max(from, culture.start),
    to: Math.min(to, end),
    members: members.map(({ id }) => id),
  });
}

/** Lets people know of a trouble beforehand. */
export function announced(
  { ground: { culture }, planned, random }: Turn,
  title: string,
  from: EpochMs,
  to: EpochMs,
  residents: readonly Resident[],
  actions: readonly string[],
  accounts: readonly string[] = [],
): void {
  const end = culture.start + culture.days * DAY_MS;
  planned.push({
    id: `${title.toLowerCase().replaceAll(/\W+/g, '-')}-${random.hex(6)}`,
    title,
    owner: residents[0]?.viewpoint.team.name ?? '',
    from,
    to: Math.min(to, end),
    actors: residents.map(nameToPeople),
    actions,
    accounts,
  });
}

/** People are known by their own name, all else by that of its role or user. */
export function nameToPeople(resident: Resident): string {
  return resident.kind === 'person' ? resident.id.replace('person/', '') : resident.principalName;
}

/** IAM's actions for what the tasks do. */
export function actionsOf(tasks: readonly Task[]): readonly string[] {
  const named = tasks.flatMap(({ steps }) =>
    steps.map(({ service, name }) => `${IAM_PREFIXES[service] ?? service}:${name.replace(/20\d{6}(v\d)?$/, '')}`),
  );
  return [...new Set(named)];
}

const IAM_PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', tagging: 'tag' };

export function taskOf(...steps: readonly Operation[]): Task {
  return { weight: 1, steps };
}

export function tasksOf({ ground }: Turn, ids: readonly string[]): Task[] {
  return ids.map((id) => taskOf(ground.culture.pool.catalog.one(id)));
}

/** Those who are there on a day. */
export function present<T extends Resident>(turn: Turn, residents: readonly T[], at: EpochMs): T[] {
  const day = dayNumber(turn, at);
  return residents.filter(({ joins, leaves }) => joins <= day && day < leaves);
}
