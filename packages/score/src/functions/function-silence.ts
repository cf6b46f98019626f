import type { FunctionBaseline } from '@portcullis/baseline';
import type { EpochIndex } from '@portcullis/event';
import { EPOCH_MS, epochStart } from '@portcullis/event';
import type { Candidate } from '../detector.ts';
import { formatCount, plural } from '../usual.ts';
import type { FunctionDetector } from './function-detector.ts';

/** Lines of its own per invocation, at least, for a function whose silence says something. */
const MIN_LINES = 0.5;
const MIN_HOURS = 24;
/** A function that is seldom quiet, and the surest that anybody may be of one. */
const MIN_SHARE = 0.9;
const SUREST_SHARE = 0.98;
/** Hours of silence that a deployment or a slow delivery explain. */
const MIN_SILENT_HOURS = 3;

/** Finds functions that run without writing what they always write, or that are heard of no more. */
export const functionSilence: FunctionDetector = {
  id: 'function-silence',
  family: 'change',
  about:
    'A function that runs without a line of its own where it always writes some, or of which nothing is heard while others go on.',
  blindSpots: [
    'functions that write nothing, or only when something goes wrong',
    'functions that run less than nine hours in ten: their silence is usual',
    'a log level raised by its owner looks the same',
  ],
  triage: [
    'See whether the logging configuration, the role or the code of the function was changed.',
    'Look for its invocations in CloudWatch metrics: they are counted without any log.',
  ],
  remedy: [
    'Deny changes of logging to all but the pipeline.',
    'Keep log groups by policy, with a retention that nobody shortens.',
  ],
  techniques: ['T1685.002'],
  examine({ delta, hour }, { own }) {
    if (own === undefined || own.elapsed.hour < MIN_HOURS || hour.lines > 0 || delta.dropped) return [];
    const { lines, invocations } = own.counts.hour;
    const perInvocation = invocations.sum > 0 ? lines.sum / invocations.sum : 0;
    if (perInvocation < MIN_LINES || lines.windows < 0.8 * invocations.windows) return [];
    const runs = own.runsWithoutLines + hour.invocations;
    // Each invocation that should have written and did not, in this hour and those before
    const bits = Math.min(20, runs * Math.min(1, perInvocation) * 0.5 - Math.log2(24));
    if (bits <= 0) return [];
    return [
      {
        channel: 'function-silence/lines',
        detector: 'function-silence',
        family: 'change',
        value: 'no lines of its own',
        bits,
        impact: 1.3,
        techniques: ['T1685.002'],
        first: delta.first,
        last: delta.last,
        count: runs,
        witnesses: delta.sample.witnesses,
        always: false,
        tell: () => ({
          observed: `${formatCount(runs)} invocations without a line of its own`,
          usual: `about ${perInvocation.toFixed(1)} lines an invocation`,
          reason: `it wrote in ${plural(Math.round(lines.windows), 'hour')} of ${Math.round(invocations.windows)}`,
        }),
      },
    ];
  },
};

/** The same of a function that was not heard of at all in an epoch in which others of its account were. */
export function heardNoMore(own: FunctionBaseline, epoch: EpochIndex): readonly Candidate[] {
  const silent = epoch - own.lastEpoch;
  const { windows } = own.counts.hour.invocations;
  const share = Math.min(SUREST_SHARE, windows / Math.max(1, own.elapsed.hour));
  if (silent < MIN_SILENT_HOURS || own.elapsed.hour < 3 * MIN_HOURS || share < MIN_SHARE) return [];
  const bits = Math.min(20, -silent * Math.log2(1 - share) * 0.5 - Math.log2(24));
  if (bits <= 0) return [];
  const last = epochStart(epoch) + EPOCH_MS;
  return [
    {
      channel: 'function-silence/all',
      detector: 'function-silence',
      family: 'change',
      value: 'heard of no more',
      bits,
      impact: 0.9,
      techniques: ['T1685.002'],
      first: epochStart(own.lastEpoch) + EPOCH_MS,
      last,
      count: silent,
      witnesses: own.lastWitness === undefined ? [] : [own.lastWitness],
      always: false,
      tell: () => ({
        observed: `nothing for ${plural(silent, 'hour')}, while other functions go on`,
        usual: `active in ${Math.round(share * 100)} % of hours`,
        reason: 'its silences were never that long',
      }),
    },
  ];
}
