import { logsData, type RawRecord } from './containers.ts';

const REQUEST = '8286a188-ba32-4475-8077-530cd35c09a9';

/**
 * Lines of Lambda functions in each form that the Lambda developer guide documents: "Lambda function logs in text", the JSON
 * log format and the schemas of the Telemetry API.
 */
export const FUNCTION_LINES: readonly string[] = [
  'INIT_START Runtime Version: nodejs:22.v9\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:07a4\n',
  `START RequestId: ${REQUEST} Version: $LATEST\n`,
  `2026-03-02T10:00:00.113Z\t${REQUEST}\tINFO\tan application line\n`,
  `END RequestId: ${REQUEST}\n`,
  `REPORT RequestId: ${REQUEST}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tInit Duration: 150.10 ms\t\nXRAY TraceId: 1-5e\tSegmentId: 07\tSampled: true\n`,
  `REPORT RequestId: ${REQUEST}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tStatus: timeout\n`,
  `2026-03-02T10:00:03.000Z ${REQUEST} Task timed out after 3.00 seconds\n\n`,
  `RequestId: ${REQUEST} Error: Runtime exited with error: signal: killed\n`,
  '[ERROR] Something: went wrong',
  ...[
    [
      'initStart',
      {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion: 'nodejs:22.v9',
        functionName: 'orders',
        functionVersion: '$LATEST',
      },
    ],
    ['initRuntimeDone', { initializationType: 'on-demand', phase: 'init', status: 'success' }],
    [
      'initReport',
      { initializationType: 'on-demand', phase: 'init', status: 'success', metrics: { durationMs: 125.33 } },
    ],
    [
      'start',
      { requestId: REQUEST, version: '$LATEST', tracing: { spanId: '54', type: 'X-Amzn-Trace-Id', value: 'Root=1' } },
    ],
    [
      'runtimeDone',
      {
        requestId: REQUEST,
        status: 'timeout',
        errorType: 'Sandbox.Timedout',
        metrics: { durationMs: 3000, producedBytes: 12 },
        spans: [],
      },
    ],
    [
      'report',
      {
        requestId: REQUEST,
        status: 'success',
        metrics: {
          durationMs: 220.1,
          billedDurationMs: 221,
          memorySizeMB: 512,
          maxMemoryUsedMB: 301,
          initDurationMs: 125.4,
        },
      },
    ],
    [
      'report',
      {
        requestId: REQUEST,
        status: 'error',
        errorType: 'Runtime.ExitError',
        metrics: { durationMs: 3, billedDurationMs: 3, memorySizeMB: 512, maxMemoryUsedMB: 80, restoreDurationMs: 31 },
      },
    ],
    ['restoreStart', { functionName: 'orders', functionVersion: '7' }],
    ['restoreRuntimeDone', { status: 'success' }],
    ['restoreReport', { status: 'success', metrics: { durationMs: 70.87 } }],
    ['extension', { name: 'agent', state: 'Ready', events: ['INVOKE', 'SHUTDOWN'] }],
    ['telemetrySubscription', { name: 'agent', state: 'Subscribed', types: ['platform'] }],
    ['logsDropped', { reason: 'Consumer seems to have fallen behind', droppedRecords: 123, droppedBytes: 12345 }],
    // Of web functions; an account of them is not made yet, and they must not be in the way
    ['invokeSummary', { requests: 812, periodMs: 60_000 }],
    ['spinDownStart', {}],
  ].map(([type, record]) => JSON.stringify({ time: '2026-03-02T10:00:00.113Z', type: `platform.${type}`, record })),
  JSON.stringify({
    timestamp: '2026-03-02T10:00:00Z',
    level: 'WARN',
    message: 'json of the application',
    requestId: REQUEST,
  }),
  JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [] }, latency: 3 }),
];

/** Subscription data of one function. */
export function functionLogs(lines: readonly string[], logGroup = '/aws/lambda/orders'): RawRecord {
  return { ...logsData(lines, logGroup), logStream: '2026/03/02/[$LATEST]20bddfd5a2dc4c6b97ac02800eae90d0' };
}
