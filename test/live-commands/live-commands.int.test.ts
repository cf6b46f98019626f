import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { keptOfActor } from '@portcullis/aws';
import type { Decision } from '@portcullis/contract';
import { DAY_MS, type EpochMs, HOUR_MS, isoTime } from '@portcullis/event';
import { encodeState } from '@portcullis/pipeline';
import { decodeBaseline, installState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOTO_ACCOUNT } from '../local-aws/create-deployment.ts';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { subscribe } from '../local-aws/subscriber.ts';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { type Bed, logs, replayed, startBed } from './bed.ts';
import { runCommand } from './run-command.ts';

const alertAfter = logs.start + 8 * DAY_MS;
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-live-alerts-'));

interface Listed {
  readonly id: string;
  readonly told: string;
  readonly actor: string;
  readonly status: string;
  readonly waiting: readonly object[];
}

describe.runIf(motoAvailable())('commands on a deployment', () => {
  let moto: Moto;
  let bed: Bed;
  let reached: EpochMs;
  const run = (...args: string[]) => runCommand(moto.endpoint, args);
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

  it('tell its alerts apart from those of a state by naming one of both', async () => {
    const neither = await run('alerts', 'list');
    const nowhere = await run('alerts', 'list', '--deployment', 'elsewhere');

    expect(neither).toMatchObject({ code: 2, stderr: expect.stringContaining('--state') });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('/portcullis-elsewhere/deployment') });
  });

  it('list its alerts, and what people answer reaches the pipeline as in a replay', async () => {
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
    reached = end;
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

  it('tell how it is, by the exit code too', async () => {
    const sick = await run('doctor', '--deployment', 'answers', '--json');
    const text = await run('doctor', '--deployment', 'answers');
    await bed.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: bed.config.incrementQueueUrl }));
    const broken = await run('doctor', '--deployment', 'answers', '--json');

    const told: Told = JSON.parse(sick.stdout);
    expect(sick.code).toBe(4);
    // The logs of the bed are months old, and nothing comes from the account that moto plays
    expect(told.places).toContainEqual(
      expect.objectContaining({ account: logs.account, lane: 's3', gap: expect.anything() }),
    );
    expect(told.places).toContainEqual(expect.objectContaining({ account: MOTO_ACCOUNT, region: 'us-east-1' }));
    expect(told.probes.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(text.stdout).toContain('nothing has ever come from there');
    expect(JSON.parse(broken.stdout).probes).toContainEqual(
      expect.objectContaining({ on: 'queue increments', outcome: 'missing' }),
    );
  });

  it('forget an actor: nothing before the asking, all with the next seal', async () => {
    const { ports, clients, config } = bed;
    const [alert] = await listed();
    const actorId = alert?.actor ?? '';
    const accounts = [logs.account];
    const forget = (...more: string[]) =>
      run('actor', 'forget', actorId, '--deployment', 'answers', '--reason', 'left', '--by', 'dana', ...more);
    const before = await keptOfActor(config, clients, actorId, accounts);
    const unasked = await forget();
    expect(unasked).toMatchObject({ code: 2, stdout: expect.stringContaining(`${before.alerts} alerts`) });
    expect(await ports.forgets.asked()).toEqual([]);

    const asked = await forget('--yes');

    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain('"audit":"actor-forget"');
    expect(before.alerts).toBeGreaterThan(0);
    await bed.run(reached, reached + 2 * HOUR_MS);
    await bed.worker.finish(reached + 6 * HOUR_MS);
    expect(await keptOfActor(config, clients, actorId, accounts)).toMatchObject({ alerts: 0 });
    expect((await listed()).map(({ actor }) => actor)).not.toContain(actorId);
    const baseline = (await ports.baselines.load([actorId], Number.POSITIVE_INFINITY)).get(actorId);
    // Whoever acts again is a newcomer
    expect(baseline === undefined || decodeBaseline(baseline.bytes).activeDays <= 1).toBe(true);
    const { stdout: audit } = await run('actor', 'audit', '--deployment', 'answers');
    expect(JSON.parse(audit)).toMatchObject({ by: 'dana', reason: 'left', alerts: before.alerts });
    expect(audit).not.toContain(actorId);
  });
});

interface Told {
  readonly places: readonly object[];
  readonly probes: readonly { readonly outcome: string }[];
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function parse(line: string): Listed {
  return JSON.parse(line);
}
