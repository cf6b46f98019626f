import { gzipSync } from 'node:zlib';
import type { FunctionEvent } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { createIngest } from '../ingest.ts';
import { base64, json, kinesisEvent } from '../testing/containers.ts';
import { FUNCTION_LINES, functionLogs } from '../testing/function-logs.ts';
import { readLine } from './read-line.ts';

const REQUEST = '8286a188-ba32-4475-8077-530cd35c09a9';
const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });

function opened(data: object, region?: string) {
  return createIngest({ network, region }).container(json(data));
}

function momentOf(line: string) {
  const read = readLine(line);
  return 'moment' in read ? read.moment : read;
}

describe('readLine', () => {
  const report = { durationMs: 12.34, billedMs: 13, memoryMb: 128, maxMemoryMb: 67 };
  const text = `REPORT RequestId: ${REQUEST}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB`;
  const platform = (type: string, record: object) =>
    JSON.stringify({ time: '2026-03-02T10:00:00Z', type: `platform.${type}`, record });
  const metrics = { durationMs: 12.34, billedDurationMs: 13, memorySizeMB: 128, maxMemoryUsedMB: 67 };
  it.each([
    {
      line: `${text}\t\n`,
      moment: { kind: 'report', requestId: REQUEST, status: 'success', report: { ...report, initMs: undefined } },
      why: 'text',
    },
    {
      line: `${text}\tInit Duration: 150.1 ms\t\nXRAY TraceId: 1\tSegmentId: 2`,
      moment: { kind: 'report', requestId: REQUEST, status: 'success', report: { ...report, initMs: 150.1 } },
      why: 'a cold start, traced',
    },
    {
      line: `${text}\tRestore Duration: 70 ms\tBilled Restore Duration: 4 ms`,
      moment: { kind: 'report', requestId: REQUEST, status: 'success', report: { ...report, initMs: 70 } },
      why: 'SnapStart',
    },
    {
      line: `${text}\tStatus: error\tError Type: Runtime.ExitError`,
      moment: { kind: 'report', requestId: REQUEST, status: 'error', report: { ...report, initMs: undefined } },
      why: 'a status',
    },
    {
      line: `${text.replaceAll('\t', '\\t')}\\t\\n`,
      moment: { kind: 'report', requestId: REQUEST, status: 'success', report: { ...report, initMs: undefined } },
      why: 'escaped twice by a forwarder',
    },
    {
      line: platform('report', { requestId: REQUEST, status: 'timeout', metrics }),
      moment: { kind: 'report', requestId: REQUEST, status: 'timeout', report: { ...report, initMs: undefined } },
      why: 'JSON',
    },
    {
      line: platform('report', {
        requestId: REQUEST,
        status: 'failure',
        metrics: { ...metrics, maxMemoryUsedMB: undefined },
      }),
      moment: {
        kind: 'report',
        requestId: REQUEST,
        status: 'error',
        report: { ...report, maxMemoryMb: 0, initMs: undefined },
      },
      why: 'a failure without memory',
    },
    {
      line: platform('runtimeDone', { requestId: REQUEST, status: 'timeout' }),
      moment: { kind: 'trouble', requestId: REQUEST, status: 'timeout' },
      why: 'trouble, told before the report',
    },
    {
      line: platform('runtimeDone', { requestId: REQUEST, status: 'success' }),
      moment: { kind: 'platform', type: 'runtimeDone' },
      why: 'no trouble',
    },
    {
      line: `2026-03-02T10:00:03.000Z ${REQUEST} Task timed out after 3.00 seconds`,
      moment: { kind: 'trouble', requestId: REQUEST, status: 'timeout' },
      why: 'text of a timeout',
    },
    { line: `START RequestId: ${REQUEST} Version: 7`, moment: { kind: 'started', requestId: REQUEST }, why: 'a start' },
    {
      line: platform('somethingNew', { a: 1 }),
      moment: { kind: 'platform', type: 'somethingNew' },
      why: 'unknown types are tolerated',
    },
    { line: '{"type":"platform.extension"}', moment: { kind: 'platform', type: 'extension' }, why: 'without a record' },
    {
      line: 'INIT_START Runtime Version: x',
      moment: { kind: 'platform', type: 'INIT_START' },
      why: 'text of the platform',
    },
    {
      line: `2026-03-02T10:00:00.113Z\t${REQUEST}\tWARN\thello`,
      moment: { kind: 'line', level: 'warn', shape: 'text' },
      why: 'a level between tabs',
    },
    { line: '[ERROR] KeyError', moment: { kind: 'line', level: 'error', shape: 'text' }, why: 'a level in brackets' },
    {
      line: '{"level":"CRITICAL","message":"secret"}',
      moment: { kind: 'line', level: 'fatal', shape: 'json' },
      why: 'JSON of the application',
    },
    {
      line: '{"_aws":{},"a":1}',
      moment: { kind: 'line', level: undefined, shape: 'metrics' },
      why: 'embedded metrics',
    },
    {
      line: '{"type":"report","requestId":"x"}',
      moment: { kind: 'line', level: undefined, shape: 'json' },
      why: 'not of the platform',
    },
    { line: '{ not json', moment: { kind: 'line', level: undefined, shape: 'text' }, why: 'anything' },
    { line: '', moment: { kind: 'line', level: undefined, shape: 'text' }, why: 'nothing' },
  ])('$why', ({ line, moment }) => {
    expect(momentOf(line)).toEqual(moment);
  });

  it.each([
    { line: 'REPORT RequestId: 1\tDuration: 1 ms', why: 'no request id' },
    { line: text.replace('12.34', 'long'), why: 'no number' },
    { line: text.replace('13 ms', '13 s'), why: 'another unit' },
    { line: text.slice(0, 80), why: 'cut' },
    { line: platform('report', { requestId: REQUEST }), why: 'no metrics' },
    {
      line: platform('report', { requestId: REQUEST, metrics: { ...metrics, durationMs: -1 } }),
      why: 'less than nothing',
    },
    { line: platform('start', {}), why: 'nothing started' },
    { line: platform('report', { requestId: REQUEST, metrics }).slice(0, -20), why: 'JSON that is cut' },
  ])('cannot read a line of the platform: $why', ({ line }) => {
    expect(readLine(line)).toHaveProperty('problem');
  });
});

describe('the logs of a function', () => {
  it('account for every line, in every form that is documented', () => {
    const result = opened(functionLogs(FUNCTION_LINES));

    expect(result).toMatchObject({ read: FUNCTION_LINES.length, events: [], rejected: [], partial: false });
    expect(Map.groupBy(result.functionEvents, ({ moment }) => moment.kind).get('report')).toHaveLength(4);
    expect(result.functionEvents).toHaveLength(FUNCTION_LINES.length);
  });

  it('keep nothing of what the application wrote', () => {
    const { functionEvents } = opened(
      functionLogs([
        `2026-03-02T10:00:00.113Z\t${REQUEST}\tINFO\tpassword=hunter2`,
        '{"level":"info","token":"hunter2"}',
      ]),
    );

    expect(JSON.stringify(functionEvents)).not.toContain('hunter2');
  });

  it('say where a line is that cannot be read', () => {
    const { rejected } = opened(functionLogs(['fine', 'REPORT RequestId: 1']));

    expect(rejected).toMatchObject([{ reason: 'invalid-platform-event', position: 'logEvents[1]' }]);
  });

  it.each([
    { item: { id: '7', timestamp: 1772445600000 }, id: '7', why: 'its own id' },
    { item: { timestamp: 1772445600000 }, id: /^hash:[0-9a-f]{16}$/, why: 'a hash where it has none' },
  ])('have $why', ({ item, id }) => {
    const data = { ...functionLogs([]), logEvents: [{ ...item, message: 'x' }] };

    const [event] = opened(data).functionEvents;

    expect(event?.id).toMatch(id);
    expect(event?.time).toBe(1772445600000);
    expect(opened(data).functionEvents[0]?.id).toBe(event?.id);
  });

  it.each([
    { item: { message: 'x' }, reason: 'missing-event-time' },
    { item: { message: 'x', timestamp: 'noon' }, reason: 'invalid-event-time' },
  ])('are refused without a time: $reason', ({ item, reason }) => {
    expect(opened({ ...functionLogs([]), logEvents: [item] }).rejected).toMatchObject([{ reason }]);
  });

  const streamed = {
    logGroup: '/shared/functions',
    logStream: '2026/03/02/orders[$LATEST]20bddfd5a2dc4c6b97ac02800eae90d0',
  };
  it.each([
    { fields: {}, of: { id: '111122223333/unknown/orders', name: 'orders' }, why: 'by its group' },
    { fields: streamed, of: { name: 'orders' }, why: 'by its stream, in a group of any name' },
    {
      fields: { logGroup: '/aws/lambda/us-east-1.edge' },
      of: { id: '111122223333/us-east-1/edge' },
      why: 'at the edge',
    },
    { fields: { owner: 'CloudwatchLogs' }, of: { account: 'unknown' }, why: 'of an unknown account' },
  ])('know their function $why', ({ fields, of }) => {
    const [event] = opened({ ...functionLogs(['x']), ...fields }).functionEvents;

    expect(event?.of).toMatchObject(of);
  });

  it('take the region from what carries them, else from who asks', () => {
    const data = functionLogs(['x']);
    const carried = opened(kinesisEvent([gzipSync(json(data))])).functionEvents[0];
    const asked = opened({ awslogs: { data: base64(gzipSync(json(data))) } }, 'us-west-2').functionEvents[0];

    expect(carried?.of.region).toBe('eu-west-1');
    expect(asked?.of.region).toBe('us-west-2');
  });

  it('share one function among lines', () => {
    const [one, two]: readonly FunctionEvent[] = opened(functionLogs(['a', 'b'])).functionEvents;

    expect(one?.of).toBe(two?.of);
  });
});
