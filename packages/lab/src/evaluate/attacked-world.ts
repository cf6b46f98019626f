import { ATTACK_VERSION } from '@portcullis/contract/names';
import { DAY_MS, type EpochMs, isoTime, type NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import type { Loudness, Member, Organization, Story } from '../organization.ts';
import { simulate } from '../simulate.ts';
import type { SimulatedRecord } from '../world.ts';
import { type PlannedAttack, planAttacks } from './attack-plan.ts';
import { hoursOfLogs } from './hours-of-logs.ts';

export interface AttackedWorldOptions {
  readonly organization: Organization;
  readonly stories: readonly Story[];
  readonly network: NetworkLookup;
  readonly seed: number;
  /** How many attacks in all. */
  readonly attacks: number;
  readonly loudness: readonly Loudness[];
  /** Attacks of each loudness that were placed elsewhere before; stories go on from there. Default 0. */
  readonly offset?: number;
}

/** Attacks begin in the last two weeks, or in the second half of a shorter world. */
const MOST_ATTACK_DAYS = 14;

export interface AttackedWorld {
  readonly attacks: readonly PlannedAttack[];
  /** No attack begins earlier. */
  readonly attacksFrom: EpochMs;
  /** All records in event-time order, a day in memory at a time. */
  records(): Generator<SimulatedRecord>;
}

/** An organization's whole time with attacks in it, no two on one actor. */
export function attackedWorld(options: AttackedWorldOptions): AttackedWorld {
  const { organization, stories, network, seed, attacks: wanted, loudness, offset = 0 } = options;
  const from = organization.start + (organization.days - attackDays(organization)) * DAY_MS;
  const ingest = createIngest({ network });
  const { runs } = planAttacks({
    organization,
    stories,
    loudness,
    perLoudness: Math.ceil(wanted / loudness.length),
    perRun: Math.max(1, wanted),
    from,
    to: organization.start + organization.days * DAY_MS,
    seed,
    offset,
    ingest: (records) => [...hoursOfLogs(records)].flatMap(({ bytes }) => ingest.container(bytes, 0).events),
  });
  const attacks = runs[0] ?? [];
  const injected = attacks.flatMap(({ records }) => records).sort(byTime);
  return { attacks, attacksFrom: from, records: () => merged(simulate(organization, seed), injected) };
}

/** What every attack event is part of, by event id, and what was attacked how. Everything else is benign. */
export function labelsOfAttacks(attacks: readonly PlannedAttack[]) {
  const events = attacks.flatMap(({ id, manner, records }) =>
    records.flatMap(({ record, label }) =>
      label === undefined ? [] : [[record.eventID, { attack: id, ...label, loudness: manner }] as const],
    ),
  );
  return {
    attackVersion: ATTACK_VERSION,
    attacks: attacks.map(({ id, story, manner, victim, records, principals }) => ({
      id,
      story,
      loudness: manner,
      victim,
      from: isoTime(records[0]?.time ?? 0),
      to: isoTime(records.at(-1)?.time ?? 0),
      principals: [...principals].sort(),
    })),
    events: Object.fromEntries(events),
  };
}

/** What is known of an organization besides its logs. */
export function describeOrganization({ name, accounts, members, troubles, start, days }: Organization) {
  return {
    name,
    start: isoTime(start),
    days,
    accounts,
    members: members.map(describeMember),
    troubles: troubles.map(({ from, to, ...trouble }) => ({ ...trouble, from: isoTime(from), to: isoTime(to) })),
  };
}

function describeMember(member: Member) {
  const { id, kind, account, team, joins, leaves, cadence, principalName, callsPerActiveDay, hours } = member;
  return { id, kind, account: account.id, team, joins, leaves, cadence, principalName, callsPerActiveDay, hours };
}

function attackDays({ days }: Organization): number {
  return Math.min(MOST_ATTACK_DAYS, Math.ceil(days / 2));
}

/** Both in order of time. */
function* merged(records: Iterable<SimulatedRecord>, injected: readonly SimulatedRecord[]): Generator<SimulatedRecord> {
  let next = 0;
  for (const record of records) {
    for (let own = injected[next]; own !== undefined && own.time <= record.time; own = injected[++next]) yield own;
    yield record;
  }
  yield* injected.slice(next);
}

function byTime(a: SimulatedRecord, b: SimulatedRecord): number {
  return a.time - b.time || (a.record.eventID < b.record.eventID ? -1 : 1);
}
