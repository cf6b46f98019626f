import type { Settings } from '@portcullis/config';
import type { AnomalyEvent, DeclaredWorkDecision } from '@portcullis/contract';
import { type ActivityEvent, type EpochIndex, type EpochMs, epochOf, type NetworkLookup } from '@portcullis/event';
import { decodeState } from '@portcullis/pipeline';
import { type ActorDay, ActorDays, type RuleMemory } from '../comparators/rule.ts';
import type { PlannedAttack } from './attack-plan.ts';
import { type HourOfLogs, hoursOfLogs } from './hours-of-logs.ts';
import { runLane } from './lane.ts';
import { eachHour, type Learned } from './learn.ts';
import { sharedReading } from './shared-reading.ts';

/** The judged weeks once more, with these attacks in them; none in the benign run. */
export interface Run {
  readonly id: string;
  readonly attacks: readonly Pick<PlannedAttack, 'records' | 'events'>[];
}

/** A run under certain settings. */
export interface LanePlan {
  readonly run: Run;
  /** Name of the variant whose learned state it starts from. */
  readonly variant: string;
  readonly settings: Settings;
}

export interface JudgeOptions {
  readonly learned: Learned;
  readonly lanes: readonly LanePlan[];
  readonly network: NetworkLookup;
  readonly alertAfter: EpochMs;
  readonly decisions: readonly DeclaredWorkDecision[];
  onHour?(hour: HourOfLogs, events: readonly ActivityEvent[]): void;
}

export interface Judged {
  /** For each lane what it told, in order. */
  readonly told: readonly (readonly AnomalyEvent[])[];
  /** For each run what each rule marked, by id of run, then of rule. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, readonly ActorDay[]>>;
}

/**
 * Plays the judged weeks to all lanes at once.
 *
 * The benign records are made and written once and are the same bytes for all; only what is injected differs. Memory
 * grows with lanes times actors, not with records.
 */
export async function judge(hours: Iterator<HourOfLogs>, options: JudgeOptions): Promise<Judged> {
  const { learned, lanes, network, alertAfter, decisions, onHour } = options;
  const runs = new Map(lanes.map(({ run }) => [run.id, run]));
  const rules = [...runs.values()].map((run) => new RulesOnRun(run, learned, alertAfter));
  const watched = eachHour(hours, network, (hour, events) => {
    for (const run of rules) run.hour(hour.epoch, events);
    onHour?.(hour, events);
  });
  const extras = new Map([...runs].map(([id, run]) => [id, attackHours(run)]));
  const readers = sharedReading(watched, lanes.length);
  const told = await Promise.all(
    lanes.map(async ({ run, variant, settings }, index) => {
      const reader = readers[index];
      const saved = learned.states.get(variant);
      if (reader === undefined || saved === undefined) throw new RangeError(`nothing was learned as ${variant}`);
      const extra = extras.get(run.id) ?? [];
      const lane = { settings, network, alertAfter, extra, decisions, state: decodeState(saved) };
      return (await runLane(reader, lane)).told;
    }),
  );
  return { told, rules: new Map(rules.map((run) => [run.id, run.finish()])) };
}

function attackHours({ attacks }: Run): readonly HourOfLogs[] {
  const records = attacks.flatMap((attack) => attack.records).sort((a, b) => a.time - b.time);
  return [...hoursOfLogs(records)];
}

/** The plain rules on one run: the common events and its attacks', hour by hour. */
class RulesOnRun {
  readonly id: string;
  readonly #rules: readonly { readonly id: string; readonly memory: RuleMemory; readonly days: ActorDays }[];
  readonly #own: (readonly [epoch: EpochIndex, events: readonly ActivityEvent[]])[];

  constructor({ id, attacks }: Run, learned: Learned, alertAfter: EpochMs) {
    this.id = id;
    this.#rules = [...learned.rules].map(([rule, memory]) => ({
      id: rule,
      memory: memory.fork(),
      days: new ActorDays(alertAfter),
    }));
    const events = attacks.flatMap((attack) => attack.events);
    this.#own = [...Map.groupBy(events, ({ time }) => epochOf(time))].sort(([a], [b]) => a - b);
  }

  hour(epoch: EpochIndex, events: readonly ActivityEvent[]): void {
    this.#ownBefore(epoch);
    const own = this.#own[0]?.[0] === epoch ? (this.#own.shift()?.[1] ?? []) : [];
    this.#judge([...events, ...own]);
  }

  finish(): ReadonlyMap<string, readonly ActorDay[]> {
    this.#ownBefore(Number.POSITIVE_INFINITY);
    return new Map(this.#rules.map(({ id, days }) => [id, days.all()]));
  }

  /** Hours in which only the attacks acted. */
  #ownBefore(epoch: EpochIndex): void {
    while ((this.#own[0]?.[0] ?? Number.POSITIVE_INFINITY) < epoch) this.#judge(this.#own.shift()?.[1] ?? []);
  }

  #judge(events: readonly ActivityEvent[]): void {
    const inOrder = events.toSorted((a, b) => a.time - b.time);
    for (const { memory, days } of this.#rules) days.add(memory.hour(inOrder));
  }
}
