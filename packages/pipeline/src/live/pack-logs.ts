import { createHash } from 'node:crypto';
import {
  emptyFunctionDelta,
  emptyTrafficDelta,
  observeFlow,
  observeFunction,
  observeRequest,
} from '@portcullis/baseline';
import {
  type ApiEvent,
  type EpochIndex,
  epochOf,
  type FlowEvent,
  type FunctionEvent,
  type NetworkLookup,
} from '@portcullis/event';
import type { IngestResult } from '@portcullis/ingest';
import { EventHashes, hashEvent } from '../event-hashes.ts';
import { type InterfaceOwners, partyOfFlow, partyOfRequest } from '../traffic-party.ts';
import { encodeActivity } from './activity-codec.ts';
import { type LogPiece, type OpenLog, segmentIdOf, storeLog } from './open-log.ts';

/** What reading other logs than CloudTrail's takes. */
export interface LogReading {
  readonly network: NetworkLookup;
  /** ARNs of what owns interfaces. */
  readonly owners: InterfaceOwners;
  /** Where what is read runs, for logs that do not tell. */
  readonly region: string;
}

export type LogEvent = FunctionEvent | FlowEvent | ApiEvent;

/** A record of the activity stream that holds pieces, before it has a place in the stream. */
interface PackedLogs {
  readonly segmentId: string;
  readonly data: Uint8Array;
  /** Containers that the pieces are of, by their place in what was given. */
  readonly containers: ReadonlySet<number>;
}

export interface LogsPacked {
  readonly records: readonly PackedLogs[];
  /** Lines that no record of the stream can hold. */
  readonly tooLarge: readonly { readonly container: number; readonly event: LogEvent; readonly bytes: number }[];
}

type LogLines = Pick<IngestResult, 'functionEvents' | 'flowEvents' | 'apiEvents'>;

export interface LogContainerRead {
  readonly bytes: Uint8Array;
  readonly result: LogLines;
}

/** Events of all sources but CloudTrail. */
export function logEventsOf({ functionEvents, flowEvents, apiEvents }: LogLines): readonly LogEvent[] {
  return [...functionEvents, ...flowEvents, ...apiEvents];
}

/**
 * Counts up what containers say of functions and parties, by hour, each container for itself: delivered again it makes the same
 * pieces, whatever comes along with it. Pieces of one hour share records of the stream, as many as fit.
 */
export function packLogs(
  containers: readonly LogContainerRead[],
  reading: LogReading,
  replay: string | undefined,
  maxBytes: number,
): LogsPacked {
  const tooLarge: LogsPacked['tooLarge'][number][] = [];
  const hours = new Map<string, SizedPiece[]>();
  containers.forEach(({ bytes, result }, container) => {
    const hoursHere = byHour(logEventsOf(result), reading);
    if (hoursHere.size === 0) return;
    const name = createHash('sha256').update(bytes).digest('base64');
    for (const [key, hour] of hoursHere) {
      const pieces = hours.get(key) ?? [];
      hours.set(key, pieces);
      for (const sized of piecesOf(hour, name, 0)) pieces.push({ ...sized, container });
    }

    function piecesOf(hour: LogHour, of: string, from: number): readonly Omit<SizedPiece, 'container'>[] {
      const piece = pieceOf(hour, of, from, reading);
      const size = recordOf(hour, [piece], replay).length;
      if (size <= maxBytes) return [{ hour, piece, size }];
      const [first, ...others] = hour.lines;
      if (first === undefined || others.length === 0) {
        if (first !== undefined) tooLarge.push({ container, event: first.event, bytes: size });
        return [];
      }
      const half = Math.ceil(hour.lines.length / 2);
      return [
        ...piecesOf({ ...hour, lines: hour.lines.slice(0, half) }, of, from),
        ...piecesOf({ ...hour, lines: hour.lines.slice(half) }, of, from + half),
      ];
    }
  });
  return { records: [...hours.values()].flatMap((pieces) => inRecords(pieces, replay, maxBytes)), tooLarge };
}

interface LogHour {
  readonly segmentId: string;
  readonly epoch: EpochIndex;
  readonly lines: readonly { readonly event: LogEvent; readonly rank: number }[];
}

interface SizedPiece {
  readonly hour: Pick<LogHour, 'segmentId' | 'epoch'>;
  readonly piece: LogPiece;
  /** Of a record with nothing else. */
  readonly size: number;
  readonly container: number;
}

/** Each line once, by whom it is about and its hour; ranked as a replay ranks them. */
function byHour(events: readonly LogEvent[], reading: LogReading): ReadonlyMap<string, LogHour> {
  const seen = new EventHashes();
  const hash = new Int32Array(2);
  const hours = new Map<string, { segmentId: string; epoch: EpochIndex; lines: { event: LogEvent; rank: number }[] }>();
  for (const event of events) {
    hashEvent(hash, ownerOf(event), event.id);
    const [rank = 0, high = 0] = hash;
    if (!seen.add(rank, high)) continue;
    const epoch = epochOf(event.time);
    const segmentId =
      event.source === 'lambda'
        ? segmentIdOf('function', event.of.id)
        : segmentIdOf('traffic', partyOf(event, reading).id);
    const key = `${epoch} ${segmentId}`;
    const hour = hours.get(key) ?? { segmentId, epoch, lines: [] };
    hours.set(key, hour);
    hour.lines.push({ event, rank });
  }
  return hours;
}

/** What an event's id belongs to. */
function ownerOf(event: LogEvent): string {
  switch (event.source) {
    case 'lambda':
      return event.of.id;
    case 'vpc-flow':
      return event.interfaceId;
    case 'api-gateway':
      return event.apiId;
    default:
      return event satisfies never;
  }
}

function partyOf(event: FlowEvent | ApiEvent, { owners }: LogReading) {
  return event.source === 'vpc-flow' ? partyOfFlow(event, owners) : partyOfRequest(event);
}

function pieceOf({ segmentId, epoch, lines }: LogHour, container: string, from: number, reading: LogReading): LogPiece {
  const hash = new Int32Array(2);
  hashEvent(hash, container, `${segmentId} ${epoch} ${from} ${lines.length}`);
  let log: OpenLog | undefined;
  for (const { event, rank } of lines) {
    log ??= emptyLog(event, epoch, reading);
    if (event.source === 'lambda') {
      if (log.source === 'function') observeFunction(log.delta, event, rank);
    } else if (log.source === 'traffic') {
      if (event.source === 'vpc-flow') observeFlow(log.delta, event, reading.network, rank);
      else observeRequest(log.delta, event, reading.network, rank);
    }
  }
  if (log === undefined) throw new RangeError('a piece of no lines');
  return { hash: [hash[0] ?? 0, hash[1] ?? 0], lines: lines.length, log: storeLog(log) };
}

function emptyLog(event: LogEvent, epoch: EpochIndex, reading: LogReading): OpenLog {
  return event.source === 'lambda'
    ? { source: 'function', delta: emptyFunctionDelta(event.of, epoch) }
    : { source: 'traffic', delta: emptyTrafficDelta(partyOf(event, reading), epoch) };
}

/** Deflated together pieces take no more than one by one. */
function inRecords(pieces: readonly SizedPiece[], replay: string | undefined, maxBytes: number): readonly PackedLogs[] {
  const records: PackedLogs[] = [];
  let open: SizedPiece[] = [];
  let size = 0;
  const flush = () => {
    const [first] = open;
    if (first === undefined) return;
    const data = recordOf(
      first.hour,
      open.map(({ piece }) => piece),
      replay,
    );
    records.push({
      segmentId: first.hour.segmentId,
      data,
      containers: new Set(open.map(({ container }) => container)),
    });
    open = [];
    size = 0;
  };
  for (const piece of pieces) {
    if (size + piece.size > maxBytes) flush();
    open.push(piece);
    size += piece.size;
  }
  flush();
  return records;
}

function recordOf(
  { segmentId, epoch }: Pick<LogHour, 'segmentId' | 'epoch'>,
  pieces: readonly LogPiece[],
  replay: string | undefined,
): Uint8Array {
  return encodeActivity({ kind: 'logs', segmentId, epoch, pieces, replay });
}
