import type { Candidate } from '../detector.ts';
import { plural } from '../usual.ts';
import { dollars, hourlyCost, usualHourlyCost } from './function-cost.ts';
import type { FunctionDetector, FunctionHour, FunctionKnowledge } from './function-detector.ts';
import { functionRises } from './function-rise.ts';

/** Finds functions that run far more often than they ever do, and says what an hour of it costs. */
export const invocationRate: FunctionDetector = {
  id: 'invocation-rate',
  family: 'how-much',
  about:
    'A function that runs far more often than it does, or runs again after being quiet; with its cost in dollars an hour.',
  blindSpots: [
    'whoever calls it: logs of a function do not name their caller',
    'invocations that never start, such as throttled ones',
    'rates that grow as slowly as a baseline follows',
    'lines that the function itself prints in the form of a report',
  ],
  triage: [
    'Look at what invokes it: event sources, URLs and rules, and data events of Lambda if the trail logs them.',
    'See whether it calls itself through what it writes: a bucket, a queue, a topic.',
    'Set its reserved concurrency to what it usually needs; zero stops it.',
  ],
  remedy: [
    'Give every function a reserved concurrency.',
    'Ask for a signature at function URLs, and for a key or a token at APIs; throttle both.',
    'Keep recursive loop detection on.',
  ],
  techniques: ['T1496', 'T1499.003'],
  examine(hour, knowledge) {
    const { delta } = hour;
    const cost = hourlyCost(delta, knowledge.prices);
    const usual = knowledge.own === undefined ? 0 : usualHourlyCost(knowledge.own, delta.memoryMb, knowledge.prices);
    const more = `: ${dollars(cost)} an hour, where ${dollars(usual)} is usual`;
    const watched = { metric: 'invocations', noun: 'invocations', impact: 0.9, techniques: ['T1496'], more } as const;
    return [...functionRises('invocation-rate', watched, hour, knowledge), ...awake(hour, knowledge)];
  },
};

/** Silence that a long weekend explains, in hours. */
const MIN_SILENCE = 96;
const MIN_ACTIVE_DAYS = 2;

/** A function that runs again after the longest silence of its life; the score is that of actors that come back. */
function awake({ delta, hour }: FunctionHour, { own }: FunctionKnowledge): readonly Candidate[] {
  if (own === undefined || own.activeDays < MIN_ACTIVE_DAYS || hour.invocations === 0) return [];
  const gap = delta.epoch - own.lastEpoch - 1;
  if (gap < MIN_SILENCE || gap <= own.longestGap) return [];
  const ratio = (gap + 1) / (own.longestGap + 1);
  return [
    {
      channel: 'invocation-rate/awake',
      detector: 'invocation-rate',
      family: 'change',
      value: 'silence',
      bits: Math.log2(ratio),
      impact: 0.6,
      techniques: ['T1496'],
      first: delta.first,
      last: delta.last,
      count: hour.invocations,
      witnesses: delta.sample.witnesses,
      always: false,
      tell: () => ({
        observed: `${plural(hour.invocations, 'invocation')} after ${plural(Math.round(gap / 24), 'day')} of silence`,
        usual: `at most ${plural(own.longestGap, 'hour')} of silence on ${plural(own.activeDays, 'active day')}`,
        reason: `${ratio.toFixed(1)} times its longest silence`,
      }),
    },
  ];
}
