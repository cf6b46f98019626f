import type { FunctionDetector } from './function-detector.ts';
import { functionRises } from './function-rise.ts';

/** Finds functions that fail, time out or start anew far more often than they do. */
export const invocationErrors: FunctionDetector = {
  id: 'invocation-errors',
  family: 'how-much',
  about: 'A function that fails, times out or starts in new environments far more often than it does.',
  blindSpots: ['errors that the code catches: to Lambda they are successes', 'a function that fails all the time'],
  triage: [
    'Read its errors: refused calls and unknown inputs are somebody trying, timeouts are something that hangs.',
    'See whether it was changed shortly before.',
  ],
  remedy: [
    'Check what comes in before anything is done with it.',
    'Let an alarm of your own watch errors of what matters.',
  ],
  techniques: ['T1190', 'T1499.004'],
  examine: (hour, knowledge) =>
    (
      [
        { metric: 'errors', noun: 'failed invocations', impact: 0.6, techniques: ['T1190'] },
        { metric: 'timeouts', noun: 'timed out invocations', impact: 0.6, techniques: ['T1499.004'] },
        { metric: 'coldStarts', noun: 'new environments', impact: 0.4, techniques: [] },
      ] as const
    ).flatMap((watched) => functionRises('invocation-errors', watched, hour, knowledge)),
};
