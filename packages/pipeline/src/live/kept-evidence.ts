import type { ActivityEvent } from '@portcullis/event';

/** Values of one hour that are remembered; beyond them, all is kept again. */
const MAX_KNOWN = 4096;

/**
 * Events that somebody may want as proof later: whatever changed something, and of the rest the first of each kind in the hour, refused ones
 * apart from those that went through.
 *
 * What is told of an alert are the earliest calls of each kind, so these are what a response reads again; all of what an actor reads would cost
 * more than it proves.
 *
 * @param known - kinds of the hour of which one is kept; added to
 */
export function keptAsEvidence(events: readonly ActivityEvent[], known: Set<string>): readonly ActivityEvent[] {
  return events.filter((event) => {
    if (isChange(event)) return true;
    const kind = kindOf(event);
    if (known.has(kind)) return false;
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(kind);
    return true;
  });
}

function isChange({ action, outcome }: ActivityEvent): boolean {
  return action.effect === 'changes' && outcome === 'success';
}

function kindOf({ action, outcome, network, resources, sessionName, accessKeyId }: ActivityEvent): string {
  return JSON.stringify([action.name, outcome, network.prefix, resources[0], sessionName, accessKeyId]);
}
