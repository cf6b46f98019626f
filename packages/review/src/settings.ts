/** How a review weighs history and margin. */
export interface ReviewSettings {
  /** Days of logs, and of a principal's life, below which nothing is proposed. */
  readonly minDays: number;
  /** Days on which a principal has to have worked; from fewer, what it needs cannot be told. */
  readonly minActiveDays: number;
  /** Longest stretch of days without any log. */
  readonly maxGapDays: number;
  /** A managed policy in force for fewer days keeps all it grants: what it was made for may be still to come. */
  readonly graceDays: number;
  /**
   * What is kept beyond what was used. `reads`: looking at how things are set up, in services that are used; it harms little,
   * and tools begin to ask for more of it with any update. Who goes on using new actions keeps looks at whatever its
   * account uses, and what is of the sort it does with a service. `none`: nothing.
   */
  readonly margin: 'reads' | 'none';
  /** Service prefixes whose data events the trail logs, all of them; `*` for all. */
  readonly dataEvents: ReadonlySet<string>;
  /** Names or ARNs of principals that are left alone; `*` stands for anything. */
  readonly keep: readonly string[];
}

export const DEFAULT_REVIEW: ReviewSettings = {
  // A quarter, so that what happens once in one has happened
  minDays: 90,
  minActiveDays: 5,
  maxGapDays: 7,
  graceDays: 30,
  margin: 'reads',
  dataEvents: new Set(),
  keep: ['*break-glass*', '*breakglass*', '*break_glass*', '*emergency*'],
};
