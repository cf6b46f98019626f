/** A log group of CloudWatch Logs, and the account that a subscription says it belongs to. */
export interface LogGroupOf {
  readonly owner: string;
  readonly logGroup: string;
}
