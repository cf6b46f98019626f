/**
 * Measures permission reviews on organizations that hold more than they need, in ways that are known.
 *
 *   node packages/lab/scripts/measure-review.ts --half tuning --organizations 3 --actors 60 --days 130 --review-days 95
 */
import { parseArgs } from 'node:util';
import { labNetworks, measureReview, organization } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    organizations: { type: 'string', default: '2' },
    actors: { type: 'string', default: '60' },
    days: { type: 'string', default: '130' },
    'review-days': { type: 'string', default: '95' },
    seed: { type: 'string', default: '700' },
    volume: { type: 'string', default: '0.2' },
  },
});
const half = values.half === 'test' ? 'test' : 'tuning';
for (let number = 0; number < Number(values.organizations); number++) {
  const seed = Number(values.seed) + number;
  const world = organization({
    seed,
    actors: Number(values.actors),
    days: Number(values.days),
    half,
    volume: Number(values.volume),
  });
  for (const margin of ['reads', 'none'] as const) {
    const figures = await measureReview({
      organization: world,
      seed,
      network: labNetworks(),
      reviewDays: Number(values['review-days']),
      margin,
    });
    console.log(JSON.stringify({ seed, margin, ...figures }));
  }
}
