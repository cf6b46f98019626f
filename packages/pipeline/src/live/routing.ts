import { valueHash } from '@portcullis/baseline';
import type { EpochIndex } from '@portcullis/event';
import type { LiveSettings } from './live-settings.ts';
import type { Routing, RoutingStore } from './ports.ts';

/** Hours whose routing is remembered: it never changes. */
const HOURS_KEPT = 64;

export type RoutingOf = (epoch: EpochIndex) => Promise<Routing>;

/** Asks for the routing of each hour once. */
export function rememberedRouting(
  store: RoutingStore,
  settings: Pick<LiveSettings, 'eventsPerSplit' | 'maxSplits'>,
): RoutingOf {
  const known = new Map<EpochIndex, Routing>();
  return async (epoch) => {
    const decided = known.get(epoch) ?? (await store.of(epoch, (rates) => splitHot(rates, settings)));
    known.set(epoch, decided);
    const [oldest = epoch] = known.keys();
    if (known.size > HOURS_KEPT) known.delete(oldest);
    return decided;
  };
}

/** Over how many keys the events of an hour go, for those actors that one key would be too narrow for. */
export function splitHot(
  rates: Routing,
  { eventsPerSplit, maxSplits }: Pick<LiveSettings, 'eventsPerSplit' | 'maxSplits'>,
): Routing {
  const hot = Object.entries(rates).filter(([, events]) => events > eventsPerSplit);
  return Object.fromEntries(
    hot.map(([actorId, events]) => [actorId, Math.min(maxSplits, Math.ceil(events / eventsPerSplit))]),
  );
}

/** Where an event of a split actor goes: the same wherever and however often it comes. */
export function splitOf(eventId: string, splits: number): number {
  return splits <= 1 ? 0 : (valueHash(eventId) >>> 0) % splits;
}
