import { parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { parseAlert } from '@portcullis/contract';
import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { lookupWithoutData } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import type { LogSource } from './log-source.ts';
import { replay } from './replay.ts';
import { decodeState, encodeState } from './state-codec.ts';

const START = Date.UTC(2026, 2, 2);
const DAYS = 12;
const ACCOUNT = '111122223333';
/** The hour in which something happens. */
const THEN = START + (DAYS - 1) * DAY_MS + 10 * HOUR_MS;

/** How a function goes about in one hour; nothing where it is quiet. */
interface Hour {
  readonly runs: number;
  readonly durationMs: number;
  readonly memoryMb: number;
  readonly lines: number;
  readonly status: string;
}

const ORDINARY: Hour = { runs: 8, durationMs: 100, memoryMb: 80, lines: 2, status: 'success' };

/** Varies by the hour, the same each time. */
function jitter(at: EpochMs, least: number, most: number): number {
  const step = ((at / HOUR_MS) * 2654435761) % 1000;
  return least + ((most - least) * step) / 1000;
}

type Life = (at: EpochMs) => Partial<Hour> | undefined;

/** Logs of functions by the hour, as a subscription delivers them. */
function logsOf(lives: Readonly<Record<string, Life>>): readonly (readonly [EpochMs, object])[] {
  const hours = Array.from({ length: DAYS * 24 }, (_, hour) => START + hour * HOUR_MS);
  return hours.flatMap((at) =>
    Object.entries(lives).flatMap(([name, life]) => {
      const lived = life(at);
      if (lived === undefined) return [];
      const hour = { ...ORDINARY, ...lived };
      const runs = Math.round(hour.runs * jitter(at, 0.7, 1.3));
      const logEvents = Array.from({ length: runs }, (_, run) => linesOf(at, run, hour)).flat();
      return [[at, data(name, at, logEvents)] as const];
    }),
  );
}

function linesOf(at: EpochMs, run: number, { durationMs, memoryMb, lines, status }: Hour): readonly object[] {
  const requestId = `00000000-0000-4000-8000-${String(run).padStart(12, '0')}`;
  const spent = durationMs * jitter(at + run * HOUR_MS, 0.8, 1.25);
  const metrics = {
    durationMs: spent,
    billedDurationMs: Math.ceil(spent),
    memorySizeMB: 512,
    maxMemoryUsedMB: memoryMb,
  };
  const record = JSON.stringify({ type: 'platform.report', record: { requestId, status, metrics } });
  const messages = [...Array.from({ length: lines }, () => '{"level":"INFO"}'), record];
  return messages.map((message, line) => ({ id: `${at}-${run}-${line}`, timestamp: at + run * 1000, message }));
}

function data(name: string, at: EpochMs, logEvents: readonly object[]): object {
  return {
    messageType: 'DATA_MESSAGE',
    owner: ACCOUNT,
    logGroup: `/aws/lambda/${name}`,
    logStream: `2026/03/02/[$LATEST]${String(at).padStart(32, '0').slice(-32)}`,
    logEvents,
  };
}

async function* source(containers: readonly (readonly [EpochMs, object])[]): LogSource {
  for (const [index, [, value]] of containers.entries()) {
    const laterStartsAt = containers[index + 1]?.[0];
    yield { name: 'logs', bytes: Buffer.from(JSON.stringify(value)), precedingLines: 0, laterStartsAt };
  }
}

const settings = parseSettings({ functions: { region: 'eu-west-1' }, alerts: { allowanceBits: 3.5 } }, 'test');

async function run(containers: readonly (readonly [EpochMs, object])[], alertAfter = START + 9 * DAY_MS) {
  const alerts: AnomalyEvent[] = [];
  const outcome = await replay(source(containers), {
    settings,
    network: lookupWithoutData,
    alertAfter,
    onAlert: (event) => alerts.push(event),
    onReject: () => {},
  });
  // Evidence, whether or not it was enough to tell
  const evidence = [...outcome.state.episodes.values()].flatMap((episode) =>
    episode.evidence.filter(({ last }) => last >= alertAfter).map((one) => ({ ...one, actor: episode.actor })),
  );
  return { outcome, alerts, evidence };
}

const steady: Life = () => ({});

describe('functions by their own logs', () => {
  it.each([
    {
      life: (at: EpochMs) => (at === THEN ? { runs: 400 } : {}),
      detector: 'invocation-rate',
      observed: /in one hour: \$\d|less than/,
      why: 'far more runs',
    },
    {
      life: (at: EpochMs) => (at < START + 2 * DAY_MS || at >= THEN ? { runs: 40 } : undefined),
      detector: 'invocation-rate',
      observed: /days of silence/,
      why: 'awake after quiet days',
    },
    {
      life: (at: EpochMs) => (at >= THEN ? { durationMs: 5000 } : {}),
      detector: 'invocation-length',
      observed: /running time|billed/,
      why: 'runs fifty times as long',
    },
    {
      life: (at: EpochMs) => (at >= THEN ? { memoryMb: 480 } : {}),
      detector: 'invocation-length',
      observed: /largest memory/,
      why: 'holds six times the memory',
    },
    {
      life: (at: EpochMs) => (at === THEN ? { status: 'timeout' } : {}),
      detector: 'invocation-errors',
      observed: /timed out/,
      why: 'times out',
    },
    {
      life: (at: EpochMs) => (at >= THEN ? { lines: 0 } : {}),
      detector: 'function-silence',
      observed: /without a line/,
      why: 'writes nothing any more',
    },
    {
      life: (at: EpochMs) => (at < THEN ? {} : undefined),
      detector: 'function-silence',
      observed: /nothing for/,
      why: 'is heard of no more',
    },
  ])('finds one that $why', async ({ life, detector, observed }) => {
    const { evidence } = await run(logsOf({ orders: life, other: steady }));

    const found = evidence.filter((one) => one.actor.name === 'orders');
    expect(found.map((one) => one.detector)).toContain(detector);
    expect(found.find((one) => one.detector === detector)?.observed).toMatch(observed);
    expect(evidence.filter((one) => one.actor.name === 'other')).toEqual([]);
  });

  it('leaves ordinary ones alone: busy by day, and with a burst each morning', async () => {
    const office: Life = (at) => (new Date(at).getUTCHours() >= 8 ? {} : undefined);
    const mornings: Life = (at) => ({ runs: new Date(at).getUTCHours() === 6 ? 60 : 4 });

    const { evidence, outcome } = await run(logsOf({ office, mornings, steady }));

    expect(evidence).toEqual([]);
    expect(outcome.functions).toBe(3);
  });

  it('tells of it under the function that CloudTrail knows, by the contract', async () => {
    const wild: Life = (at) => (at >= THEN ? { runs: 900, durationMs: 9000, memoryMb: 500, lines: 0 } : {});

    const { alerts, evidence } = await run(logsOf({ orders: wild, other: steady }));

    expect(evidence[0]?.actor).toMatchObject({
      id: `${ACCOUNT}/function/arn:aws:lambda:eu-west-1:${ACCOUNT}:function:orders`,
      kind: 'function',
    });
    for (const alert of alerts) expect(parseAlert(alert)).toEqual(alert);
    expect(alerts.map(({ detail }) => detail.data.title).join()).toContain('Function orders');
  });

  it('counts every line once, and the same in any order and however often delivered', async () => {
    const logs = logsOf({ orders: (at) => (at === THEN ? { runs: 400 } : {}), other: steady });
    const once = await run(logs);
    const twice = await run(logs.flatMap((container) => [container, container]));
    const backwards = await run(
      logs.map(
        ([at, value]) =>
          [at, { ...value, logEvents: [...(value as { logEvents: object[] }).logEvents].reverse() }] as const,
      ),
    );

    expect(once.outcome).toMatchObject({ duplicates: 0, late: 0, rejected: {}, skipped: {} });
    expect(once.outcome.unique).toBe(once.outcome.read);
    expect(twice.outcome.duplicates).toBe(once.outcome.unique);
    expect(twice.evidence).toEqual(once.evidence);
    expect(backwards.evidence).toEqual(once.evidence);
  });

  it('goes on from a saved state as if nothing had been in between', async () => {
    const logs = logsOf({ orders: steady, other: steady });
    const { outcome } = await run(logs);

    const saved = encodeState(outcome.state);

    expect(encodeState(decodeState(saved))).toEqual(saved);
    expect(decodeState(saved).functions.known.get(`${ACCOUNT}/eu-west-1/orders`)).toEqual(
      outcome.state.functions.known.get(`${ACCOUNT}/eu-west-1/orders`),
    );
  });
});
