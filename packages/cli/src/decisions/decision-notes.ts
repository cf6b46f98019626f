import type { Settings } from '@portcullis/config';
import type { Decision } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { AppliedDecision } from '@portcullis/pipeline';
import { printable } from '../terminal-text.ts';

const MAX_NOTES = 20;

/** Collects what an operator should know of decisions that did not do what they may have meant. */
export interface DecisionNotes {
  add(applied: AppliedDecision & { readonly late: boolean }): void;
  /** Lines for standard error. */
  lines(): readonly string[];
}

export function decisionNotes(): DecisionNotes {
  const notes: string[] = [];
  let more = 0;
  return {
    add({ decision, outcome, late }) {
      const note = noteOn(decision, outcome, late);
      if (note === undefined) return;
      if (notes.length < MAX_NOTES) notes.push(printable(note));
      else more += 1;
    },
    lines: () => (more === 0 ? notes : [...notes, `and ${more} more decisions that came late or match nothing`]),
  };
}

function noteOn(decision: Decision, outcome: AppliedDecision['outcome'], late: boolean): string | undefined {
  if (outcome === 'unmatched' && decision.kind === 'verdict') {
    return `decision: ${decision.verdict} at ${decision.at} matches no alert told by then: episode ${decision.episode}`;
  }
  if (!late) return undefined;
  return `decision: ${subjectOf(decision)} at ${decision.at} is late: what was judged before this run stays as it was`;
}

function subjectOf(decision: Decision): string {
  switch (decision.kind) {
    case 'verdict':
      return `${decision.verdict} for episode ${decision.episode}`;
    case 'mute':
      return `mute of ${decision.actor ?? `episode ${decision.episode}`}`;
    case 'declared-work':
      return `declared work ${decision.id}`;
    default:
      return decision satisfies never;
  }
}

/** Suppressions that were over before the logs were. */
export function expiredSuppressions({ suppressions }: Settings, reached: EpochMs): readonly string[] {
  return suppressions
    .filter(({ expires }) => Date.parse(expires) <= reached)
    .map(({ id, owner, expires }) =>
      printable(`suppression ${id} of ${owner} expired at ${expires}: ignored from then on`),
    );
}
