import type { SimulatedRecord } from '../world.ts';
import type { AttackStory } from './attack-story.ts';

/** What a run's attack events are, by event id; everything else in the run is benign. */
export interface Labels {
  readonly story: string;
  readonly attackVersion: '19.1';
  readonly steps: readonly { readonly id: string; readonly title: string; readonly principal: string }[];
  readonly events: Readonly<Record<string, { readonly step: string; readonly technique: string }>>;
}

export function labelsOf(story: AttackStory, records: Iterable<SimulatedRecord>): Labels {
  const events: Record<string, { step: string; technique: string }> = {};
  for (const { record, label } of records) {
    if (label) events[record.eventID] = { step: label.step, technique: label.technique };
  }
  const steps = story.steps.map(({ id, title, caller: { identity } }) => ({
    id,
    title,
    principal: String(identity.arn ?? identity.accountId),
  }));
  return { story: story.id, attackVersion: '19.1', steps, events };
}
