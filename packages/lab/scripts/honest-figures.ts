/**
 * What the product finds and what it cries wolf over, on recorded data, beside a plain rule:
 * `node packages/lab/scripts/honest-figures.ts [DATA]`. Needs python3 for `inject.py`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { replayed, touching } from '../src/figures/replayed.ts';

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '1' }, verbose: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const data = positionals[0] ?? fileURLToPath(new URL('../../../../shared/data/dev', import.meta.url));
if (!existsSync(join(data, 'inject.py'))) {
  console.log(`no recorded data in ${data}; nothing measured`);
  process.exit(0);
}

/** The background is two weeks; the first is learned. */
const LEARNED = Date.UTC(2025, 2, 10);
const VICTIMS = [
  'role/github-deploy',
  'AWSReservedSSO_dev',
  'AWSReservedSSO_ops',
  'orders-api-role',
  'user/backup-job',
];
const network = openNetworkTable(readFileSync(networkTableUrl));

await recordedAttack();
await background();
await injected();

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

/** Each recorded technique as if done by an existing principal, from the intruder's address or the victim's own. */
async function injected(): Promise<void> {
  const techniques = readdirSync(join(data, 'stratus')).filter((name) => name !== 'labels.json');
  for (const ip of ['attacker', 'victim']) {
    let runs = 0;
    let [ours, plain] = [0, 0];
    const [oursAnywhere, plainAnywhere] = [new Set<string>(), new Set<string>()];
    for (const technique of techniques) {
      for (const victim of VICTIMS) {
        for (let seed = 1; seed <= Number(values.seeds); seed++) {
          const { files, attackIds } = inject(technique, victim, ip, seed);
          const result = await replayed(files, network, LEARNED);
          const found = touching(result.portcullis, attackIds).length > 0;
          const foundPlainly = touching(result.firstSeen, attackIds).length > 0;
          runs++;
          ours += Number(found);
          plain += Number(foundPlainly);
          if (found) oursAnywhere.add(technique);
          if (foundPlainly) plainAnywhere.add(technique);
          if (values.verbose) console.log(`    ${ip} ${technique} ${victim} ${found} ${foundPlainly}`);
        }
      }
    }
    console.log(`\nstratus in the background, address and agent of the ${ip}`);
    row(`found, of ${runs} injections`, ours, plain);
    row(`techniques found at any victim, of ${techniques.length}`, oursAnywhere.size, plainAnywhere.size);
  }
}

function inject(technique: string, victim: string, side: string, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-figures-'));
  try {
    const records = join(folder, 'records.json.gz');
    const labels = join(folder, 'labels.json');
    execFileSync('python3', [
      join(data, 'inject.py'),
      ...['--background', join(data, 'synthetic_background/AWSLogs'), '--attack', join(data, 'stratus', technique)],
      ...['--principal', victim, '--ip', side, '--ua', side, '--seed', String(seed)],
      ...['--out', join(folder, 'merged.ndjson'), '--records-out', records, '--labels-out', labels],
    ]);
    const attackIds = new Set(Object.keys(JSON.parse(readFileSync(labels, 'utf8'))));
    return { files: [{ name: basename(records), bytes: readFileSync(records) }], attackIds };
  } finally {
    rmSync(folder, { recursive: true });
  }
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
