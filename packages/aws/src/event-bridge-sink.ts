import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PortcullisEvent } from '@portcullis/contract';
import type { AlertSink } from '@portcullis/pipeline/live';
import { fitDetail } from './fit-detail.ts';

/** Limits of PutEvents: entries, and bytes of all of them; older regions and emulators take a quarter of today's 1 MiB. */
const ENTRIES_PER_REQUEST = 10;
const BYTES_PER_REQUEST = 256 * 1024;
/** As EventBridge counts it. */
const TIME_BYTES = 14;

interface Prepared {
  readonly index: number;
  readonly entry: PutEventsRequestEntry;
  readonly bytes: number;
}

/** The bus, on EventBridge. What it refuses is told by position, and stays in the outbox. */
export function eventBridgeSink(eventBridge: EventBridgeClient, bus: string): AlertSink {
  return {
    async publish(events) {
      const refused = new Map<number, string>();
      const prepared = events.flatMap((event, index) => {
        const detail = fitDetail(event);
        if (detail === undefined) refused.set(index, 'the detail is above 200 KB even with its texts cut short');
        return detail === undefined ? [] : [prepare(event, detail, index, bus)];
      });
      for (const request of requests(prepared)) {
        const { Entries = [] } = await eventBridge.send(
          new PutEventsCommand({ Entries: request.map(({ entry }) => entry) }),
        );
        for (const [at, { index }] of request.entries()) {
          const answer = Entries[at];
          if (answer?.EventId === undefined) {
            refused.set(index, `${answer?.ErrorCode ?? 'no answer'}: ${answer?.ErrorMessage ?? 'the bus gave none'}`);
          }
        }
      }
      return refused;
    },
  };
}

function prepare(event: PortcullisEvent, detail: string, index: number, bus: string): Prepared {
  const entry = {
    EventBusName: bus,
    Source: event.source,
    DetailType: event['detail-type'],
    Detail: detail,
    Resources: [...event.resources],
    Time: new Date(event.time),
  };
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...entry.Resources];
  return { index, entry, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), TIME_BYTES) };
}

function requests(prepared: readonly Prepared[]): readonly (readonly Prepared[])[] {
  const all: Prepared[][] = [];
  let bytes = 0;
  for (const one of prepared) {
    const current = all.at(-1);
    if (current === undefined || current.length === ENTRIES_PER_REQUEST || bytes + one.bytes > BYTES_PER_REQUEST) {
      all.push([one]);
      bytes = one.bytes;
    } else {
      current.push(one);
      bytes += one.bytes;
    }
  }
  return all;
}
