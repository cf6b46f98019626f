/** One thing that is wrong with a value, and where. */
export interface ContractIssue {
  /** `detail.data.evidence[2].bits`; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

/** A value that is not an event of the contract. */
export class ContractError extends Error {
  readonly issues: readonly ContractIssue[];

  constructor(issues: readonly ContractIssue[]) {
    const shown = issues.slice(0, 3).map(({ path, message }) => `${path || 'the value'}: ${message}`);
    const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : '';
    super(`not an event of contract version 1: ${shown.join('; ')}${more}`);
    this.name = 'ContractError';
    this.issues = issues;
  }
}

/** Lines of a decisions file that cannot be used. None of the file is: half of what people decided is another decision. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';

  /** @param problems - `decisions.ndjson:3: at: expected ...`, one per line that is wrong */
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
