import { firstSeenAction } from './first-seen-action.ts';
import { hourlyVolume } from './hourly-volume.ts';
import type { Mark, Rule, RuleMemory } from './rule.ts';

/** First-seen action or hourly volume, each measured in its own usual threshold. */
export const newOrMuch: Rule = {
  id: 'new-or-much',
  title: 'either of the two',
  unit: 'times the usual threshold',
  threshold: 1,
  sweep: [1, 1.5, 2, 3, 4, 5, 6, 8, 10],
  start: () => remembering(firstSeenAction.start(), hourlyVolume.start()),
};

function remembering(newness: RuleMemory, volume: RuleMemory): RuleMemory {
  return {
    hour: (events) => [
      ...inUnits(newness.hour(events), firstSeenAction.threshold),
      ...inUnits(volume.hour(events), hourlyVolume.threshold),
    ],
    fork: () => remembering(newness.fork(), volume.fork()),
  };
}

function inUnits(marks: readonly Mark[], threshold: number): readonly Mark[] {
  return marks.map(({ event, score }) => ({ event, score: score / threshold }));
}
