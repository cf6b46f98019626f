import { type ApiEvent, epochOf, type FlowEvent, type Network } from '@portcullis/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { observeFlow } from './conversation.ts';
import { observeRequest } from './observe-request.ts';
import { emptyTrafficDelta } from './traffic-delta.ts';
import { mergeTrafficDelta, restoreTrafficDelta, storeTrafficDelta } from './traffic-delta-codec.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const of = { id: '1/interface/eni-1', kind: 'network', account: '1', name: 'eni-1', arn: undefined } as const;

function lookup(address: string): Network {
  return address.startsWith('10.')
    ? { kind: 'private', address, prefix: address }
    : { kind: 'public', address, prefix: `${address}/24`, asn: 64500, owner: 'EXAMPLE', country: 'CH' };
}

const someFlow = fc.record({
  minute: fc.integer({ min: 0, max: 59 }),
  peer: fc.constantFrom('192.0.2.1', '198.51.100.1', '10.0.0.9', '10.0.0.8'),
  port: fc.constantFrom(443, 5432),
  out: fc.boolean(),
  accepted: fc.boolean(),
  bytes: fc.integer({ min: 1, max: 1e9 }),
  interfaceId: fc.constantFrom('eni-1', 'eni-2'),
  direction: fc.constantFrom('ingress' as const, 'egress' as const, undefined),
});

const someRequest = fc.record({
  minute: fc.integer({ min: 0, max: 59 }),
  path: fc.constantFrom('/a', '/b', '/c'),
  status: fc.constantFrom(200, 302, 403, 404, 500),
  sourceIp: fc.constantFrom('192.0.2.1', '198.51.100.1'),
  caller: fc.constantFrom('arn:aws:sts::1:assumed-role/web/session', 'someone', undefined),
  integrationRequestId: fc.constantFrom('run-1', 'run-2', undefined),
});

type Line = FlowEvent | ApiEvent;

const someLine = fc.oneof(
  someFlow.map(({ minute, peer, port, out, ...rest }) => {
    const [mine, theirs] = [
      { address: '10.0.0.1', port: 40_000 },
      { address: peer, port },
    ];
    const flow = {
      source: 'vpc-flow',
      time: AT + minute * 60_000,
      end: AT + minute * 60_000 + 59_000,
      ...rest,
    } as const;
    const none = { tcpFlags: undefined, vpcId: undefined, subnetId: undefined, instanceId: undefined };
    return (id: string): Line => ({
      ...flow,
      ...none,
      ...{ id, account: '1', protocol: 6, packets: 3, from: out ? mine : theirs, to: out ? theirs : mine },
    });
  }),
  someRequest.map(
    ({ minute, ...rest }) =>
      (id: string): Line => ({
        ...{ source: 'api-gateway', id, time: AT + minute * 60_000, account: '1', apiId: 'api', stage: 'prod' },
        ...{ route: `GET ${rest.path}`, userAgent: 'curl/8', apiKeyId: undefined, authorizerError: undefined },
        ...{ responseBytes: 1, latencyMs: 1, ...rest },
      }),
  ),
);

function deltaOf(lines: readonly Line[]) {
  const delta = emptyTrafficDelta(of, epochOf(AT));
  for (const line of lines) {
    if (line.source === 'vpc-flow') observeFlow(delta, line, lookup);
    else observeRequest(delta, line, lookup);
  }
  return delta;
}

it('what parts of an hour say, stored, restored and joined in any order, is what the whole says', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someLine, fc.nat(2)), { minLength: 1, maxLength: 40 }), (made) => {
      const lines = made.map(([make], at) => make(`line-${at}`));
      const parts = [2, 0, 1].map((part) => lines.filter((_, at) => made[at]?.[1] === part));
      const joined = emptyTrafficDelta(of, epochOf(AT));
      for (const part of parts.filter(({ length }) => length > 0)) {
        mergeTrafficDelta(joined, restoreTrafficDelta(JSON.parse(JSON.stringify(storeTrafficDelta(deltaOf(part))))));
      }

      expect(storeTrafficDelta(joined)).toEqual(storeTrafficDelta(deltaOf(lines)));
    }),
  );
});

it('refuses what a later release stored, and what is damaged', () => {
  const stored = storeTrafficDelta(deltaOf([]));
  expect(() => restoreTrafficDelta({ ...stored, version: 2 })).toThrow('version 2');
  expect(() => restoreTrafficDelta({ ...stored, sample: [[0, 1]] })).toThrow('no entry 0');
});
