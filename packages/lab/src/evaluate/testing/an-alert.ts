import type { AnomalyEvent, Evidence } from '@portcullis/contract';
import { type EpochMs, isoTime } from '@portcullis/event';

export interface AlertSketch {
  readonly episode?: string;
  readonly stage?: 'Detected' | 'Updated' | 'Closed';
  readonly at: EpochMs;
  readonly actor?: string;
  readonly risk?: number;
  readonly eventIds?: readonly string[];
  /** Bits by family. */
  readonly bits?: Partial<Record<Evidence['family'], number>>;
}

/** An alert of which only what is measured matters. */
export function anAlert({
  episode = 'episode',
  stage = 'Detected',
  at,
  actor = 'alice',
  risk = 10,
  eventIds = ['benign'],
  bits = { what: 12 },
}: AlertSketch): AnomalyEvent {
  const families = Object.entries(bits) as [Evidence['family'], number][];
  return {
    version: '0',
    id: `${episode}:1`,
    source: 'portcullis',
    'detail-type': `Anomaly ${stage}`,
    account: '111122223333',
    region: 'eu-west-1',
    time: isoTime(at),
    resources: [],
    detail: {
      metadata: {
        schemaVersion: '1.0',
        id: episode,
        revision: 1,
        idempotencyKey: `${episode}:1`,
        mode: 'replay',
        configVersion: 'test',
        baselineVersion: '1',
        producedAt: isoTime(at),
      },
      data: {
        account: '111122223333',
        region: 'eu-west-1',
        severity: 'HIGH',
        score: 60,
        risk,
        confidence: 'high',
        actor: { id: actor, kind: 'role', name: actor },
        title: `${actor} did something`,
        firstSeen: isoTime(at - 1000),
        lastSeen: isoTime(at - 1000),
        eventCount: eventIds.length,
        eventIds,
        evidence: families.map(([family, bit]) => ({
          detector: `some-${family}`,
          family,
          bits: bit,
          impact: 1,
          contribution: bit,
          observed: 'much',
          usual: 'little',
          reason: 'never',
        })),
        techniques: [],
        attackVersion: '19.1',
        expectedPerWeek: { value: 0.1, low: 0, high: 0.3 },
        baseline: { events: 100, days: 20 },
        latency: { eventToIngestMs: 0, ingestToAlertMs: 0 },
        response: { mode: 'dry-run', plan: [] },
      },
    },
  };
}
