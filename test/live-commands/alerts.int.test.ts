import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Decision } from '@portcullis/contract';
import { DAY_MS, HOUR_MS, isoTime } from '@portcullis/event';
import { encodeState } from '@portcullis/pipeline';
import { installState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortcullis } from '../../packages/cli/src/testing/run-portcullis.ts';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { subscribe } from '../local-aws/subscriber.ts';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { type Bed, logs, replayed, startBed } from './bed.ts';

const alertAfter = logs.start + 8 * DAY_MS;
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-live-alerts-'));

interface Listed {
  readonly id: string;
  readonly told: string;
  readonly status: string;
  readonly waiting: readonly object[];
}

describe.runIf(motoAvailable())('alerts of a deployment', () => {
  let moto: Moto;
  let bed: Bed;
  const run = (...args: string[]) =>
    runPortcullis(args, { env: { AWS_ENDPOINT_URL: moto.endpoint, AWS_REGION: 'eu-west-1' } });
  const alerts = (...args: string[]) => run('alerts', ...args, '--deployment', 'answers');
  const listed = async (): Promise<readonly Listed[]> =>
    lines((await alerts('list', '--json')).stdout).map((line): Listed => JSON.parse(line));

  beforeAll(async () => {
    moto = await startMoto();
    bed = await startBed(moto.endpoint, 'answers');
  });
  afterAll(async () => {
    await moto?.stop();
    rmSync(folder, { recursive: true });
  });

  it('are told apart from those of a state by naming one of both', async () => {
    const neither = await run('alerts', 'list');
    const nowhere = await run('alerts', 'list', '--deployment', 'elsewhere');

    expect(neither).toMatchObject({ code: 2, stderr: expect.stringContaining('--state') });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('/portcullis-elsewhere/deployment') });
  });

  it('and what people answer reach the pipeline as in a replay', async () => {
    const { told } = await replayed({ alertAfter });
    const middle = told[Math.floor(told.length / 2)]?.time;
    const split = Math.ceil(Date.parse(middle ?? '') / HOUR_MS) * HOUR_MS;
    const before = await replayed({ alertAfter, to: split });
    const file = path.join(folder, 'state');
    writeFileSync(file, encodeState(before.state));
    await installState(before.state, bed.ports);
    const subscriber = await subscribe(bed);
    expect(await listed()).toEqual(lines((await run('alerts', 'list', '--state', file, '--json')).stdout).map(parse));

    const [first, second] = await listed();
    const at = isoTime(split + 20 * 60_000);
    const decisions = path.join(folder, 'decisions.ndjson');
    const said = ['--reason', 'a drill', '--by', 'dana', '--at', at, '--decisions', decisions];
    const dismissed = await alerts('dismiss', first?.id.slice(0, 10) ?? '', ...said);
    // A second time is no second decision
    await alerts('dismiss', first?.id ?? '', ...said);
    await alerts('mute', '--actor', 'nobody', '--until', isoTime(split + DAY_MS), ...said);
    await alerts('confirm', second?.id ?? '', ...said);

    expect(dismissed).toMatchObject({ code: 0, stdout: expect.stringContaining(`as of ${at}`) });
    expect((await bed.ports.decisions.since(0)).length).toBe(3);
    expect((await listed())[0]).toMatchObject({ id: first?.id, waiting: [{ verdict: 'dismissed', by: 'dana' }] });

    const end = split + 8 * HOUR_MS;
    await bed.run(split, end);
    await bed.worker.finish(end + 4 * HOUR_MS);
    const expected = await replayed({
      alertAfter: Number.NEGATIVE_INFINITY,
      state: before.state,
      from: split,
      to: end,
      decisions: lines(readFileSync(decisions, 'utf8')).map((line): Decision => JSON.parse(line)),
    });

    expect(expected.told.length).toBeGreaterThan(1);
    expect(comparedAlerts(await subscriber.receive())).toEqual(comparedAlerts(expected.told));
    expect((await listed()).find(({ id }) => id === first?.id)).toMatchObject({
      status: 'closed',
      answer: { verdict: 'dismissed', by: 'dana' },
      waiting: [],
    });
    await expect(alerts('show', second?.id ?? '')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining('confirmed by dana'),
    });
  });
});

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function parse(line: string): Listed {
  return JSON.parse(line);
}
