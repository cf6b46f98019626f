import type { EpochIndex, EpochMs } from '@portcullis/event';
import { isBulk } from '../lanes.ts';
import type { LaneProgress, LeaseStore, ProgressStore, Routing, RoutingStore } from '../ports.ts';

export function memoryProgress(): ProgressStore {
  const lanes = new Map<string, LaneProgress>();
  const marks = new Map<string, EpochMs>();
  let began: EpochMs | undefined;
  return {
    async reach(progress) {
      const bulk = progress.filter(isBulk);
      if (bulk.length > 0) began ??= Math.max(...bulk.map(({ eventTime }) => eventTime));
      for (const told of progress) {
        const key = `${told.lane} ${told.account} ${told.region}`;
        const known = lanes.get(key);
        if (known === undefined || told.eventTime > known.eventTime) lanes.set(key, told);
      }
    },
    async lanes() {
      return [...lanes.values()];
    },
    async began() {
      return began;
    },
    async passed(shardId, mark) {
      marks.set(shardId, Math.max(mark, marks.get(shardId) ?? mark));
    },
    async marks() {
      return new Map(marks);
    },
  };
}

export function memoryRouting(): RoutingStore {
  const rates = new Map<EpochIndex, Map<string, number>>();
  const routings = new Map<EpochIndex, Routing>();
  return {
    async tell(epoch, told) {
      const known = rates.get(epoch) ?? new Map<string, number>();
      rates.set(epoch, known);
      for (const [actorId, events] of Object.entries(told)) {
        known.set(actorId, Math.max(events, known.get(actorId) ?? 0));
      }
    },
    async of(epoch, decide) {
      const decided = routings.get(epoch) ?? decide(highest([epoch, epoch - 1, epoch - 2].map((at) => rates.get(at))));
      routings.set(epoch, decided);
      return decided;
    },
  };
}

function highest(hours: readonly (ReadonlyMap<string, number> | undefined)[]): Routing {
  const rates = new Map<string, number>();
  for (const hour of hours) {
    for (const [actorId, events] of hour ?? []) rates.set(actorId, Math.max(events, rates.get(actorId) ?? 0));
  }
  return Object.fromEntries(rates);
}

export function memoryLeases(): LeaseStore {
  const leases = new Map<string, { readonly holder: string; readonly until: EpochMs }>();
  return {
    async acquire(name, holder, now, forMs) {
      const known = leases.get(name);
      if (known !== undefined && known.holder !== holder && known.until > now) return false;
      leases.set(name, { holder, until: now + forMs });
      return true;
    },
    async release(name, holder) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
  };
}
