import type { Settings } from '@portcullis/config';
import type { ActivityEvent, EpochMs, NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { encodeState } from '@portcullis/pipeline';
import type { RuleMemory } from '../comparators/rule.ts';
import { RULES } from '../comparators/rules.ts';
import type { HourOfLogs } from './hours-of-logs.ts';
import { runLane } from './lane.ts';
import { sharedReading } from './shared-reading.ts';

/** What a deployment knows after the silent weeks; judged runs start from it, as often as they like. */
export interface Learned {
  /** Saved states by name of the variant of the settings. */
  readonly states: ReadonlyMap<string, Uint8Array>;
  /** Of each rule by its id. */
  readonly rules: ReadonlyMap<string, RuleMemory>;
}

export interface LearnOptions {
  /** Settings that learn differently, by name. */
  readonly variants: ReadonlyMap<string, Settings>;
  readonly network: NetworkLookup;
  /** End of the silent time; no hour passed in begins later. */
  readonly alertAfter: EpochMs;
  onHour?(hour: HourOfLogs, events: readonly ActivityEvent[]): void;
}

/** Runs the silent weeks once, for the product under each variant of the settings and for the plain rules. */
export async function learn(
  hours: Iterator<HourOfLogs>,
  { variants, network, alertAfter, onHour }: LearnOptions,
): Promise<Learned> {
  const rules = new Map(RULES.map((rule) => [rule.id, rule.start()]));
  const watched = eachHour(hours, network, (hour, events) => {
    for (const memory of rules.values()) memory.hour(events);
    onHour?.(hour, events);
  });
  const readers = sharedReading(watched, variants.size);
  const states = await Promise.all(
    [...variants].map(async ([name, settings], index): Promise<[string, Uint8Array]> => {
      const reader = readers[index];
      if (reader === undefined) throw new RangeError('a reader for each variant');
      const { state } = await runLane(reader, { settings, network, alertAfter });
      return [name, encodeState(state)];
    }),
  );
  return { states: new Map(states), rules };
}

/** Passes hours on and shows each to a watcher, as the product's own ingest reads it, in order of time. */
export function* eachHour(
  hours: Iterator<HourOfLogs>,
  network: NetworkLookup,
  watch: (hour: HourOfLogs, events: readonly ActivityEvent[]) => void,
): Generator<HourOfLogs> {
  const ingest = createIngest({ network });
  for (let next = hours.next(); !next.done; next = hours.next()) {
    const { events } = ingest.container(next.value.bytes, 0);
    watch(
      next.value,
      events.toSorted((a, b) => a.time - b.time),
    );
    yield next.value;
  }
}
