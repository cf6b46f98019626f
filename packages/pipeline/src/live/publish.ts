import type { EpochMs } from '@portcullis/event';
import type { LivePorts } from './ports.ts';

/** Alerts handed over at a time. */
const AT_ONCE = 50;

export interface Published {
  readonly published: number;
  /** What the bus did not take, by idempotency key: it waits for the next run. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Hands alerts that wait to the bus, oldest first. Each is published at least once; one that is published twice has the same
 * idempotency key.
 *
 * @param limit - alerts in one run
 */
export async function publishOutbox(
  ports: Pick<LivePorts, 'alerts' | 'sink'>,
  now: EpochMs,
  limit = 1000,
): Promise<Published> {
  const waiting = await ports.alerts.pending(limit);
  const refused = new Map<string, string>();
  let published = 0;
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const entries = waiting.slice(at, at + AT_ONCE);
    const failures = await ports.sink.publish(entries.map(({ event }) => event));
    const taken = entries.filter((_, index) => !failures.has(index));
    for (const [index, message] of failures) {
      const key = entries[index]?.key;
      if (key !== undefined) refused.set(key, message);
    }
    if (taken.length === 0) continue;
    await ports.alerts.published(
      taken.map(({ key }) => key),
      now,
    );
    published += taken.length;
  }
  return { published, refused };
}
