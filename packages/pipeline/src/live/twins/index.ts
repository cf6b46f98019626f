export { type MemoryAlerts, memoryAlerts, memoryDecisions, memoryForgets } from './memory-alerts.ts';
export { type MemoryBaselines, memoryBaselines } from './memory-baselines.ts';
export {
  type MemoryIncrements,
  type MemoryRejects,
  type MemorySink,
  memoryEvidence,
  memoryIncrements,
  memoryRejects,
  memorySink,
} from './memory-outputs.ts';
export { type MemoryOptions, type MemoryPorts, memoryPorts } from './memory-ports.ts';
export { memoryLeases, memoryProgress, memoryRouting } from './memory-progress.ts';
export { type MemorySegments, memorySegments } from './memory-segments.ts';
export { memorySnapshots } from './memory-snapshots.ts';
export { type MemoryStream, memoryStream, type Shard, type ShardRecord } from './memory-stream.ts';
