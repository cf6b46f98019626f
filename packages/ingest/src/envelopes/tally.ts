import type { ActivityEvent, ApiEvent, FindingEvent, FlowEvent, FunctionEvent } from '@portcullis/event';
import type { IngestResult, Rejection, RejectReason, SkipReason } from '../outcome.ts';
import { exceeds } from './json.ts';
import type { LogKind } from './log-group-of.ts';

/** Thrown by a tally that is full, to leave whatever depth of packaging the opening is at. */
export class TallyFull extends Error {
  override readonly name = 'TallyFull';
}

const KEPT_RECORD_BYTES = 256 * 1024;
const KEPT_TEXT_CHARS = 8 * 1024;
const KEPT_DEPTH = 100;

/**
 * Counts what one container holds; every outcome passes through here once, so that
 * `read` = events of all sorts + skipped + rejected by construction.
 */
export class Tally {
  readonly events: ActivityEvent[] = [];
  readonly #functionEvents: FunctionEvent[] = [];
  readonly #flowEvents: FlowEvent[] = [];
  readonly #apiEvents: ApiEvent[] = [];
  readonly #findingEvents: FindingEvent[] = [];
  readonly #skipped = new Map<SkipReason, number>();
  readonly #rejected: Rejection[] = [];
  readonly #maxRecords: number;
  #read = 0;
  #holds: LogKind | undefined;
  #partial = false;

  constructor(maxRecords: number) {
    this.#maxRecords = maxRecords;
  }

  get read(): number {
    return this.#read;
  }

  /** Takes only what such a source may hold, while `open` runs; whatever is inside of it may narrow it further. */
  only(holds: LogKind | undefined, open: () => void): void {
    const before = this.#holds;
    this.#holds = before ?? holds;
    open();
    this.#holds = before;
  }

  event(event: ActivityEvent): void {
    if (this.#isForeign('cloudtrail')) return;
    this.#count();
    this.events.push(event);
  }

  functionEvent(event: FunctionEvent): void {
    if (this.#isForeign('function')) return;
    this.#count();
    this.#functionEvents.push(event);
  }

  flow(event: FlowEvent): void {
    if (this.#isForeign('flow')) return;
    this.#count();
    this.#flowEvents.push(event);
  }

  api(event: ApiEvent): void {
    if (this.#isForeign('api')) return;
    this.#count();
    this.#apiEvents.push(event);
  }

  finding(event: FindingEvent): void {
    if (this.#isForeign('finding')) return;
    this.#count();
    this.#findingEvents.push(event);
  }

  skip(reason: SkipReason): void {
    this.#count();
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  /** Keeps the record with its rejection if it is small and shallow enough to be written out again. */
  reject(reason: RejectReason, message: string, position: string, record?: unknown): void {
    this.#count();
    const kept = record === undefined ? undefined : keepable(record);
    this.#rejected.push(
      kept === undefined ? { reason, message, position } : { reason, message, position, record: kept },
    );
  }

  /** The container broke: one rejection, and an unknown number of records is missing. */
  breakOff(reason: RejectReason, message: string, position = ''): void {
    this.#read++;
    this.#partial = true;
    this.#rejected.push({ reason, message, position });
  }

  result(): IngestResult {
    return {
      events: this.events,
      functionEvents: this.#functionEvents,
      flowEvents: this.#flowEvents,
      apiEvents: this.#apiEvents,
      findingEvents: this.#findingEvents,
      read: this.#read,
      skipped: this.#skipped,
      rejected: this.#rejected,
      partial: this.#partial,
    };
  }

  #isForeign(kind: LogKind): boolean {
    if (this.#holds === undefined || this.#holds === kind) return false;
    this.skip('other-log');
    return true;
  }

  #count(): void {
    if (this.#read >= this.#maxRecords) {
      throw new TallyFull(`more than the ${this.#maxRecords} records that limit records allows`);
    }
    this.#read++;
  }
}

function keepable(record: unknown): unknown {
  if (typeof record === 'string') {
    // A slice would hold on to the whole container's text.
    return Buffer.from(record.slice(0, KEPT_TEXT_CHARS)).toString();
  }
  return exceeds(record, KEPT_RECORD_BYTES, KEPT_DEPTH) === undefined ? record : undefined;
}
