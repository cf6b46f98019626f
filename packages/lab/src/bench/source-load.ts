import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { epochOf, epochStart } from '@portcullis/event';
import { functionLogData } from '../functions/function-logs.ts';
import { randomStream } from '../random.ts';
import { flow } from '../traffic/site-hours.ts';
import type { Site, SiteHour } from '../traffic/traffic-hour.ts';
import { accessLogOf, flowLogOf, stampOf } from '../traffic/traffic-lines.ts';
import { organization } from '../worlds/organization/organization.ts';

export type BenchSource = 'flow' | 'api' | 'lambda';

const SEED = 1;
const SITES = 100;
const HOURS = 48;

/** A load of one source: a hundred sites over two days, evenly, a site and hour a file but for flows. Says how many records. */
export function sourceLoad(folder: string, source: BenchSource, records: number): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const first = epochOf(Date.UTC(2026, 4, 4));
  const perHour = Math.ceil(records / (SITES * HOURS * (source === 'flow' ? 2 : 1)));
  const functions = organization({ seed: SEED, actors: 300, days: 2, half: 'tuning' }).members.filter(
    ({ kind }) => kind === 'function',
  );
  for (let epoch = first; epoch < first + HOURS; epoch++) {
    const hours = Array.from({ length: SITES }, (_, number) => siteHour(number, epoch, source, perHour));
    const texts =
      source === 'flow'
        ? [flowLogOf(hours)]
        : source === 'api'
          ? hours.map(accessLogOf)
          : functions.slice(0, SITES).map((member) => lambdaText(member, epoch, perHour));
    for (const [index, text] of texts.entries()) {
      const name = `${source}-${index}_${stampOf(epoch)}_${epochStart(epoch)}.${source === 'flow' ? 'log' : 'json'}.gz`;
      writeFileSync(path.join(folder, name), gzipSync(text ?? ''));
    }
  }
  return (
    perHour * HOURS * (source === 'flow' ? 2 * SITES : source === 'api' ? SITES : Math.min(SITES, functions.length))
  );
}

type LambdaMember = Parameters<typeof functionLogData>[0]['member'];

function lambdaText(member: LambdaMember, epoch: number, runs: number): string {
  const build = { coldStarts: 0, medianMs: 100, memoryMb: 128, maxMemoryMb: 80, linesPerRun: 0, failedShare: 0 };
  return JSON.stringify(functionLogData({ member, epoch, runs, requestIds: [], ...build }, SEED));
}

function siteHour(number: number, epoch: number, source: BenchSource, amount: number): SiteHour {
  const random = randomStream('bench', SEED, number, epoch);
  const site: Site = {
    name: `site-${number}`,
    kind: source === 'api' ? 'api' : 'instance',
    account: '123456789012',
    region: 'eu-west-1',
    memberId: `site-${number}`,
    interfaceId: `eni-${String(number).padStart(17, '0')}`,
    address: `10.1.1.${number + 4}`,
    instanceId: `i-${String(number).padStart(17, '0')}`,
    apiId: `api${number}`,
  };
  const one = () => {
    const inside = random.chance(0.5);
    const peer = inside ? `10.1.2.${random.int(1, 20)}` : `52.210.${random.int(0, 9)}.${random.int(1, 250)}`;
    return flow(random, peer, inside ? 5432 : 443, random.int(500, 90_000), random.int(500, 90_000));
  };
  const asked = () => ({
    second: random.int(0, 3599),
    route: 'GET /orders/{id}',
    path: `/orders/${random.int(1, 5000)}`,
    status: random.chance(0.03) ? 404 : 200,
    address: `52.210.${random.int(0, 9)}.${random.int(1, 250)}`,
    agent: 'okhttp/4.12.0',
    caller: `user-${random.int(1, 300)}`,
    key: undefined,
    run: random.uuid(),
  });
  return {
    site,
    epoch,
    flows: source === 'flow' ? Array.from({ length: amount }, one) : [],
    requests: source === 'api' ? Array.from({ length: amount }, asked) : [],
  };
}
