import type { LivePorts } from '@portcullis/pipeline/live';

/** Work that one batch caused, in things that can be counted. */
export interface Work {
  events: number;
  /** Calls of stores: sixteen are under way at a time. */
  calls: number;
  bytesRead: number;
  bytesWritten: number;
}

/** What `score-stream` is deployed with, and what a unit of work takes there: each several times what was measured here. */
const LAMBDA = {
  batchRecords: 500,
  windowMs: 2000,
  callsAtOnce: 16,
  invokeMs: 20,
  /** One vCPU decodes, counts and encodes an event in a tenth of it. */
  eventMs: 0.4,
  /** DynamoDB answers in 5 to 10 ms. */
  callMs: 20,
  /** A page of 1 MB in 100 ms, and as long to write. */
  byteMs: 100 / 1_000_000,
} as const;

export function busyMs({ events, calls, bytesRead, bytesWritten }: Work): number {
  const { invokeMs, eventMs, callMs, callsAtOnce, byteMs } = LAMBDA;
  return invokeMs + events * eventMs + Math.ceil(calls / callsAtOnce) * callMs + (bytesRead + bytesWritten) * byteMs;
}

export const { batchRecords: BATCH_RECORDS, windowMs: WINDOW_MS } = LAMBDA;

/** The ports of a batch, counting what goes through them. */
export function counted<Ports extends Pick<LivePorts, 'segments' | 'evidence'>>(ports: Ports, work: Work): Ports {
  const { segments, evidence } = ports;
  return {
    ...ports,
    segments: {
      ...segments,
      async load(...of) {
        const found = await segments.load(...of);
        work.calls += 1;
        for (const { bytes } of found) work.bytesRead += bytes.length;
        return found;
      },
      async save(key, bytes, expected) {
        work.calls += 1;
        work.bytesWritten += bytes.length;
        return segments.save(key, bytes, expected);
      },
    },
    evidence: {
      ...evidence,
      async put(...of) {
        work.calls += 1;
        return evidence.put(...of);
      },
    },
  };
}
