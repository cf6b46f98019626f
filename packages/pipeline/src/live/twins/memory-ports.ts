import type { EpochMs } from '@portcullis/event';
import type { LivePorts } from '../ports.ts';
import { type MemoryAlerts, memoryAlerts, memoryDecisions, memoryForgets } from './memory-alerts.ts';
import { type MemoryBaselines, memoryBaselines } from './memory-baselines.ts';
import {
  type MemoryIncrements,
  type MemoryRejects,
  type MemorySink,
  memoryEvidence,
  memoryIncrements,
  memoryRejects,
  memorySink,
} from './memory-outputs.ts';
import { memoryLeases, memoryProgress, memoryRouting } from './memory-progress.ts';
import { type MemorySegments, memorySegments } from './memory-segments.ts';
import { memorySnapshots } from './memory-snapshots.ts';
import { type MemoryStream, memoryStream } from './memory-stream.ts';

/** All ports in memory, with a view from behind for tests. */
export interface MemoryPorts extends LivePorts {
  readonly stream: MemoryStream;
  readonly segments: MemorySegments;
  readonly baselines: MemoryBaselines;
  readonly alerts: MemoryAlerts;
  readonly sink: MemorySink;
  readonly rejects: MemoryRejects;
  readonly increments: MemoryIncrements;
}

export interface MemoryOptions {
  readonly shards?: number;
  readonly maxRecordBytes?: number;
  readonly maxSegmentBytes?: number;
  /** When decisions are added. */
  clock?(): EpochMs;
}

/** The live lane's world in memory: what adapters do on AWS, without throttling, delay or loss. */
export function memoryPorts({
  shards,
  maxRecordBytes,
  maxSegmentBytes,
  clock = () => 0,
}: MemoryOptions = {}): MemoryPorts {
  return {
    stream: memoryStream(shards, maxRecordBytes),
    segments: memorySegments(maxSegmentBytes),
    baselines: memoryBaselines(),
    snapshots: memorySnapshots(),
    alerts: memoryAlerts(),
    decisions: memoryDecisions(clock),
    sink: memorySink(),
    evidence: memoryEvidence(),
    rejects: memoryRejects(),
    progress: memoryProgress(),
    routing: memoryRouting(),
    increments: memoryIncrements(),
    leases: memoryLeases(),
    forgets: memoryForgets(),
  };
}
