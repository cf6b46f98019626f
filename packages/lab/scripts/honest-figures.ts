/**
 * What the product finds in a recorded attack without any history, and what it cries wolf over, beside a plain rule:
 * `node packages/lab/scripts/honest-figures.ts [DATA]`. Recordings inside a background: `portcullis evaluate --background`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { replayed, touching } from '../src/figures/replayed.ts';

const data = process.argv[2] ?? fileURLToPath(new URL('../../../../shared/data/dev', import.meta.url));
if (!existsSync(join(data, 'invictus/labels.json'))) {
  console.log(`no recorded data in ${data}; nothing measured`);
  process.exit(0);
}

/** The background is two weeks; the first is learned. */
const LEARNED = Date.UTC(2025, 2, 10);
const network = openNetworkTable(readFileSync(networkTableUrl));

await recordedAttack();
await background();

/** One account under attack from its first minute: nothing could be learned before. */
async function recordedAttack(): Promise<void> {
  const labels: { events: Record<string, { label: string; technique?: string }> } = JSON.parse(
    readFileSync(join(data, 'invictus/labels.json'), 'utf8'),
  );
  const result = await replayed(filesBelow(join(data, 'invictus')), network, Number.NEGATIVE_INFINITY);
  const attacks = Object.entries(labels.events).filter(([, { label }]) => label === 'attack');
  const ids = new Set(attacks.map(([id]) => id));
  const techniquesIn = (raised: typeof result.portcullis) => {
    const pointed = new Set(raised.flatMap(({ eventIds }) => eventIds));
    return new Set(attacks.filter(([id]) => pointed.has(id)).map(([, { technique }]) => technique)).size;
  };
  const techniques = new Set(attacks.map(([, { technique }]) => technique)).size;
  console.log('invictus (no history)           portcullis  first-seen action');
  row('alerts', result.portcullis.length, result.firstSeen.length);
  row(
    'alerts that hold attack events',
    touching(result.portcullis, ids).length,
    touching(result.firstSeen, ids).length,
  );
  row(`techniques pointed at, of ${techniques}`, techniquesIn(result.portcullis), techniquesIn(result.firstSeen));
}

/** Everything here is benign, so every alert is false. */
async function background(): Promise<void> {
  const result = await replayed(filesBelow(join(data, 'synthetic_background/AWSLogs')), network, LEARNED);
  const perUnit = (count: number) => (count / result.hundredActorWeeks).toFixed(1);
  console.log(`\nbackground alone (${result.hundredActorWeeks.toFixed(2)} hundred-actor-weeks)`);
  row('false alerts', result.portcullis.length, result.firstSeen.length);
  row('per 100 actors and week', perUnit(result.portcullis.length), perUnit(result.firstSeen.length));
}

function filesBelow(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.gz'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

function row(what: string, ours: number | string, plain: number | string): void {
  console.log(`  ${what.padEnd(46)}${String(ours).padStart(8)}${String(plain).padStart(10)}`);
}
