/** One setting that is wrong. */
export interface ConfigurationProblem {
  /** `alerts.budgetPer100ActorsPerWeek`; empty for the configuration as a whole. */
  readonly path: string;
  /** What was found, what is accepted, and a good value or name. */
  readonly message: string;
}

/** A configuration that cannot be used. Nothing runs on a half-understood one. */
export class ConfigurationError extends Error {
  readonly problems: readonly ConfigurationProblem[];

  /** @param where - the file as the user named it */
  constructor(where: string, problems: readonly ConfigurationProblem[], options?: ErrorOptions) {
    super(problems.map(({ path, message }) => `${where}: ${path ? `${path}: ` : ''}${message}`).join('\n'), options);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}
