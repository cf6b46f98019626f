/** How far an evaluation is. */
export interface EvaluationProgress {
  readonly organizations: number;
  readonly done: number;
  /** Of the whole work, 0 to 1. */
  readonly share: number;
}
