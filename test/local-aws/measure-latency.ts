/**
 * How long an alert takes from the raw record that gives reason for it, on this machine and without batching windows: early words
 * from the put of the record, alerts of sealed hours from the put of the record that ends the wait. `node test/local-aws/measure-latency.ts`
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '@portcullis/config';
import { DAY_MS, epochOf, HOUR_MS } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { deliver, memorySource, simulate, smallWorld, stolenKeyStory } from '@portcullis/lab';
import { replay } from '@portcullis/pipeline';
import { installState } from '@portcullis/pipeline/live';
import { startLane } from './local-lane.ts';
import { startMoto } from './moto.ts';
import { subscriptionRecords } from './subscription-records.ts';

const SEED = 11;
/** More make the high shares surer. */
const HOURS = Number(process.argv[2] ?? 24);
const world = smallWorld({ days: 22 });
const story = stolenKeyStory(world);
const records = [...simulate({ ...world, actors: [...world.actors, story] }, SEED)];
const from = world.start + 20 * DAY_MS + 20 * HOUR_MS;

const { state } = await replay(memorySource([...deliver(records, SEED)]), {
  settings: defaultSettings,
  network: openNetworkTable(readFileSync(path.join(import.meta.dirname, '../../packages/ingest/data/network.bin'))),
  to: from,
  onAlert() {},
  onReject() {},
});
const moto = await startMoto();
const lane = await startLane(moto.endpoint, { name: 'latency', owners: [world.account.id] });
await installState(state, lane.ports);

const early: number[] = [];
const sealed: number[] = [];
const hours = Map.groupBy(
  records.filter(({ time }) => time >= from && time < from + HOURS * HOUR_MS),
  ({ time }) => epochOf(time),
);
for (const [, own] of [...hours].sort(([a], [b]) => a - b)) {
  const attack = own.filter(({ label }) => label !== undefined);
  const rest = own.filter(({ label }) => label === undefined).map(({ record }) => record);
  await lane.put(subscriptionRecords(rest));
  await lane.settle();
  await timed(sealed, () => lane.tick());
  for (const { record } of attack) {
    const began = performance.now();
    await lane.put(subscriptionRecords([record]));
    await lane.settle();
    await lane.publish();
    if ((await lane.received()).length > 0) early.push(performance.now() - began);
  }
}
lane.stop();
await moto.stop();
console.log(`early words: ${summary(early)}\nsealed hours: ${summary(sealed)}`);

async function timed(into: number[], work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await work();
  if ((await lane.received()).length > 0) into.push(performance.now() - began);
}

function summary(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `${sorted.length} measured, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
