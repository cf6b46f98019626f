import { type ApiEvent, EPOCH_MS, epochOf, type FunctionEvent } from '@portcullis/event';
import { lookupWithoutData } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import { MONDAY } from '../../../../test/builders.ts';
import { decodeActivity } from './activity-codec.ts';
import { boundedChains } from './chain-cache.ts';
import { gatherFrozen } from './frozen-deltas.ts';
import { type LogsObserved, observeLogs } from './observe-logs.ts';
import type { LogPiece } from './open-log.ts';
import { packLogs } from './pack-logs.ts';
import { memorySegments } from './twins/index.ts';

const EPOCH = epochOf(MONDAY);
const of = { id: '1/eu-west-1/orders', account: '1', region: 'eu-west-1', name: 'orders' };
const reading = { network: lookupWithoutData, owners: {}, region: 'eu-west-1' };

function aRun(id: string, time = MONDAY): FunctionEvent {
  const report = { durationMs: 5, billedMs: 5, memoryMb: 128, maxMemoryMb: 64, initMs: undefined };
  return { source: 'lambda', id, time, of, moment: { kind: 'report', requestId: id, status: 'success', report } };
}

function aRequest(id: string): ApiEvent {
  return {
    ...{
      source: 'api-gateway',
      id,
      time: MONDAY,
      account: '1',
      apiId: 'api',
      stage: 'prod',
      route: 'GET /',
      path: '/',
    },
    ...{ status: 200, sourceIp: '192.0.2.1', userAgent: 'curl/8', caller: 'dana', apiKeyId: undefined },
    ...{ authorizerError: undefined, responseBytes: 1, latencyMs: 1, integrationRequestId: undefined },
  };
}

function aContainer(name: string, functionEvents: readonly FunctionEvent[], apiEvents: readonly ApiEvent[] = []) {
  return { bytes: Buffer.from(name), result: { flowEvents: [], functionEvents, apiEvents } };
}

function piecesOf(containers: readonly ReturnType<typeof aContainer>[], maxBytes = 1e6): readonly LogPiece[] {
  return packLogs(containers, reading, undefined, maxBytes).records.flatMap(({ data }) => {
    const activity = decodeActivity(data);
    return activity.kind === 'logs' ? activity.pieces : [];
  });
}

describe('pieces of containers', () => {
  it('are the same whatever comes along with a container', () => {
    const [one, other] = [aContainer('one', [aRun('a')]), aContainer('other', [aRun('b')])];

    expect(piecesOf([one, other])).toEqual([...piecesOf([one]), ...piecesOf([other])]);
  });

  it('are one for each function or party and hour, with each line once', () => {
    const runs = [aRun('a'), aRun('b'), aRun('b'), aRun('c', MONDAY + EPOCH_MS)];
    const { records } = packLogs([aContainer('one', runs, [aRequest('r')])], reading, undefined, 1e6);

    expect(records.map(({ segmentId }) => segmentId)).toEqual([
      'log-of-function 1/eu-west-1/orders',
      'log-of-function 1/eu-west-1/orders',
      'log-of-party 1/api/api/prod',
    ]);
    expect(piecesOf([aContainer('one', runs)]).map(({ lines }) => lines)).toEqual([2, 1]);
  });

  it('are cut until the stream takes them; a line that it never takes is given back', () => {
    const runs = Array.from({ length: 40 }, (_, at) => aRun(`run-${at}`));
    const cut = packLogs([aContainer('one', runs)], reading, undefined, 500);

    expect(cut.tooLarge).toEqual([]);
    expect(Math.max(...cut.records.map(({ data }) => data.length))).toBeLessThanOrEqual(500);
    expect(piecesOf([aContainer('one', runs)], 500).reduce((sum, { lines }) => sum + lines, 0)).toBe(40);
    expect(packLogs([aContainer('one', runs.slice(0, 2))], reading, undefined, 10).tooLarge).toHaveLength(2);
  });
});

describe('observeLogs', () => {
  const segmentId = 'log-of-function 1/eu-west-1/orders';
  const options = () => ({ partBytes: 300, openFrom: EPOCH, cache: boundedChains() });
  const pieces = piecesOf(Array.from({ length: 12 }, (_, at) => aContainer(`c${at}`, [aRun(`run-${at}`)])));

  it('counts each piece once, whoever else counts and however often it comes', async () => {
    const segments = memorySegments();
    const [mine, theirs] = [options(), options()];
    const told: LogsObserved[] = [];
    for (const [from, to, by] of [
      [0, 5, mine],
      [3, 9, theirs],
      [0, 12, mine],
    ] as const) {
      told.push(await observeLogs({ segmentId, epoch: EPOCH, pieces: pieces.slice(from, to) }, { segments }, by));
    }
    await segments.close(EPOCH);
    const { functions, hours } = await gatherFrozen(segments.freeze(EPOCH), EPOCH, () => false);

    expect(told.map(({ counted, duplicates }) => [counted, duplicates])).toEqual([
      [5, 0],
      [4, 2],
      [3, 9],
    ]);
    expect(functions.get(of.id)?.invocations).toBe(12);
    expect(segments.all().length).toBeGreaterThan(1);
    expect(hours).toEqual([]);
  });

  it.each([
    { openFrom: EPOCH + 1, why: 'as this container knows' },
    { openFrom: EPOCH, why: 'as it learns by writing' },
  ])('counts none into an hour that is closed ($why)', async ({ openFrom }) => {
    const segments = memorySegments();
    await observeLogs({ segmentId, epoch: EPOCH, pieces: pieces.slice(0, 1) }, { segments }, options());
    await segments.close(EPOCH);
    for await (const _ of segments.freeze(EPOCH));
    const late = { segmentId, epoch: EPOCH, pieces: pieces.slice(0, 3) };
    const told = await observeLogs(late, { segments }, { ...options(), openFrom });

    expect(told).toEqual({ counted: 0, duplicates: 1, late: 2, tooLarge: [] });
  });

  it('gives back what no segment can hold', async () => {
    const segments = memorySegments(100);
    const told = await observeLogs({ segmentId, epoch: EPOCH, pieces: pieces.slice(0, 2) }, { segments }, options());

    expect(told.tooLarge).toHaveLength(2);
    expect(told.counted).toBe(0);
  });
});
