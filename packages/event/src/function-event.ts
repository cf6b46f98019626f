import type { EpochMs } from './time.ts';

/**
 * A Lambda function as its own logs know it. One shared object for each: compare by reference or by id.
 *
 * Logs do not tell the region by themselves; where nothing around them does either it is `unknown`.
 */
export interface LoggedFunction {
  /** `<account>/<region>/<name>`. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

export type InvocationStatus = 'success' | 'error' | 'timeout';

/** What Lambda itself reports of one invocation, in milliseconds and megabytes. */
export interface InvocationReport {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
  /** Of a new environment: to start it, or to restore it from a snapshot. */
  readonly initMs: number | undefined;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** How a line of an application is built; what it says is not kept. */
export type LineShape = 'json' | 'metrics' | 'text';

/**
 * One line of a Lambda function's log.
 *
 * `report`: an invocation is over. `trouble`: one that ended badly, from lines other than its report. `started`: one began.
 * `platform`: anything else that Lambda writes, known or not. `line`: the application's own.
 */
export type FunctionMoment =
  | {
      readonly kind: 'report';
      readonly requestId: string;
      readonly status: InvocationStatus;
      readonly report: InvocationReport;
    }
  | { readonly kind: 'trouble'; readonly requestId: string; readonly status: Exclude<InvocationStatus, 'success'> }
  | { readonly kind: 'started'; readonly requestId: string }
  | { readonly kind: 'platform'; readonly type: string }
  | { readonly kind: 'line'; readonly level: LogLevel | undefined; readonly shape: LineShape };

/** One thing that one function's log tells: a sibling of `ActivityEvent`, which tells who called what. */
export interface FunctionEvent {
  readonly source: 'lambda';
  /** The log event's own id, or a hash of the line where it has none. */
  readonly id: string;
  readonly time: EpochMs;
  readonly of: LoggedFunction;
  readonly moment: FunctionMoment;
}
