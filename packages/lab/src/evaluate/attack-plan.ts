import type { ActivityEvent, EpochMs } from '@portcullis/event';
import { DAY_MS, dayOf, HOUR_MS } from '@portcullis/event';
import type { Loudness, Member, MemberKind, Organization, Story, StorySetting } from '../organization.ts';
import { type Random, randomStream } from '../random.ts';
import type { SimulatedRecord } from '../world.ts';
import type { Manner } from './figures.ts';
import { type ActorGroup, groupOfMember } from './member-actors.ts';

/** A story as it happens to one member. */
export interface PlannedAttack {
  /** Unique: seed, story, loudness, turn. */
  readonly id: string;
  readonly story: string;
  readonly manner: Manner;
  readonly victim: { readonly id: string; readonly name: string; readonly group: ActorGroup };
  /** In order of time. */
  readonly records: readonly SimulatedRecord[];
  /** The same, as ingest reads them. */
  readonly events: readonly ActivityEvent[];
  /** Ids of all actors it used, as the product keys them. */
  readonly principals: ReadonlySet<string>;
}

export interface AttackPlanOptions {
  readonly organization: Organization;
  readonly stories: readonly Story[];
  readonly loudness: readonly Loudness[];
  /** How many of each loudness. */
  readonly perLoudness: number;
  /** At most so many in one run, so that attacks stay the exception in it. */
  readonly perRun: number;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly seed: number;
  /** Where the rotation over stories begins: attacks planned for the organizations before. */
  readonly offset: number;
  readonly ingest: (records: readonly SimulatedRecord[]) => readonly ActivityEvent[];
  /** The attack by default; or its benign look-alike. */
  readonly tell?: (story: Story, setting: StorySetting) => readonly SimulatedRecord[];
}

export interface AttackPlan {
  /** The attacks of each run; they share no actor. */
  readonly runs: readonly (readonly PlannedAttack[])[];
  /** Story and loudness of those for which nobody was left to attack, or no time. */
  readonly unplaced: readonly string[];
}

/** Another victim is tried this often when the chosen one, or an actor the story moves on to, is under attack already. */
const MAX_TRIES = 6;

/**
 * Decides which attack happens to whom and when, over as many runs as it takes.
 *
 * Stories take turns, then loudness, then kinds of victim, least used first; times are spread evenly over
 * the judged days. Attacks of one run share no actor, or one's alert could be credited to the other. The same
 * options give the same plan.
 */
export function planAttacks(options: AttackPlanOptions): AttackPlan {
  const { stories, loudness, perLoudness, perRun, seed, offset } = options;
  const random = randomStream(seed, 'attack-plan');
  const wanted = Array.from({ length: perLoudness }, (_, turn) =>
    // Another story first for each loudness, so that few attacks still meet many stories
    loudness.map((level, shift) => ({ level, story: stories[(offset + turn + shift * 7) % stories.length], turn })),
  ).flat();
  const runs = Array.from({ length: Math.ceil(wanted.length / perRun) }, () => new Run());
  const kindsUsed = new Map<string, number>();
  const unplaced: string[] = [];

  for (const [index, { level, story, turn }] of wanted.entries()) {
    if (story === undefined) continue;
    const share = (index + 0.5) / wanted.length;
    const id = `${seed}/${story.id}/${level}/${turn}`;
    const first = index % runs.length;
    const inTurn = [...runs.slice(first), ...runs.slice(0, first)].filter((run) => run.attacks.length < perRun);
    const placed = inTurn.some((run) => {
      const attack = findPlace(options, { id, story, level, share, random, kindsUsed, run });
      if (attack !== undefined) run.add(attack);
      return attack !== undefined;
    });
    if (!placed) unplaced.push(`${story.id} ${level}`);
  }
  return { runs: runs.map(({ attacks }) => attacks).filter((attacks) => attacks.length > 0), unplaced };
}

/** One run under way: who is under attack in it. */
class Run {
  readonly attacks: PlannedAttack[] = [];
  readonly victims = new Set<string>();
  readonly principals = new Set<string>();

  add(attack: PlannedAttack): void {
    this.attacks.push(attack);
    this.victims.add(attack.victim.id);
    for (const principal of attack.principals) this.principals.add(principal);
  }
}

interface Wanted {
  readonly id: string;
  readonly story: Story;
  readonly level: Loudness;
  /** Position in the judged time, 0 to 1. */
  readonly share: number;
  readonly random: Random;
  /** Attacks so far by kind, and by story and kind; counted up. */
  readonly kindsUsed: Map<string, number>;
  readonly run: Run;
}

function findPlace(options: AttackPlanOptions, wanted: Wanted): PlannedAttack | undefined {
  const { organization, from, to } = options;
  const { story, share, random, kindsUsed, run } = wanted;
  const day = Math.floor((from - organization.start + share * (to - from)) / DAY_MS);
  const fitting = random
    .shuffled(organization.members)
    .filter((member) => !run.victims.has(member.id) && story.fits(member, organization));
  const used = (kind: MemberKind) => (kindsUsed.get(`${story.id} ${kind}`) ?? 0) * 1000 + (kindsUsed.get(kind) ?? 0);
  const byTurn = fitting.toSorted((a, b) => used(a.kind) - used(b.kind));
  for (const victim of byTurn.slice(0, MAX_TRIES)) {
    const attack = happen(options, wanted, victim, day);
    if (attack === undefined || clashes(attack, run)) continue;
    for (const key of [victim.kind, `${story.id} ${victim.kind}`]) kindsUsed.set(key, (kindsUsed.get(key) ?? 0) + 1);
    return attack;
  }
  return undefined;
}

/** Tells the story on that day, or as much earlier as it takes to end in time; never outside the victim's life. */
function happen(
  { organization, from, to, seed, ingest, tell = (story, setting) => story.tell(setting) }: AttackPlanOptions,
  { id, story, level, random }: Wanted,
  victim: Member,
  day: number,
): PlannedAttack | undefined {
  const hour = startHour(victim, level, random);
  const firstDay = Math.max(victim.joins, (from - organization.start) / DAY_MS);
  let onDay = Math.max(firstDay, Math.min(day, victim.leaves - 1));
  for (let tries = 0; tries < 3; tries++) {
    const at =
      organization.start + workday(onDay, firstDay, victim, level, organization.start) * DAY_MS + hour * HOUR_MS;
    if (at < from || at < organization.start + victim.joins * DAY_MS) return undefined;
    const setting = { organization, victim, at, loudness: level, random: randomStream(seed, 'attack', id) };
    const records = tell(story, setting).toSorted(byTime);
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined || first.time < from) return undefined;
    const overrun = last.time - (Math.min(to, organization.start + victim.leaves * DAY_MS) - HOUR_MS);
    if (overrun <= 0) {
      const events = ingest(records);
      return {
        id,
        story: story.id,
        manner: level,
        victim: { id: victim.id, name: victim.principalName, group: groupOfMember(victim) },
        records,
        events,
        principals: principalsOf(events),
      };
    }
    onDay -= Math.ceil(overrun / DAY_MS);
    if (onDay < firstDay) return undefined;
  }
  return undefined;
}

/** Loud ones come at any hour; the others when the victim works, so as not to stand out by the hour alone. */
function startHour({ hours: [first, last] }: Member, level: Loudness, random: Random): number {
  return level === 'loud' ? random.float() * 24 : first + random.float() * Math.max(0.5, last - first - 1);
}

/** Goes back to a weekday where the victim is a person at work and the attack does not want to stand out. */
function workday(day: number, firstDay: number, { kind }: Member, level: Loudness, start: EpochMs): number {
  if (kind !== 'person' || level === 'loud') return day;
  const weekday = (dayOf(start) + day + 4) % 7;
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  return day - back >= firstDay ? day - back : day + (weekday === 0 ? 1 : weekday === 6 ? 2 : 0);
}

/** Services and accounts are everybody's; whoever else is under attack already cannot be attacked again. */
function clashes({ events }: PlannedAttack, run: Run): boolean {
  return events.some(
    ({ actor }) => actor.kind !== 'service' && actor.kind !== 'account' && run.principals.has(actor.id),
  );
}

/** Ids that alerts about these events can carry. */
export function principalsOf(events: readonly ActivityEvent[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { actor } of events) {
    ids.add(actor.id);
    // Beyond the cap of sessions per role, what they do is judged as the role's
    if (actor.sharedRole !== undefined) ids.add(actor.sharedRole.id);
  }
  return ids;
}

function byTime(a: SimulatedRecord, b: SimulatedRecord): number {
  return a.time - b.time || (a.record.eventID < b.record.eventID ? -1 : 1);
}
