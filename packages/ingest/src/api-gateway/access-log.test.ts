import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createIngest } from '../ingest.ts';
import { json, kinesisEvent, logsData, RECORDS, utf8 } from '../testing/containers.ts';
import { API_ACCESS } from '../testing/edge-logs.ts';

const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });
const opened = (bytes: Buffer) => createIngest({ network }).container(bytes);
const [HTTP = {}, REST = {}] = API_ACCESS;
const lines = utf8(API_ACCESS.map((log) => `${JSON.stringify(log)}\n`).join(''));

describe('access logs of APIs', () => {
  it('are read as an HTTP and as a REST API write them', () => {
    const [http, rest] = opened(lines).apiEvents;

    expect(http).toEqual({
      source: 'api-gateway',
      id: 'JKJaXmPLvHcESHA=',
      time: 1772442900123,
      account: '123456789012',
      apiId: 'a1b2c3d4e5',
      stage: '$default',
      route: 'GET /orders/{id}',
      path: '/orders/17',
      status: 200,
      sourceIp: '203.0.113.9',
      userAgent: 'curl/8.5.0',
      caller: 'arn:aws:sts::123456789012:assumed-role/web/session',
      apiKeyId: undefined,
      authorizerError: undefined,
      responseBytes: 812,
      latencyMs: 34,
      integrationRequestId: '8286a188-ba32-4475-8077-530cd35c09a9',
    });
    expect(rest).toMatchObject({ route: 'POST /pay', status: 403, caller: undefined, apiKeyId: 'abc', userAgent: '' });
  });

  it.each([
    {
      bytes: json(
        logsData(
          API_ACCESS.map((log) => JSON.stringify(log)),
          'api',
        ),
      ),
      why: 'lines of a log group',
    },
    { bytes: json(kinesisEvent([lines])), why: 'a stream' },
    { bytes: json([...API_ACCESS]), why: 'a list' },
  ])('come in $why', ({ bytes }) => {
    expect(opened(bytes).apiEvents).toEqual(opened(lines).apiEvents);
  });

  it.each([
    { log: { ...HTTP, requestTimeEpoch: undefined }, reason: 'missing-event-time' },
    { log: { ...HTTP, requestTimeEpoch: '-' }, reason: 'missing-event-time' },
    { log: { ...HTTP, requestTimeEpoch: 'noon' }, reason: 'invalid-event-time' },
    { log: { ...HTTP, status: '-' }, reason: 'invalid-access-log' },
    { log: { ...HTTP, requestId: '-' }, reason: 'invalid-access-log' },
  ])('are rejected with their position: $reason', ({ log, reason }) => {
    expect(opened(json([REST, log])).rejected).toMatchObject([{ reason, position: '[1]' }]);
  });

  it('are never taken for CloudTrail records, nor these for them', () => {
    expect(opened(json(RECORDS)).apiEvents).toEqual([]);
    expect(opened(lines).events).toEqual([]);
  });

  it('have the format that docs/api-gateway.md gives', () => {
    const doc = readFileSync(new URL('../../../../docs/api-gateway.md', import.meta.url), 'utf8');
    const formats = [...doc.matchAll(/^\{"requestId".*\}$/gm)].map(([format]) => JSON.parse(format));

    expect(formats).toHaveLength(2);
    for (const format of formats) {
      const written = Object.fromEntries(Object.keys(format).map((name) => [name, { ...HTTP, ...REST }[name] ?? '-']));
      expect(opened(json([written])).apiEvents).toHaveLength(1);
      for (const value of Object.values(format)) expect(value).toMatch(/^\$context\.[A-Za-z.]+$/);
    }
  });
});
