import { logMoments } from '@portcullis/baseline';
import type { Candidate } from '../detector.ts';
import { formatCount, plural } from '../usual.ts';
import { dollars, hourlyCost } from './function-cost.ts';
import type { FunctionDetector, FunctionHour, FunctionKnowledge } from './function-detector.ts';
import { functionRises } from './function-rise.ts';
import { type Shift, upwardShift } from './function-shift.ts';

/** Below, a longer run is the ordinary jitter of a function. */
const MIN_RATIO = { duration: 1.5, memory: 1.2 } as const;

/** Finds functions that run longer, bill more or hold more memory than their own invocations explain. */
export const invocationLength: FunctionDetector = {
  id: 'invocation-length',
  family: 'how-much',
  about:
    'A function whose runs take longer, bill more time or hold more memory than its own do: mining, copying, a changed program.',
  blindSpots: [
    'work that hides within the time the function usually takes',
    'functions that always run until their timeout',
    'a new version that is slower from the day it is deployed, after a while',
  ],
  triage: [
    'Compare the code with what was deployed last: who changed it, and when.',
    'Look at what it talks to: VPC flow logs of its network interfaces, DNS queries.',
    'Put the version before back, if the change is nobody’s.',
  ],
  remedy: [
    'Sign code, and let only the pipeline update functions.',
    'Set timeout and memory to what the function needs, and no more.',
    'Keep functions that call nobody in subnets without a way out.',
  ],
  techniques: ['T1496.001', 'T1525'],
  examine(hour, knowledge) {
    const { delta } = hour;
    const cost = dollars(hourlyCost(delta, knowledge.prices));
    return [
      ...functionRises(
        'invocation-length',
        {
          metric: 'billedSeconds',
          noun: 'billed seconds',
          impact: 1.3,
          techniques: ['T1496.001'],
          more: `: ${cost} an hour`,
        },
        hour,
        knowledge,
      ),
      ...longerRuns(hour, knowledge),
      ...moreMemory(hour, knowledge),
    ];
  },
};

function longerRuns({ delta }: FunctionHour, { own }: FunctionKnowledge): readonly Candidate[] {
  if (own === undefined || delta.invocations === 0) return [];
  const { mean } = logMoments(delta.durations);
  const shift = upwardShift(mean, own.duration, own.durationWithin / delta.invocations);
  return shifted(
    delta,
    'duration',
    shift,
    Math.round(own.duration.weight),
    `over ${formatCount(delta.invocations)} runs`,
  );
}

function moreMemory({ delta }: FunctionHour, { own }: FunctionKnowledge): readonly Candidate[] {
  if (own === undefined || delta.maxMemoryMb === 0) return [];
  const shift = upwardShift(Math.log2(delta.maxMemoryMb), own.memory, 0);
  return shifted(delta, 'memory', shift, Math.round(own.memory.weight), `${delta.maxMemoryMb} of ${delta.memoryMb} MB`);
}

function shifted(
  { first, last, invocations, sample }: FunctionHour['delta'],
  what: 'duration' | 'memory',
  shift: Shift | undefined,
  hours: number,
  context: string,
): readonly Candidate[] {
  if (shift === undefined || shift.ratio < MIN_RATIO[what]) return [];
  return [
    {
      channel: `invocation-length/${what}`,
      detector: 'invocation-length',
      family: 'how-much',
      value: what === 'duration' ? 'length of its runs' : 'memory in use',
      bits: shift.bits,
      impact: what === 'duration' ? 1.3 : 0.9,
      techniques: ['T1496.001'],
      first,
      last,
      count: invocations,
      witnesses: sample.witnesses,
      always: false,
      tell: () => ({
        observed: `${shift.ratio.toFixed(1)} times its usual ${what === 'duration' ? 'running time' : 'largest memory'}, ${context}`,
        usual: `as in ${plural(hours, 'hour')} before`,
        reason: 'beyond what the hours before vary by',
      }),
    },
  ];
}
