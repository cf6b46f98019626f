import { defaultSettings } from '@portcullis/config';
import { type ActivityEvent, DAY_MS, type EpochMs, type NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { type LogContainer, replay } from '@portcullis/pipeline';
import { firstSeenActions } from '../comparators/first-seen-action.ts';

/** What one method raised: for each alert the events it points at. */
export type Raised = readonly { readonly eventIds: readonly string[] }[];

export interface Replayed {
  readonly portcullis: Raised;
  readonly firstSeen: Raised;
  /** Actors active after learning, and for how long that was. */
  readonly hundredActorWeeks: number;
}

/** Runs the product and the plain rule over the same files; both learn in silence until `alertAfter`. */
export async function replayed(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  network: NetworkLookup,
  alertAfter: EpochMs,
): Promise<Replayed> {
  const latest = new Map<string, { eventIds: readonly string[] }>();
  await replay(unordered(files), {
    settings: defaultSettings,
    network,
    alertAfter,
    onAlert: ({ detail: { metadata, data } }) => void latest.set(metadata.id, { eventIds: data.eventIds }),
    onReject() {},
  });

  const ingest = createIngest({ network });
  const events = files.flatMap(({ bytes }) => ingest.container(bytes).events);
  const judged = events.filter(({ time }) => time >= alertAfter);
  return {
    portcullis: [...latest.values()],
    firstSeen: firstSeenActions(events, alertAfter),
    hundredActorWeeks: hundredActorWeeks(judged),
  };
}

/** Files of which nothing is known: sealed only when all are read. */
async function* unordered(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): AsyncGenerator<LogContainer> {
  for (const { name, bytes } of files) {
    yield { name, bytes, precedingLines: 0, laterStartsAt: Number.NEGATIVE_INFINITY };
  }
}

function hundredActorWeeks(events: readonly ActivityEvent[]): number {
  if (events.length === 0) return 0;
  const times = events.map(({ time }) => time);
  const weeks = (Math.max(...times) - Math.min(...times)) / (7 * DAY_MS);
  return (new Set(events.map(({ actor }) => actor.id)).size / 100) * weeks;
}

/** Alerts that point at one of these events at least. */
export function touching(raised: Raised, eventIds: ReadonlySet<string>): Raised {
  return raised.filter((alert) => alert.eventIds.some((id) => eventIds.has(id)));
}
