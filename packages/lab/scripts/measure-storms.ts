/**
 * Counts the cases that storms make: one cause at many actors, such as a fleet's new SDK or a renamed event.
 *
 *   node packages/lab/scripts/measure-storms.ts --half tuning --actors 60 --of-each 5 --budget 3
 *
 * Seeds are taken in order, and an organization only if a storm of a kind still wanted falls into its judged weeks. A line of JSON for each storm: alerts about
 * its actors while it lasted and within a day and a half after.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultSettings } from '@portcullis/config/defaults';
import { DAY_MS, HOUR_MS, isoTime } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { evaluateOrganization, organization } from '../src/index.ts';

const STORMS = ['sdk-upgrade', 'renamed-event', 'account-vending', 'recovery-drill'];
const LEARN_DAYS = 21;
const JUDGE_DAYS = 14;
const CASE_HOURS = 36;

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    actors: { type: 'string', default: '60' },
    'of-each': { type: 'string', default: '5' },
    budget: { type: 'string', default: '3' },
    seed: { type: 'string', default: '900' },
  },
});
const half: 'test' | 'tuning' = values.half === 'test' ? 'test' : 'tuning';
const budget = Number(values.budget);
const network = openNetworkTable(readFileSync(networkTableUrl));
const wanted = new Map(STORMS.map((kind) => [kind, Number(values['of-each'])]));

for (let seed = Number(values.seed); [...wanted.values()].some((left) => left > 0); seed++) {
  const ground = organization({ seed, actors: Number(values.actors), days: LEARN_DAYS + JUDGE_DAYS, half });
  const [from, to] = [LEARN_DAYS, LEARN_DAYS + JUDGE_DAYS].map((days) => ground.start + days * DAY_MS);
  const isJudged = (trouble: { readonly from: number }) =>
    trouble.from >= (from ?? 0) && trouble.from + 2 * DAY_MS <= (to ?? 0);
  const storms = ground.troubles.filter((trouble) => (wanted.get(trouble.kind) ?? 0) > 0 && isJudged(trouble));
  if (storms.length === 0) continue;
  const { budgets } = await evaluateOrganization(
    { organization: ground, stories: [], network },
    {
      seed,
      learnDays: LEARN_DAYS,
      judgeDays: JUDGE_DAYS,
      budgets: [budget],
      loudness: [],
      perLoudness: 0,
      perRun: 1,
      offset: 0,
      declared: false,
      settings: defaultSettings,
    },
  );
  const told = budgets[0]?.falseAlerts ?? [];
  for (const storm of storms) {
    wanted.set(storm.kind, (wanted.get(storm.kind) ?? 0) - 1);
    const cases = told.filter(
      ({ goingOn, at }) => goingOn.includes(storm.kind) && at >= storm.from && at <= storm.to + CASE_HOURS * HOUR_MS,
    );
    const { kind, members } = storm;
    const titles = cases.map(({ title }) => title);
    console.log(
      JSON.stringify({ seed, kind, from: isoTime(storm.from), actors: members.length, cases: cases.length, titles }),
    );
  }
}
