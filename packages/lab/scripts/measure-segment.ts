/**
 * Measures segmentation on organizations whose security groups are wider than they need, in ways that are known.
 *
 *   node packages/lab/scripts/measure-segment.ts --half tuning --organizations 2 --actors 60 --days 120 --review-days 92
 */
import { parseArgs } from 'node:util';
import { labNetworks, measureSegment, organization } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    organizations: { type: 'string', default: '1' },
    actors: { type: 'string', default: '60' },
    days: { type: 'string', default: '120' },
    'review-days': { type: 'string', default: '92' },
    seed: { type: 'string', default: '900' },
    volume: { type: 'string', default: '0.1' },
  },
});
const half = values.half === 'test' ? 'test' : 'tuning';
const [actors, days, volume] = [Number(values.actors), Number(values.days), Number(values.volume)];
for (let number = 0; number < Number(values.organizations); number++) {
  const seed = Number(values.seed) + number;
  const world = organization({ seed, actors, days, half, volume });
  const options = { organization: world, seed, network: labNetworks(), reviewDays: Number(values['review-days']) };
  console.log(JSON.stringify({ seed, half, ...(await measureSegment(options)) }));
}
