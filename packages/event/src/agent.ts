/**
 * With what a call was made, read from the user agent: the caller's own words, which can be forged.
 *
 * `product` and `family` leave out versions and numbers, so that an update is not a new tool.
 */
export interface Agent {
  /** As written, cut to a bound. Empty where absent. */
  readonly text: string;
  /** The program that comes first: `aws-cli`, `Boto3`, `console`; empty where absent. */
  readonly product: string;
  /** Everything but versions: product, system, language and the rest. */
  readonly family: string;
}
