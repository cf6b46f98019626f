/// <reference path="../../.sst/platform/config.d.ts" />
import { home, named, type Text } from '../deployment.ts';
import type { Watched } from './alarms.ts';

const WIDTH = 8;
const HEIGHT = 6;
const COLUMNS = 3;

interface Graph {
  readonly title: string;
  readonly stat: 'Maximum' | 'Sum' | 'p99';
  /** Namespace, metric, then names and values of dimensions. */
  readonly metrics: readonly (readonly Text[])[];
}

/** One page: are we up to date, is anything stuck, what do we tell. */
export function dashboard(
  { functions, readers, queues, failures }: Watched,
  all: readonly aws.cloudwatch.MetricAlarm[],
) {
  const own = named('pipeline');
  const graphs: Graph[] = [
    {
      title: 'Behind the stream, ms',
      stat: 'Maximum',
      metrics: readers.map((name) => ofFunction(name, 'IteratorAge')),
    },
    { title: 'Seal lag, minutes', stat: 'Maximum', metrics: [[own, 'SealLagMinutes', 'service', 'roll-up']] },
    {
      title: 'Alerts waiting, seconds',
      stat: 'Maximum',
      metrics: [[own, 'OutboxAgeSeconds', 'service', 'publish-outbox']],
    },
    {
      title: 'Waiting longest, seconds',
      stat: 'Maximum',
      metrics: Object.values(queues).map(({ queue }) => ofQueue(queue, 'ApproximateAgeOfOldestMessage')),
    },
    {
      title: 'Not processed',
      stat: 'Maximum',
      metrics: Object.values(failures).map((queue) => ofQueue(queue, 'ApproximateNumberOfMessagesVisible')),
    },
    { title: 'Errors', stat: 'Sum', metrics: functions.map((name) => ofFunction(name, 'Errors')) },
    { title: 'Duration, ms', stat: 'p99', metrics: functions.map((name) => ofFunction(name, 'Duration')) },
    { title: 'Invocations', stat: 'Sum', metrics: functions.map((name) => ofFunction(name, 'Invocations')) },
    { title: 'Impairments', stat: 'Maximum', metrics: [[own, 'Impairments', 'service', 'heartbeat']] },
  ];
  return new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: named('pipeline'),
    dashboardBody: $jsonStringify({
      widgets: [
        {
          type: 'alarm',
          x: 0,
          y: 0,
          width: WIDTH * COLUMNS,
          height: 4,
          properties: { title: 'Alarms', alarms: all.map(({ arn }) => arn) },
        },
        ...graphs.map(({ title, stat, metrics }, index) => ({
          type: 'metric',
          x: (index % COLUMNS) * WIDTH,
          y: 4 + Math.floor(index / COLUMNS) * HEIGHT,
          width: WIDTH,
          height: HEIGHT,
          properties: { title, stat, metrics, period: 60, region: home, view: 'timeSeries' },
        })),
      ],
    }),
  });
}

function ofFunction(name: string, metric: string): readonly Text[] {
  return ['AWS/Lambda', metric, 'FunctionName', named(name)];
}

function ofQueue(queue: aws.sqs.Queue, metric: string): readonly Text[] {
  return ['AWS/SQS', metric, 'QueueName', queue.name];
}
