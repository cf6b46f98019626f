/** What a source of logs may hold. Whoever may write into one must not be believed about the others. */
export type LogKind = 'cloudtrail' | 'finding' | 'function' | 'flow' | 'api';

/** A log group of CloudWatch Logs, and the account that a subscription says it belongs to. */
export interface LogGroupOf {
  readonly owner: string;
  readonly logGroup: string;
  /** Lines of another kind are skipped as `other-log`; none is when absent. */
  readonly holds?: LogKind | undefined;
}
