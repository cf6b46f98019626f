import type { SkipReason } from '../outcome.ts';
import { isObject } from './json.ts';

const PLATFORM_LINE = /^(START|END|REPORT) RequestId: |^(INIT|RESTORE)_(START|REPORT) |^XRAY TraceId: /;
/** Lambda's own text format for application lines: time, request id, level, all tab-separated. */
const APPLICATION_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([\da-f]{8}-[\da-f-]{27}|undefined)\t/;
const TIMEOUT_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z [\da-f]{8}-[\da-f-]{27} Task timed out/;

/**
 * Names a log line that is no CloudTrail record: a Lambda function's, by its log group or its form, or
 * any other.
 *
 * The log group alone does not do: functions may log to a group of any name.
 */
export function logLineKind(line: unknown, logGroup: unknown): SkipReason {
  if (typeof logGroup === 'string' && logGroup.startsWith('/aws/lambda/')) {
    return 'lambda-log';
  }
  if (isObject(line)) {
    return typeof line.type === 'string' && line.type.startsWith('platform.') ? 'lambda-log' : 'other-log';
  }
  if (typeof line !== 'string') {
    return 'other-log';
  }
  return PLATFORM_LINE.test(line) || APPLICATION_LINE.test(line) || TIMEOUT_LINE.test(line)
    ? 'lambda-log'
    : 'other-log';
}
