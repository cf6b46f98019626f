/**
 * Measures what flow logs and access logs tell, on organizations whose networks and APIs log as their functions run.
 *
 *   node packages/lab/scripts/measure-traffic.ts --half tuning --organizations 2 --actors 120 --days 35
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { measureTraffic, organization } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    organizations: { type: 'string', default: '1' },
    actors: { type: 'string', default: '120' },
    days: { type: 'string', default: '35' },
    'learn-days': { type: 'string', default: '21' },
    seed: { type: 'string', default: '810' },
    volume: { type: 'string', default: '0.1' },
  },
});
const [actors, days] = [Number(values.actors), Number(values.days)];
const half: 'test' | 'tuning' = values.half === 'test' ? 'test' : 'tuning';
// The true owners: intruders' networks are in it, the lab's own short table has only those of residents
const network = openNetworkTable(readFileSync(networkTableUrl));
for (let number = 0; number < Number(values.organizations); number++) {
  const seed = Number(values.seed) + number;
  const world = organization({ seed, actors, days, half, volume: Number(values.volume) });
  const options = { organization: world, half, seed, network, learnDays: Number(values['learn-days']) };
  console.log(JSON.stringify({ seed, ...(await measureTraffic(options)) }));
}
