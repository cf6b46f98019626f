/**
 * Measures what functions' own logs tell, on organizations whose functions log as their CloudTrail says they work.
 *
 *   node packages/lab/scripts/measure-functions.ts --half tuning --organizations 2 --actors 120 --days 35
 */
import { parseArgs } from 'node:util';
import { labNetworks, measureFunctions, organization } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    organizations: { type: 'string', default: '1' },
    actors: { type: 'string', default: '120' },
    days: { type: 'string', default: '35' },
    'learn-days': { type: 'string', default: '21' },
    seed: { type: 'string', default: '720' },
    volume: { type: 'string', default: '0.1' },
  },
});
const [actors, days] = [Number(values.actors), Number(values.days)];
const half = values.half === 'test' ? 'test' : 'tuning';
for (let number = 0; number < Number(values.organizations); number++) {
  const seed = Number(values.seed) + number;
  const world = organization({ seed, actors, days, half, volume: Number(values.volume) });
  const options = { organization: world, seed, network: labNetworks(), learnDays: Number(values['learn-days']) };
  console.log(JSON.stringify({ seed, ...(await measureFunctions(options)) }));
}
