/**
 * `npm run local -- PATH [--json]`: a folder of CloudTrail logs through the deployed pipeline, on this machine.
 *
 * Real subscription records go into Kinesis in the order of their time; the bundled functions run as on Lambda; what a
 * subscriber's queue gets is printed. See docs/local.md.
 */
import { parseArgs } from 'node:util';
import { startLane } from './local-lane.ts';
import { motoAvailable, startMoto } from './moto.ts';
import { runTrail } from './run-trail.ts';
import { readTrail } from './subscription-records.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [place] = positionals;
if (place === undefined) {
  console.error('usage: npm run local -- PATH [--json]');
  process.exit(2);
}
if (!motoAvailable()) process.exit(1);

const records = readTrail(place);
const owners = [...new Set(records.map(({ recipientAccountId }) => recipientAccountId))];
const moto = await startMoto();
const lane = await startLane(moto.endpoint, { name: 'local', owners });
try {
  const began = Date.now();
  await runTrail(lane, records, (at) => {
    const seconds = Math.round((Date.now() - began) / 1000);
    process.stderr.write(`\r${new Date(at).toISOString().slice(0, 13)}:00 after ${seconds} s`);
  });
  process.stderr.write('\n');
  for (const event of await lane.received()) {
    const { data } = event.detail;
    const said = 'title' in data ? `${data.severity} ${data.account} ${data.title}` : '';
    const line = `${event['detail-type']} ${event.time} ${said}`;
    process.stdout.write(`${values.json ? JSON.stringify(event) : line.replaceAll(/\p{Cc}/gu, ' ')}\n`);
  }
} finally {
  lane.stop();
  await moto.stop();
}
