import type { PortcullisEvent } from '@portcullis/contract';
import { type ActivityEvent, type EpochIndex, epochOf } from '@portcullis/event';
import type { AlertSink, EvidenceStore, Increment, IncrementQueue, RejectedRecord, RejectStore } from '../ports.ts';

/** A bus that keeps what it is given. */
export interface MemorySink extends AlertSink {
  received(): readonly PortcullisEvent[];
}

export function memorySink(): MemorySink {
  const received: PortcullisEvent[] = [];
  return {
    received: () => received,
    async publish(events) {
      received.push(...events);
      return new Map();
    },
  };
}

export function memoryEvidence(): EvidenceStore {
  const hours = new Map<string, { actorId: string; epoch: EpochIndex; events: Map<string, ActivityEvent> }>();
  return {
    async put(actorId, epoch, events) {
      const key = `${actorId} ${epoch}`;
      const hour = hours.get(key) ?? { actorId, epoch, events: new Map<string, ActivityEvent>() };
      hours.set(key, hour);
      for (const event of events) hour.events.set(`${event.account} ${event.id}`, event);
    },
    async read(account, actorId, from, to) {
      return [...hours.values()]
        .filter((hour) => hour.actorId === actorId && hour.epoch >= epochOf(from) && hour.epoch <= epochOf(to))
        .flatMap((hour) => [...hour.events.values()])
        .filter((event) => event.account === account && event.time >= from && event.time < to)
        .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
    },
    async since(account, from) {
      return [...hours.values()]
        .flatMap((hour) => [...hour.events.values()])
        .filter((event) => event.account === account && event.time >= from)
        .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
    },
    async forget(account, actorId) {
      for (const [key, hour] of hours) {
        if (hour.actorId !== actorId) continue;
        for (const [id, event] of hour.events) if (event.account === account) hour.events.delete(id);
        if (hour.events.size === 0) hours.delete(key);
      }
    },
  };
}

/** Rejects by origin and position. */
export interface MemoryRejects extends RejectStore {
  all(): readonly RejectedRecord[];
}

export function memoryRejects(): MemoryRejects {
  const kept = new Map<string, RejectedRecord>();
  return {
    all: () => [...kept.values()],
    async put(rejected) {
      for (const record of rejected) kept.set(`${record.origin} ${record.position}`, record);
    },
  };
}

/** A queue that keeps what it is given. */
export interface MemoryIncrements extends IncrementQueue {
  sent(): readonly Increment[];
}

export function memoryIncrements(): MemoryIncrements {
  const sent: Increment[] = [];
  return {
    sent: () => sent,
    async send(increments) {
      sent.push(...increments);
    },
  };
}
