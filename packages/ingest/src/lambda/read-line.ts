import type { FunctionMoment, InvocationReport, InvocationStatus, LogLevel } from '@portcullis/event';
import { isObject, type JsonObject, parseJson } from '../envelopes/json.ts';

/** What a line says, or why a line of the platform cannot be read. */
export type ReadLine = { readonly moment: FunctionMoment; readonly time: unknown } | { readonly problem: string };

/** Longest application line that is looked into for its level; longer ones are text of no level. */
const MAX_LOOKED_INTO = 262_144;

/**
 * Reads one line of a Lambda function's log, in JSON or in text form.
 *
 * Whatever Lambda writes and we do not know is `platform`; whatever else is the application's, of which only level and shape
 * are kept. A function can print lines that look like those of the platform, and nothing in them tells.
 */
export function readLine(line: string): ReadLine {
  const text = line.trimStart();
  return text.startsWith('{') ? readJson(line, text) : readText(line);
}

function readJson(line: string, text: string): ReadLine {
  if (text.length > MAX_LOOKED_INTO) return application('json', undefined);
  const value = parseJson(text);
  if (!isObject(value)) {
    // Only what Lambda itself wrote has to be sound
    return /^\{"time":"[^"]{10,40}","type":"platform\./.test(text)
      ? { problem: 'a platform event that is cut or damaged' }
      : application('text', levelInText(line));
  }
  const { type, time, record } = value;
  if (typeof type === 'string' && type.startsWith('platform.')) return readPlatform(type.slice(9), record, time);
  const shape = '_aws' in value ? 'metrics' : 'json';
  return application(
    shape,
    levelOf(value.level ?? value.logLevel ?? value.severity ?? value.log_level),
    value.timestamp,
  );
}

/** Source: "Schemas for Lambda Telemetry API" and "Lambda JSON log format", Lambda developer guide. */
function readPlatform(type: string, record: unknown, time: unknown): ReadLine {
  const known = isObject(record) ? record : {};
  const { requestId } = known;
  switch (type) {
    case 'report':
      return readReport(known, time);
    case 'start':
      return typeof requestId === 'string'
        ? { moment: { kind: 'started', requestId: bounded(requestId) }, time }
        : { problem: 'platform.start without requestId' };
    case 'runtimeDone': {
      const status = statusOf(known.status);
      if (status === 'success' || typeof requestId !== 'string') return platform(type, time);
      return { moment: { kind: 'trouble', requestId: bounded(requestId), status }, time };
    }
    default:
      return platform(type, time);
  }
}

function readReport({ requestId, status, metrics }: JsonObject, time: unknown): ReadLine {
  if (typeof requestId !== 'string' || !isObject(metrics)) {
    return { problem: 'platform.report without requestId or metrics' };
  }
  const report = reportOf({
    durationMs: metrics.durationMs,
    billedMs: metrics.billedDurationMs,
    memoryMb: metrics.memorySizeMB,
    maxMemoryMb: metrics.maxMemoryUsedMB,
    initMs: metrics.initDurationMs ?? metrics.restoreDurationMs,
  });
  if (report === undefined) return { problem: 'platform.report with metrics that are no numbers' };
  return { moment: { kind: 'report', requestId: bounded(requestId), status: statusOf(status), report }, time };
}

const REQUEST = `([0-9a-f]{8}-[0-9a-f-]{27})`;
const START = new RegExp(`^START RequestId: ${REQUEST}`);
const REPORT = new RegExp(`^REPORT RequestId: ${REQUEST}`);
const TIMED_OUT = new RegExp(String.raw`^\S{10,40} ${REQUEST} Task timed out`);
const FAILED = new RegExp(`^RequestId: ${REQUEST} Error: `);
const PLATFORM =
  /^(END RequestId|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT|XRAY TraceId|EXTENSION|LOGS|TELEMETRY)\b/;

function readText(line: string): ReadLine {
  const started = START.exec(line)?.[1];
  if (started !== undefined) return { moment: { kind: 'started', requestId: started }, time: undefined };
  if (line.startsWith('REPORT RequestId:')) return readTextReport(line);
  const timedOut = TIMED_OUT.exec(line)?.[1];
  if (timedOut !== undefined) {
    return { moment: { kind: 'trouble', requestId: timedOut, status: 'timeout' }, time: undefined };
  }
  // Written by Lambda when the runtime went away: "Runtime exited with error: signal: killed"
  const failed = FAILED.exec(line)?.[1];
  if (failed !== undefined) return { moment: { kind: 'trouble', requestId: failed, status: 'error' }, time: undefined };
  const known = PLATFORM.exec(line)?.[1];
  return known === undefined ? application('text', levelInText(line)) : platform(known, undefined);
}

/** Fields stand apart by tabs; some forwarders write the tab as two characters. */
function readTextReport(line: string): ReadLine {
  const requestId = REPORT.exec(line)?.[1];
  if (requestId === undefined) return { problem: 'REPORT without a request id' };
  const fields = new Map(
    line
      .slice(0, 2048)
      .split(/\t|\\t|\n|\\n/)
      .map((field) => field.split(': '))
      .map(([name = '', value = '']) => [name.trim(), value.trim()]),
  );
  const amount = (name: string, unit: string) => {
    const [value = '', written] = (fields.get(name) ?? '').split(' ');
    return written === unit && value !== '' ? Number(value) : undefined;
  };
  const report = reportOf({
    durationMs: amount('Duration', 'ms'),
    billedMs: amount('Billed Duration', 'ms'),
    memoryMb: amount('Memory Size', 'MB'),
    maxMemoryMb: amount('Max Memory Used', 'MB'),
    initMs: amount('Init Duration', 'ms') ?? amount('Restore Duration', 'ms'),
  });
  if (report === undefined) return { problem: 'REPORT without duration, billed duration or memory' };
  const status = fields.has('Status') ? statusOf(fields.get('Status')) : 'success';
  return { moment: { kind: 'report', requestId, status, report }, time: undefined };
}

function reportOf(written: Readonly<Record<keyof InvocationReport, unknown>>): InvocationReport | undefined {
  const { durationMs, billedMs, memoryMb, maxMemoryMb, initMs } = written;
  if (!isAmount(durationMs) || !isAmount(billedMs) || !isAmount(memoryMb)) return undefined;
  return {
    durationMs,
    billedMs,
    memoryMb,
    // Not reported for invocations that never ran
    maxMemoryMb: isAmount(maxMemoryMb) ? maxMemoryMb : 0,
    initMs: isAmount(initMs) ? initMs : undefined,
  };
}

/** Lambda's own limits lie far below; beyond is a mistake, and would drown every sum. */
const MAX_AMOUNT = 1e9;

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_AMOUNT;
}

/** Lambda says `success`, `error`, `failure` or `timeout`. */
function statusOf(status: unknown): InvocationStatus {
  if (status === undefined || status === 'success') return 'success';
  return status === 'timeout' ? 'timeout' : 'error';
}

function platform(type: string, time: unknown): ReadLine {
  return { moment: { kind: 'platform', type: bounded(type) }, time };
}

function application(shape: 'json' | 'metrics' | 'text', level: LogLevel | undefined, time?: unknown): ReadLine {
  return { moment: { kind: 'line', level, shape }, time };
}

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['information', 'info'],
  ['notice', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['err', 'error'],
  ['fatal', 'fatal'],
  ['critical', 'fatal'],
]);

function levelOf(written: unknown): LogLevel | undefined {
  return typeof written === 'string' && written.length <= 16 ? LEVELS.get(written.toLowerCase()) : undefined;
}

/** Lambda's own text format (time, request id, level, apart by tabs) and `[ERROR]` in front. */
function levelInText(line: string): LogLevel | undefined {
  const head = line.slice(0, 200);
  const tabbed = /^\S{10,40}\t\S{1,64}\t([A-Za-z]{3,12})\t/.exec(head)?.[1];
  return levelOf(tabbed ?? /^\s*\[([A-Za-z]{3,12})\]/.exec(head)?.[1]);
}

/** A text of its own, which keeps no longer one alive. */
function bounded(text: string): string {
  return Buffer.from(text.slice(0, 64)).toString();
}
