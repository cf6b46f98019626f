import type { Settings } from '@portcullis/config';
import { DAY_MS, type EpochMs, epochOf, HOUR_MS, type NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { randomStream } from '../random.ts';
import { type PlannedAttack, principalsOf } from './attack-plan.ts';
import { ExposureCount } from './exposure.ts';
import type { OrganizationFigures } from './figures.ts';
import { hoursOfLogs } from './hours-of-logs.ts';
import { injectRecording, type Side } from './inject-recording.ts';
import { judge, type LanePlan, type Run } from './judge.ts';
import { learn } from './learn.ts';
import type { AttackRecording, RecordedEvent } from './read-recordings.ts';
import { type RecordedPrincipal, recordedPrincipals } from './recorded-principals.ts';
import { AS_GIVEN, ablations, GENEROUS_BUDGET, withBudget } from './settings-variants.ts';
import { summarizeLanes } from './summarize-lanes.ts';

export interface RecordingsOptions {
  readonly background: readonly RecordedEvent[];
  readonly attacks: readonly AttackRecording[];
  /** Learn before it, judge from it on. Half of the background, in whole days, when absent. */
  readonly alertAfter?: EpochMs | undefined;
  readonly seed: number;
  readonly budgets: readonly number[];
  readonly ablationBudget?: number | undefined;
  readonly settings: Settings;
  readonly network: NetworkLookup;
  /** Called now and then with the share of the time that is judged. */
  onProgress?(share: number): void;
}

const SIDES: readonly Side[] = ['foreign', 'own'];
/** Whoever was seen less while learning has no past that an attack could break with. */
const LEAST_HISTORY = 30;

/**
 * Measures on recordings: every attack at every principal of the background that has a past and a presence, from an
 * intruder's machine and from the victim's own, each in a run of its own.
 */
export async function evaluateRecordings(options: RecordingsOptions): Promise<OrganizationFigures> {
  const { background, attacks, seed, budgets, ablationBudget, settings, network } = options;
  const first = background[0]?.time ?? 0;
  const to = (background.at(-1)?.time ?? 0) + 1;
  const half = first - (first % DAY_MS) + Math.floor((to - first) / 2 / DAY_MS) * DAY_MS;
  const from = wholeHour(options.alertAfter ?? half);
  const victims = recordedPrincipals(background).filter(
    ({ times }) => times.filter((time) => time < from).length >= LEAST_HISTORY && (times.at(-1) ?? 0) >= from,
  );
  const planned = attacks.flatMap((attack, index) =>
    victims.flatMap((victim) =>
      SIDES.map((side) =>
        injected(attack, victim, { id: `${index}/${attack.id}/${side}/${victim.arn}`, side, from, to, seed, network }),
      ),
    ),
  );
  const runs: Run[] = planned.map((attack, index) => ({ id: `attacks-${index}`, attacks: [attack] }));
  const shadowed = ablationBudget === undefined ? [] : [...ablations(settings)];
  const kinds = new Map<string, OrganizationFigures['attacks'][number]['group']>();

  const learned = await learn(hoursBetween(background, Number.NEGATIVE_INFINITY, from), {
    variants: new Map([[AS_GIVEN, settings], ...shadowed]),
    network,
    alertAfter: from,
  });
  const lanes = [{ id: 'benign', attacks: [] }, ...runs].flatMap((run): LanePlan[] => [
    ...[...new Set([...budgets, GENEROUS_BUDGET])].map((budget) => ({
      run,
      variant: AS_GIVEN,
      settings: withBudget(settings, budget),
    })),
    ...shadowed.map(([detector, shadow]) => ({
      run,
      variant: detector,
      settings: withBudget(shadow, ablationBudget ?? 1),
    })),
  ]);
  const exposure = new ExposureCount(from, to);
  let records = 0;
  const judged = await judge(hoursBetween(background, from, to), {
    learned,
    lanes,
    network,
    alertAfter: from,
    decisions: [],
    onHour(hour, events) {
      exposure.add(events);
      records += hour.records.length;
      options.onProgress?.((hour.epoch - epochOf(from)) / (epochOf(to) - epochOf(from) + 1));
      for (const { actor } of events) kinds.set(actor.id, actor.kind);
    },
  });
  const members = { memberOf: () => undefined, groupOf: (actorId: string) => kinds.get(actorId) ?? 'other' };
  return {
    seed,
    members: victims.length,
    records,
    exposure: exposure.total(members.groupOf, members.memberOf),
    runs: runs.length,
    unplaced: [],
    ...summarizeLanes({
      lanes,
      judged,
      attacks: { runs: planned.map((attack) => [attack]), unplaced: [] },
      twins: { runs: [], unplaced: [] },
      organization: { troubles: [], planned: [] },
      members,
      budgets,
      ablationBudget,
      from,
    }),
  };
}

interface Injection extends Pick<RecordingsOptions, 'seed' | 'network'> {
  /** Unique, also where two recordings are of the same technique. */
  readonly id: string;
  readonly side: Side;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The attack while its victim is at work, at a moment drawn from its events in the judged time. */
function injected(
  recording: AttackRecording,
  victim: RecordedPrincipal,
  { id, side, from, to, seed, network }: Injection,
): PlannedAttack {
  const random = randomStream(seed, 'recording', id);
  const lasts = (recording.events.at(-1)?.time ?? 0) - (recording.events[0]?.time ?? 0);
  const present = victim.times.filter((time) => time >= from);
  const inTime = present.filter((time) => time + lasts < to);
  const base = random.pick(inTime.length > 0 ? inTime : present.slice(0, 1));
  const records = injectRecording(recording, victim, { at: base + random.int(1, 240) * 1000, side, random });
  const ingest = createIngest({ network });
  const events = [...hoursOfLogs(records)].flatMap(({ bytes }) => ingest.container(bytes, 0).events);
  const name = victim.arn.slice(victim.arn.lastIndexOf('/') + 1);
  return {
    id,
    story: recording.id,
    manner: side,
    victim: { id: victim.arn, name, group: events[0]?.actor.kind ?? 'other' },
    records,
    events,
    principals: principalsOf(events),
  };
}

function hoursBetween(background: readonly RecordedEvent[], from: EpochMs, to: EpochMs) {
  return hoursOfLogs(background.filter(({ time }) => time >= from && time < to));
}

/** An hour is learned or judged as a whole. */
function wholeHour(time: EpochMs): EpochMs {
  return Math.ceil(time / HOUR_MS) * HOUR_MS;
}
