import { parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { lookupWithoutData } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import type { LogSource } from './log-source.ts';
import type { PipelineState } from './pipeline-state.ts';
import { replay } from './replay.ts';
import { decodeState, encodeState } from './state-codec.ts';

const START = Date.UTC(2026, 2, 2);
const DAYS = 14;
const ACCOUNT = '111122223333';
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
/** The hour in which something happens. */
const THEN = START + (DAYS - 1) * DAY_MS + 10 * HOUR_MS;

interface Flow {
  readonly minute: number;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly bytes?: number;
  readonly action?: string;
}

/** Lines of version 2 of one interface, both ways of each connection. */
function flowLines(at: EpochMs, eni: string, flows: readonly Flow[]): readonly string[] {
  return flows.flatMap(({ minute, from, to, port, bytes = 4000, action = 'ACCEPT' }, index) => {
    const start = (at + minute * MINUTE_MS) / 1000;
    const [client, end] = [40_000 + index, start + 60];
    const there = `2 ${ACCOUNT} ${eni} ${from} ${to} ${client} ${port} 6 10 ${bytes} ${start} ${end} ${action} OK`;
    const back = `2 ${ACCOUNT} ${eni} ${to} ${from} ${port} ${client} 6 10 3000 ${start} ${end} ${action} OK`;
    return action === 'ACCEPT' ? [there, back] : [there];
  });
}

const ordinaryFlows: readonly Flow[] = [3, 17, 18, 40, 55].flatMap((minute) => [
  { minute, from: '10.0.1.5', to: '198.51.100.7', port: 443 },
  { minute, from: '10.0.1.5', to: '10.0.2.9', port: 5432 },
  { minute, from: '10.0.9.1', to: '10.0.1.5', port: 8080 },
]);

interface Asked {
  readonly path?: string;
  readonly status?: number;
  readonly caller?: string;
  readonly ip?: string;
}

function requestLines(at: EpochMs, asked: readonly Asked[]): readonly string[] {
  return asked.map(({ path = '/orders/1', status = 200, caller = 'shop', ip = '198.51.100.20' }, index) =>
    JSON.stringify({
      requestId: `${at}-${index}`,
      requestTimeEpoch: at + index * 1000,
      accountId: ACCOUNT,
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      httpMethod: 'GET',
      routeKey: 'GET /orders/{id}',
      path,
      status,
      sourceIp: ip,
      userAgent: 'shop/1.2',
      principalId: caller,
      integrationRequestId: `run-${at}-${index}`,
    }),
  );
}

const ordinaryRequests: readonly Asked[] = Array.from({ length: 20 }, (_, index) => ({ path: `/orders/${index % 6}` }));

interface World {
  readonly flows?: readonly Flow[];
  readonly asked?: readonly Asked[];
  readonly ownInterface?: string;
}

/** From a time to another, every hour alike, but for the one in which something happens. */
async function* logs({ flows = [], asked = [] }: World, from: EpochMs, until: EpochMs, reversed = false): LogSource {
  for (let at = from; at < until; at += HOUR_MS) {
    const here = at === THEN;
    const lines = [
      ...flowLines(at, 'eni-00000000000000001', [...ordinaryFlows, ...(here ? flows : [])]),
      // Others of the account, alike
      ...['2', '3'].flatMap((n) => flowLines(at, `eni-0000000000000000${n}`, ordinaryFlows)),
    ];
    const requests = requestLines(at, [...ordinaryRequests, ...(here ? asked : [])]);
    const inOrder = (all: readonly string[]) => Buffer.from((reversed ? all.toReversed() : all).join('\n'));
    yield { name: 'flows', bytes: inOrder(lines), precedingLines: 0, laterStartsAt: at };
    yield { name: 'api', bytes: inOrder(requests), precedingLines: 0, laterStartsAt: at + HOUR_MS };
  }
}

async function judged(source: LogSource, state?: PipelineState, owners: Readonly<Record<string, string>> = {}) {
  const alerts: AnomalyEvent[] = [];
  const outcome = await replay(source, {
    settings: parseSettings({ network: { owners } }, 'test'),
    network: lookupWithoutData,
    alertAfter: THEN,
    state,
    onAlert: (event) => alerts.push(event),
    onReject: () => {},
  });
  const evidence = [...outcome.state.episodes.values()].flatMap((episode) =>
    episode.evidence.filter(({ last }) => last >= THEN).map((one) => ({ ...one, actor: episode.actor.id })),
  );
  return { outcome, alerts, evidence };
}

/** Everything up to the hour, once for all: with interfaces known by themselves, and by their function. */
const learned = new Map<boolean, Promise<Uint8Array>>();

async function run(world: World, { owned = false, reversed = false } = {}) {
  const owners: Readonly<Record<string, string>> = owned ? { 'eni-00000000000000001': FUNCTION } : {};
  const before =
    learned.get(owned) ??
    judged(logs({}, START, THEN), undefined, owners).then(({ outcome }) => encodeState(outcome.state));
  learned.set(owned, before);
  return judged(logs(world, THEN, THEN + 2 * HOUR_MS, reversed), decodeState(await before), owners);
}

const to = (address: string, minute: number, more: Partial<Flow> = {}): Flow => ({
  minute,
  from: '10.0.1.5',
  to: address,
  port: 443,
  ...more,
});

describe('what networks and APIs tell', () => {
  it.each([
    { days: 99, parties: 2, why: 'a quarter is over' },
    { days: 101, parties: 1, why: 'nobody has heard of it for long' },
  ])('remembers an interface that is gone: $parties known after $days days ($why)', async ({ days, parties }) => {
    async function* apart(): LogSource {
      for (const [eni, at] of [
        ['eni-00000000000000001', START],
        ['eni-00000000000000002', START + days * DAY_MS],
      ] as const) {
        const bytes = Buffer.from(flowLines(at, eni, ordinaryFlows).join('\n'));
        yield { name: eni, bytes, precedingLines: 0, laterStartsAt: at };
      }
    }

    expect((await judged(apart())).outcome.parties).toBe(parties);
  });

  it('says nothing of what goes on as ever, and accounts for every line', async () => {
    const { outcome, evidence } = await run({});

    expect(evidence).toEqual([]);
    expect(outcome.read).toBe(outcome.unique + outcome.duplicates);
    expect(outcome.parties).toBe(4);
  });

  it.each([
    { flows: [to('203.0.113.9', 5)], detector: 'new-peer', why: 'a network never connected to' },
    { flows: [to('198.51.100.7', 5, { port: 22 })], detector: 'new-peer', why: 'a port never connected to' },
    { flows: [to('198.51.100.7', 5, { bytes: 900_000_000 })], detector: 'egress-volume', why: 'much leaves' },
    {
      flows: Array.from({ length: 60 }, (_, host) => to(`10.0.3.${host}`, 5, { port: 445 })),
      detector: 'internal-fan-out',
      why: 'one that goes from host to host',
    },
    {
      flows: Array.from({ length: 200 }, (_, host) => to(`10.0.3.${host}`, 5, { port: 445, action: 'REJECT' })),
      detector: 'rejected-flows',
      why: 'doors that are tried',
    },
    {
      flows: [2, 9, 16, 23, 30, 37, 44, 51].map((minute) => to('203.0.113.9', minute)),
      detector: 'beaconing',
      why: 'contacts by the clock',
    },
  ])('$detector finds $why, and only that one party', async ({ flows, detector }) => {
    const { evidence } = await run({ flows });

    expect(evidence.map((one) => one.detector)).toContain(detector);
    expect(new Set(evidence.map(({ actor }) => actor))).toEqual(
      new Set([`${ACCOUNT}/interface/eni-00000000000000001`]),
    );
  });

  it('leaves strangers alone that knock from the internet', async () => {
    const knocks = Array.from({ length: 300 }, (_, index) => ({
      minute: index % 60,
      from: `203.0.113.${index % 250}`,
      to: '10.0.1.5',
      port: 20 + index,
      action: 'REJECT',
    }));

    expect((await run({ flows: knocks })).evidence).toEqual([]);
  });

  it.each([
    { asked: [{ caller: 'stranger' }], detector: 'new-caller', why: 'a caller never answered' },
    { asked: [{ ip: '203.0.113.77' }], detector: 'credential-misuse', why: 'a known caller from elsewhere' },
    { asked: [{ caller: '-' }], detector: 'unauthenticated-route', why: 'a stranger that is answered' },
    {
      asked: Array.from({ length: 300 }, (_, id) => ({ path: `/orders/${id}` })),
      detector: 'path-enumeration',
      why: 'one that counts up',
    },
    {
      asked: Array.from({ length: 200 }, () => ({ status: 403, caller: '-', ip: '203.0.113.5' })),
      detector: 'status-mix',
      why: 'many that are refused',
    },
  ])('$detector finds $why', async ({ asked, detector }) => {
    const { evidence } = await run({ asked });

    expect(evidence.map((one) => one.detector)).toContain(detector);
    expect(new Set(evidence.map(({ actor }) => actor))).toEqual(new Set([`${ACCOUNT}/api/a1b2c3d4e5/prod`]));
  });

  const world: World = {
    flows: [to('203.0.113.9', 5, { bytes: 900_000_000, port: 22 }), ...[1, 2, 3].map((n) => to(`10.0.3.${n}`, n))],
    asked: [{ caller: '-' }, { caller: 'stranger' }],
  };

  it('says the same for any order of the lines', async () => {
    const [one, other] = [await run(world), await run(world, { reversed: true })];

    expect(one.alerts.length).toBeGreaterThan(0);
    expect(other.evidence).toEqual(one.evidence);
    expect(encodeState(other.outcome.state)).toEqual(encodeState(one.outcome.state));
  });

  it('is saved and read back as it was', async () => {
    const { state } = (await run(world)).outcome;
    const bytes = encodeState(state);

    expect(encodeState(decodeState(bytes))).toEqual(bytes);
  });

  it('joins the episode of the function that owns the interface', async () => {
    const { evidence } = await run(world, { owned: true });

    expect(evidence.map(({ actor }) => actor)).toContain(`${ACCOUNT}/function/${FUNCTION}`);
  });
});
