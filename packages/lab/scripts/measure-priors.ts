/**
 * Measures what a deployment starts from on benign organizations of the tuning half, and writes it where it is
 * shipped: how new things appear (baseline), what normal days say (score), how far normal episodes get (printed).
 *
 *   node packages/lab/scripts/measure-priors.ts [novelty|calibration|tail] --organizations 4 --actors 100
 *
 * In this order, since each rests on the one before.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultSettings } from '@portcullis/config';
import { DAY_MS } from '@portcullis/event';
import { type PipelineState, replay } from '@portcullis/pipeline';
import { hoursOfLogs } from '../src/evaluate/hours-of-logs.ts';
import { labNetworks, organization, simulate } from '../src/index.ts';

const { values, positionals } = parseArgs({
  options: {
    organizations: { type: 'string', default: '4' },
    actors: { type: 'string', default: '100' },
    days: { type: 'string', default: '28' },
    seed: { type: 'string', default: '900' },
  },
  allowPositionals: true,
});
const DAYS = Number(values.days);
/** Days at the end of which the episodes are counted; the rest is learned from. */
const JUDGED_DAYS = 14;
const written = (path: string) => new URL(path, import.meta.url);

const what = positionals[0] ?? 'calibration';
const runs: Run[] = [];
for (let number = 0; number < Number(values.organizations); number++) {
  runs.push(await run(Number(values.seed) + number));
  console.error(`organization ${number + 1} of ${values.organizations}`);
}
if (what === 'novelty') writeNovelty();
else if (what === 'calibration') writeCalibration();
else printTail();

interface Run {
  readonly state: PipelineState;
  /** Largest risk of each episode, by id. */
  readonly risks: ReadonlyMap<string, number>;
  readonly hundredActorWeeks: number;
}

async function run(seed: number): Promise<Run> {
  const world = organization({ seed, actors: Number(values.actors), days: DAYS, half: 'tuning' });
  const risks = new Map<string, number>();
  const alerts = { ...defaultSettings.alerts, budgetPer100ActorsPerWeek: 100 };
  const outcome = await replay(containers(), {
    settings: { ...defaultSettings, alerts },
    network: labNetworks(),
    alertAfter: what === 'tail' ? world.start + (DAYS - JUDGED_DAYS) * DAY_MS : Number.POSITIVE_INFINITY,
    onAlert: ({ detail: { metadata, data } }) =>
      void risks.set(metadata.id, Math.max(data.risk, risks.get(metadata.id) ?? 0)),
    onReject: ({ message }) => console.error(message),
  });
  return { state: outcome.state, risks, hundredActorWeeks: (Number(values.actors) / 100) * (JUDGED_DAYS / 7) };

  async function* containers() {
    for (const { epoch, bytes } of hoursOfLogs(simulate(world, seed))) {
      yield { name: `${epoch}.json`, bytes, precedingLines: 0, laterStartsAt: (epoch + 1) * 3_600_000 };
    }
  }
}

function writeNovelty(): void {
  const populations = runs.flatMap(({ state }) => [...state.populations.values()].map(({ novelty }) => novelty));
  const features = Object.keys(populations[0]?.newValues ?? {}) as (keyof (typeof populations)[0]['newValues'])[];
  const days = sums(populations.map(({ activeDays }) => activeDays));
  const figures = features.map((feature) => {
    const perDay = sums(populations.map(({ newValues }) => newValues[feature])).map(
      (count, age) => (count + 0.5) / ((days[age] ?? 0) + 1),
    );
    const bins = sums(populations.map(({ surprisals }) => surprisals[feature]));
    const all = bins.reduce((sum, count) => sum + count, 0);
    const mean = bins.reduce((sum, count, bin) => sum + count * (bin / 2 + 0.25), 0) / Math.max(1, all);
    return [feature, { newPerDay: perDay.map(rounded), halfBits: rounded(Math.max(0.5, mean * Math.LN2)) }];
  });
  write('../../baseline/src/generated/novelty.json', Object.fromEntries(figures));
}

function writeCalibration(): void {
  const channels = new Map<string, number[]>();
  let actorDays = 0;
  for (const { state } of runs) {
    const { calibration } = state.learned;
    actorDays += calibration.actorDays;
    for (const [name, bins] of calibration.channels) channels.set(name, sums([channels.get(name) ?? [], bins]));
  }
  const stored = [...channels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bins]) => [name, [...bins.entries()].filter(([, count]) => count > 0)]);
  write('../../score/src/generated/calibration.json', { actorDays, channels: Object.fromEntries(stored) });
  console.log(`${actorDays} actor-days, ${channels.size} channels`);
}

function printTail(): void {
  const weeks = runs.reduce((sum, { hundredActorWeeks }) => sum + hundredActorWeeks, 0);
  const risks = runs.flatMap((one) => [...one.risks.values()]).sort((a, b) => b - a);
  console.log(`${weeks} hundred-actor-weeks, ${risks.length} episodes`);
  for (const rate of [10, 5, 3, 2, 1, 0.5, 0.25]) {
    const rank = Math.floor(rate * weeks);
    console.log(`  ${rate} per 100 actors and week: risk ${risks[rank - 1] ?? 'beyond'}`);
  }
  for (const { risks: own } of runs) {
    console.log(
      [...own.values()]
        .sort((a, b) => b - a)
        .slice(0, 8)
        .join(' '),
    );
  }
}

function sums(rows: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length }, (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function write(path: string, content: unknown): void {
  writeFileSync(written(path), `${JSON.stringify(content)}\n`);
}
