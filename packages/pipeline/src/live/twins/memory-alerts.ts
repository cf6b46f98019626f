import type { AnomalyEvent, Decision, PipelineImpairedEvent } from '@portcullis/contract';
import { ANOMALY_DETAIL_TYPES } from '@portcullis/contract/names';
import type { EpochMs } from '@portcullis/event';
import type { AlertEntry, AlertStore, DecisionStore, ForgetStore, OutboxEvent } from '../ports.ts';

/** Alerts and their outbox in memory. `all` is for tests: what was ever added, and when it was published. */
export interface MemoryAlerts extends AlertStore {
  all(): readonly { readonly entry: AlertEntry; readonly published: EpochMs | undefined }[];
}

export function memoryAlerts(): MemoryAlerts {
  const kept = new Map<string, { readonly entry: AlertEntry; readonly published: EpochMs | undefined }>();
  const told = () => [...kept.values()].flatMap(({ entry }) => (isAlert(entry.event) ? [entry.event] : []));
  return {
    all: () => [...kept.values()],
    async add(entries) {
      for (const entry of entries) if (!kept.has(entry.key)) kept.set(entry.key, { entry, published: undefined });
    },
    async pending(limit) {
      const waiting = [...kept.values()].filter(({ published }) => published === undefined);
      return waiting.slice(0, limit).map(({ entry }) => entry);
    },
    async published(keys, at) {
      for (const key of keys) {
        const known = kept.get(key);
        if (known !== undefined) kept.set(key, { ...known, published: known.published ?? at });
      }
    },
    async get(episode) {
      return told()
        .filter(({ detail }) => detail.metadata.id === episode)
        .sort((a, b) => a.detail.metadata.revision - b.detail.metadata.revision);
    },
    async list(since, limit) {
      const latest = new Map<string, AnomalyEvent>();
      for (const event of told()) {
        const { id, revision } = event.detail.metadata;
        const known = latest.get(id);
        if (known === undefined || known.detail.metadata.revision < revision) latest.set(id, event);
      }
      return [...latest.values()]
        .filter(({ time }) => Date.parse(time) >= since)
        .sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
        .slice(0, limit);
    },
    async lasting() {
      const impaired = [...kept.values()].flatMap(({ entry }) => (isImpairment(entry.event) ? [entry.event] : []));
      const over = new Set(impaired.filter(isOver).map(({ detail }) => detail.metadata.id));
      return impaired.filter(({ detail }) => !over.has(detail.metadata.id));
    },
    async forget(actorId) {
      for (const [key, { entry }] of kept) {
        const { data } = entry.event.detail;
        if ('actor' in data && data.actor.id === actorId) kept.delete(key);
      }
    },
  };
}

/** @param clock - when a decision is added */
export function memoryDecisions(clock: () => EpochMs): DecisionStore {
  const kept = new Map<string, { readonly decision: Decision; readonly addedAt: EpochMs }>();
  return {
    async add(decision) {
      const text = canonical(decision);
      if (!kept.has(text)) kept.set(text, { decision, addedAt: clock() });
    },
    async since(addedAt) {
      const added = [...kept.values()].filter((known) => known.addedAt >= addedAt);
      return added.sort((a, b) => a.addedAt - b.addedAt).map(({ decision }) => decision);
    },
  };
}

export function memoryForgets(): ForgetStore {
  const asked = new Set<string>();
  return {
    async ask(actorId) {
      asked.add(actorId);
    },
    async asked() {
      return [...asked];
    },
    async done(actorIds) {
      for (const actorId of actorIds) asked.delete(actorId);
    },
  };
}

function isAlert(event: OutboxEvent): event is AnomalyEvent {
  return ANOMALY_DETAIL_TYPES.some((type) => type === event['detail-type']);
}

function isImpairment(event: OutboxEvent): event is PipelineImpairedEvent {
  return event['detail-type'] === 'Pipeline Impaired';
}

function isOver({ detail }: PipelineImpairedEvent): boolean {
  return detail.data.until !== undefined;
}

function canonical(decision: Decision): string {
  return JSON.stringify(Object.entries(decision).sort(([a], [b]) => (a < b ? -1 : 1)));
}
