import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { PortcullisEvent } from '@portcullis/contract';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { anAnomalyEvent } from '../../../test/builders.ts';
import { eventBridgeSink } from './event-bridge-sink.ts';

/** Takes everything, like the bus. */
let server: Server;
let client: EventBridgeClient;
let taken: { readonly Detail: string }[];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { Entries } = JSON.parse(await text(request));
    taken.push(...Entries);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'e' })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  client = new EventBridgeClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
beforeEach(() => {
  taken = [];
});
afterAll(() => {
  client.destroy();
  server.close();
});

it('sends what was signed, and signs what is sent: with its texts cut', async () => {
  const event = anAnomalyEvent();
  const long = { ...event, detail: { ...event.detail, data: { ...event.detail.data, title: 'x'.repeat(300 * 1024) } } };
  let seen: PortcullisEvent | undefined;

  const refused = await eventBridgeSink(client, 'bus', async (one) => {
    seen = one;
    return one;
  }).publish([long]);

  expect(refused.size).toBe(0);
  expect(taken.map(({ Detail }) => JSON.parse(Detail))).toEqual([seen?.detail]);
  expect(taken[0]?.Detail.length).toBeLessThan(200 * 1024);
});

it('keeps back what could not be signed, and sends the rest', async () => {
  const events = [anAnomalyEvent(), anAnomalyEvent()];
  let calls = 0;

  const refused = await eventBridgeSink(client, 'bus', async (event) => {
    if (++calls === 1) throw new Error('throttled');
    return event;
  }).publish(events);

  expect([...refused]).toEqual([[0, 'not signed: Error: throttled']]);
  expect(taken).toHaveLength(1);
});
