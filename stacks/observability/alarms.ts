/// <reference path="../../.sst/platform/config.d.ts" />
import { named, type Text } from '../deployment.ts';
import { type FunctionName, pascal } from '../pipeline-function.ts';
import { KILL_SWITCH_RULE } from '../response/kill-switch.ts';

/** What alarms are about. */
export interface Watched {
  readonly functions: readonly FunctionName[];
  /** Functions that read a stream. */
  readonly readers: readonly FunctionName[];
  /** Queues that work waits in, and for how many seconds it may. */
  readonly queues: Readonly<Record<string, { readonly queue: aws.sqs.Queue; readonly maxAgeSeconds: number }>>;
  /** Queues of what could not be processed. */
  readonly failures: Readonly<Record<string, aws.sqs.Queue>>;
  /** Whether there is anything that may act. */
  readonly response: boolean;
}

interface Alarm {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, Text>>;
  readonly statistic: 'Maximum' | 'Sum' | 'Minimum';
  readonly above?: number;
  readonly below?: number;
  readonly minutes: number;
  /** Periods in a row. */
  readonly periods?: number;
  /** No figure is as bad as a bad one: whoever should have told is silent. */
  readonly silenceIsBad?: boolean;
  readonly about: string;
}

/** Namespace of the figures that functions tell about themselves. */
const OWN = named('pipeline');

export function alarms(watched: Watched, topic: Text): aws.cloudwatch.MetricAlarm[] {
  return Object.entries(alarmsFor(watched)).map(
    ([name, { namespace, metric, dimensions, statistic, above, below, minutes, periods = 1, silenceIsBad, about }]) =>
      new aws.cloudwatch.MetricAlarm(pascal(name), {
        name: named(name),
        alarmDescription: `${about} docs/deploy.md says what to do.`,
        namespace,
        metricName: metric,
        dimensions: dimensions ?? {},
        statistic,
        period: minutes * 60,
        evaluationPeriods: periods,
        threshold: above ?? below ?? 0,
        comparisonOperator: below === undefined ? 'GreaterThanThreshold' : 'LessThanThreshold',
        treatMissingData: silenceIsBad ? 'breaching' : 'notBreaching',
        alarmActions: [topic],
        okActions: [topic],
      }),
  );
}

function alarmsFor({ functions, readers, queues, failures, response }: Watched): Readonly<Record<string, Alarm>> {
  return {
    ...each(readers, (name) => [
      `${name}-behind`,
      {
        ...ofFunction(name, 'IteratorAge', 'Maximum'),
        above: 120_000,
        minutes: 1,
        periods: 5,
        about: `${name} is more than two minutes behind its stream.`,
      },
    ]),
    ...each(functions, (name) => [
      `${name}-errors`,
      { ...ofFunction(name, 'Errors', 'Sum'), above: 0, minutes: 5, periods: 3, about: `${name} keeps failing.` },
    ]),
    ...each(Object.entries(queues), ([name, { queue, maxAgeSeconds }]) => [
      `${name}-waiting`,
      {
        ...ofQueue(queue, 'ApproximateAgeOfOldestMessage'),
        above: maxAgeSeconds,
        minutes: 5,
        about: `Something has waited for more than ${maxAgeSeconds / 60} minutes in ${name}.`,
      },
    ]),
    ...each(Object.entries(failures), ([name, queue]) => [
      `${name}-not-empty`,
      {
        ...ofQueue(queue, 'ApproximateNumberOfMessagesVisible'),
        above: 0,
        minutes: 1,
        about: `Something in ${name} could not be processed.`,
      },
    ]),
    'outbox-age': {
      namespace: OWN,
      metric: 'OutboxAgeSeconds',
      dimensions: { service: 'publish-outbox' },
      statistic: 'Maximum',
      above: 300,
      minutes: 5,
      silenceIsBad: true,
      about: 'An alert has waited for more than five minutes to be published, or nobody looks.',
    },
    'seal-lag': {
      namespace: OWN,
      metric: 'SealLagMinutes',
      dimensions: { service: 'roll-up' },
      statistic: 'Maximum',
      // An hour later the next one is due, with its lateness and what delivery takes
      above: 120,
      minutes: 5,
      periods: 3,
      silenceIsBad: true,
      about: 'The last hour that was sealed ended more than two hours ago.',
    },
    impairments: {
      namespace: OWN,
      metric: 'Impairments',
      dimensions: { service: 'heartbeat' },
      statistic: 'Maximum',
      above: 0,
      minutes: 5,
      about: 'A feed is silent, late or was touched: see the event Pipeline Impaired.',
    },
    'heartbeat-missing': {
      ...ofFunction('heartbeat', 'Invocations', 'Sum'),
      below: 1,
      minutes: 5,
      periods: 3,
      silenceIsBad: true,
      about: 'Nobody watches the pipeline.',
    },
    ...(response && alarmsOfResponse(functions)),
  };
}

/** Each says in `docs/response.md` what to do; none of them waits. */
function alarmsOfResponse(functions: readonly FunctionName[]): Readonly<Record<string, Alarm>> {
  const told = (metric: string, service: FunctionName, about: string): Alarm => ({
    namespace: OWN,
    metric,
    dimensions: { service },
    statistic: 'Sum',
    above: 0,
    minutes: 1,
    about,
  });
  return {
    'revocation-failed': told('FailedRevocations', 'publish-revocations', 'A cut, or taking one back, has failed.'),
    'brake-tripped': told('BrakesTripped', 'publish-revocations', 'A brake holds a cut until a person approves it.'),
    ...each(
      functions.filter((name) => name.startsWith('act-')),
      (name) => [
        `${name}-call-refused`,
        told('RefusedByLedger', name, `Somebody asked ${name} for a call that does not follow from the ledger.`),
      ],
    ),
    'accounts-not-looked-at': told(
      'AccountsNotLookedAt',
      'collect-facts',
      'An account could not be looked at; after a day every cut in it takes a person.',
    ),
    'ledger-changed': told('LedgerChanged', 'export-ledger', 'A line of the ledger was changed or removed.'),
    'kill-switch-changed': {
      namespace: 'AWS/Events',
      metric: 'TriggeredRules',
      dimensions: { RuleName: KILL_SWITCH_RULE },
      statistic: 'Sum',
      above: 0,
      minutes: 1,
      about: 'Somebody changed the kill switch of the response.',
    },
    'keep-leases-missing': {
      ...ofFunction('keep-leases', 'Invocations', 'Sum'),
      below: 1,
      minutes: 5,
      periods: 3,
      silenceIsBad: true,
      about: 'Nobody ends leases.',
    },
  };
}

function ofFunction(name: FunctionName, metric: string, statistic: Alarm['statistic']) {
  return { namespace: 'AWS/Lambda', metric, dimensions: { FunctionName: named(name) }, statistic };
}

function ofQueue(queue: aws.sqs.Queue, metric: string) {
  return { namespace: 'AWS/SQS', metric, dimensions: { QueueName: queue.name }, statistic: 'Maximum' as const };
}

function each<T>(items: readonly T[], alarm: (item: T) => [string, Alarm]): Record<string, Alarm> {
  return Object.fromEntries(items.map(alarm));
}
