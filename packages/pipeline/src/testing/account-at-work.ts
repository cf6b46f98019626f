import { type ActivityDelta, emptyDelta, observe } from '@portcullis/baseline';
import { parseSettings } from '@portcullis/config';
import { type ActivityEvent, type EpochIndex, epochOf, epochStart } from '@portcullis/event';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { emptyState, type PipelineState } from '../pipeline-state.ts';
import { type SealContext, sealContext } from '../seal-context.ts';
import { sealEpoch } from '../seal-epoch.ts';

/** What is told is at stake here, not how much it takes. */
export const SETTINGS = parseSettings({ alerts: { budgetPer100ActorsPerWeek: 25 } }, 'test');
export const CONTEXT: SealContext = { ...sealContext(SETTINGS), configVersion: 'c1' };

export const actors = Array.from({ length: 8 }, (_, i) => anActor({ name: `function-${i}` }));
const FIRST = epochOf(MONDAY);
export const NIGHT = FIRST + 14 * 24 + 3;

/** Eight roles with steady work for two weeks. */
export function anAccountAtWork(): PipelineState {
  const state = emptyState();
  for (let epoch = FIRST; epoch < FIRST + 14 * 24; epoch++) {
    const events = actors.flatMap((actor) => steadyHour(actor, epoch));
    sealEpoch(state, epoch, deltasOf(events), CONTEXT);
  }
  return state;
}

export function steadyHour(actor: ReturnType<typeof anActor>, epoch: EpochIndex): ActivityEvent[] {
  return ['dynamodb:GetItem', 's3:GetObject', 'kms:Decrypt'].map((name) =>
    anActivityEvent({ actor, time: epochStart(epoch), action: anAction(name), network: aNetwork('192.0.2.0/24') }),
  );
}

export function deltasOf(events: readonly ActivityEvent[], late = false): Map<string, ActivityDelta> {
  const deltas = new Map<string, ActivityDelta>();
  for (const event of events) {
    const delta = deltas.get(event.actor.id) ?? emptyDelta(event.actor, epochOf(event.time), { late });
    observe(delta, event);
    deltas.set(event.actor.id, delta);
  }
  return deltas;
}

/** Stolen credentials of one function, used from elsewhere. */
export function theft(epoch = NIGHT): ActivityEvent[] {
  const network = aNetwork('198.51.100.0/24', { owner: 'HOSTING' });
  return ['iam:ListUsers', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'].map((name) =>
    anActivityEvent({
      actor: actors[0] ?? anActor(),
      time: epochStart(epoch),
      action: anAction(name, { accessLevel: name.includes('Attach') ? 'Permissions management' : 'Write' }),
      network,
    }),
  );
}
