import { dollars, hourlyCost, usualHourlyCost } from './function-cost.ts';
import type { FunctionDetector } from './function-detector.ts';
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
    return functionRises(
      'invocation-rate',
      { metric: 'invocations', noun: 'invocations', impact: 0.9, techniques: ['T1496'], more },
      hour,
      knowledge,
    );
  },
};
