import { type Random, randomStream } from '../../random.ts';
import type { Account } from '../../record/account.ts';
import type { Culture } from './culture.ts';

/** What an account is for. */
type Stage = 'prod' | 'dev' | 'staging' | 'data' | 'security' | 'log' | 'shared';

/** An account of the organization. */
export interface Site {
  readonly account: Account;
  readonly stage: Stage;
  /** Services whose data events its trail logs. */
  readonly loggedData: ReadonlySet<string>;
}

/** The accounts, production first; the more members, the more accounts. */
export function sitesOf(culture: Culture, actors: number): readonly Site[] {
  const random = randomStream('sites', culture.half, culture.seed);
  const stages: Stage[] = ['prod', 'dev'];
  const further = random.shuffled<Stage>(['security', 'data', 'shared', 'staging', 'log']);
  stages.push(...further.slice(0, Math.min(further.length, 1 + Math.floor(actors / 60))));
  for (let more = Math.floor(actors / 400); more > 0; more--) stages.push(random.pick(['prod', 'dev', 'data']));
  const ids = accountIds(random, stages.length);
  return stages.map((stage, index) => ({
    account: {
      id: String(ids[index]),
      region: stage === 'data' && random.chance(0.3) ? culture.secondRegion : culture.region,
    },
    stage,
    loggedData: loggedIn(stage, culture),
  }));
}

function loggedIn(stage: Stage, { loggedData }: Culture): ReadonlySet<string> {
  return stage === 'prod' || stage === 'data' || stage === 'log' ? loggedData : NOTHING;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Three digits four times each, as in AWS's own examples: numbers that nobody is given. */
function accountIds(random: Random, count: number): readonly string[] {
  const ids = new Set<string>();
  while (ids.size < count) {
    const digits = [random.int(1, 9), random.int(0, 9), random.int(0, 9)];
    const id = digits.map((digit) => String(digit).repeat(4)).join('');
    if (id !== INTRUDER) ids.add(id);
  }
  return [...ids];
}

/** The account that attack stories call from. */
const INTRUDER = '777788889999';
