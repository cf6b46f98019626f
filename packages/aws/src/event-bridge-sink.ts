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

/** Puts a signature into an event. */
export type Sign = (event: PortcullisEvent) => Promise<PortcullisEvent>;

/**
 * The bus, on EventBridge. What it refuses is told by position, and stays in the outbox.
 *
 * @param sign - signs what is sent, as it is sent: after its texts were cut, where they had to be
 */
export function eventBridgeSink(eventBridge: EventBridgeClient, bus: string, sign?: Sign): AlertSink {
  return {
    async publish(events) {
      const refused = new Map<number, string>();
      const prepared: Prepared[] = [];
      for (const [index, event] of events.entries()) {
        const fitted = fitDetail(event);
        if (fitted === undefined) {
          refused.set(index, 'the detail is above 200 KB even with its texts cut short');
          continue;
        }
        try {
          const detail = sign ? await signed(event, fitted, sign) : fitted;
          prepared.push(prepare(event, detail, index, bus));
        } catch (error) {
          refused.set(index, `not signed: ${String(error)}`);
        }
      }
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

async function signed(event: PortcullisEvent, detail: string, sign: Sign): Promise<string> {
  const whole: PortcullisEvent = { ...event, detail: JSON.parse(detail) };
  return JSON.stringify((await sign(whole)).detail);
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
