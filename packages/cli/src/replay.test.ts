import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAlert } from '@portcullis/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sample from '../sample/sample.json' with { type: 'json' };
import type { ReplaySummary } from './replay/summary.ts';
import { runPortcullis, startPortcullis } from './testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../sample/AWSLogs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-cli-'));
const at = (name: string) => path.join(folder, name);
const logs = at('logs');
const log = (name: string) => path.join(logs, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const lines = (output: string) => output.split('\n').filter((line) => line !== '');

/** `eventTime` in the hour after midnight. */
const record = (index: number, change: object = {}) => ({
  eventVersion: '1.11',
  eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  eventTime: `2026-11-23T00:${String(index % 60).padStart(2, '0')}:00Z`,
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2.31.0',
  eventType: 'AwsApiCall',
  recipientAccountId: '123456789012',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEUSER000001',
    arn: 'arn:aws:iam::123456789012:user/ana',
    accountId: '123456789012',
    userName: 'ana',
  },
  ...change,
});

beforeAll(() => {
  const records = Array.from({ length: 20 }, (_, index) => record(index));
  mkdirSync(logs);
  writeFileSync(log('good.json.gz'), gzipSync(JSON.stringify({ Records: records })));
  writeFileSync(log('twice.json'), JSON.stringify(records.slice(0, 5)));
  writeFileSync(log('truncated.json.gz'), gzipSync(JSON.stringify({ Records: records })).subarray(0, 200));
  writeFileSync(
    log('no-time.ndjson'),
    `${JSON.stringify(record(30))}\n${JSON.stringify(record(31, { eventTime: undefined }))}\n`,
  );
  mkdirSync(log('empty'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function replay(args: readonly string[], input?: string) {
  const result = await runPortcullis(['replay', ...args, '--summary', at('summary.json')], input ? { input } : {});
  const summary: ReplaySummary = JSON.parse(text('summary.json'));
  return { ...result, summary };
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('exit codes', () => {
  it.each([
    { args: ['good.json.gz'], code: 0, why: 'done' },
    { args: ['empty'], code: 0, why: 'a folder with nothing in it is no mistake' },
    { args: ['good.json.gz', 'truncated.json.gz'], code: 3, why: 'a container broke' },
    { args: ['good.json.gz', 'absent.json'], code: 3, why: 'one of two paths cannot be read' },
    { args: ['absent.json'], code: 2, says: 'absent.json', why: 'no path can be read' },
    { args: [], code: 2, says: "missing required argument 'path'", why: 'no path named' },
    { args: ['good.json.gz', '--jsn'], code: 2, says: 'Did you mean --json?', why: 'a typing slip' },
    { args: ['good.json.gz', '--from', 'noon'], code: 2, says: '--from: "noon" is not a time', why: 'not a time' },
    {
      args: ['good.json.gz', '--from', '2026-11-24', '--to', '2026-11-23'],
      code: 2,
      says: 'is not before --to',
      why: 'an empty window',
    },
    { args: ['good.json.gz', '--rejects', 'absent/r'], code: 2, says: '--rejects: absent/r', why: 'no such folder' },
    { args: ['good.json.gz', '--load-state', 'good.json.gz'], code: 2, says: '--load-state', why: 'not a state' },
    { args: ['good.json.gz', '--load-state', 'absent'], code: 2, says: '--load-state: absent', why: 'no such state' },
    { args: ['-', '-'], code: 2, says: 'only once', why: 'standard input twice' },
  ])('$code for replay $args ($why)', async ({ args, code, says = '' }) => {
    const result = await runPortcullis(['replay', ...args], { cwd: logs });

    expect(result).toMatchObject({ code });
    expect(result.stderr).toContain(says);
  });

  it.each([
    { args: ['--help'], code: 0, why: 'asked for' },
    { args: ['replay', '--help'], code: 0, why: 'asked for' },
    { args: ['--version'], code: 0, why: 'asked for' },
    { args: [], code: 2, why: 'nothing to do' },
    { args: ['relay'], code: 2, why: 'no such command' },
  ])('$code for $args ($why)', async ({ args, code }) => {
    expect(await runPortcullis(args)).toMatchObject({ code });
  });

  it.skipIf(!existsSync('/dev/full'))('1 when standard output cannot be written, with the reason', async () => {
    const { code, stderr } = await runPortcullis(['replay', SAMPLE, '--json'], { stdoutFile: '/dev/full' });

    expect(code).toBe(1);
    expect(stderr).toContain('ENOSPC');
  });
});

describe('configuration', () => {
  it.each([
    { name: 'slip.json', content: '{"alerts":{"allowanceBit":3}}', says: 'did you mean alerts.allowanceBits?' },
    { name: 'range.json', content: '{"lateness":{"minutes":-1}}', says: 'lateness.minutes: found -1; takes' },
    { name: 'broken.json', content: '{"lateness":', says: 'broken.json: cannot be loaded' },
    { name: 'throws.config.ts', content: "throw new Error('no luck')", says: 'cannot be loaded: no luck' },
    { name: 'nothing.config.ts', content: 'export const other = 1', says: 'found undefined' },
  ])('stops with 2 and names what is wrong in $name', async ({ name, content, says }) => {
    writeFileSync(at(name), content);

    const { code, stderr, stdout } = await runPortcullis(['replay', log('good.json.gz'), '--config', at(name)]);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
  });

  it('runs a TypeScript file that imports defineConfig, wherever it lies', async () => {
    writeFileSync(
      at('portcullis.config.ts'),
      "import { defineConfig } from '@portcullis/config';\nconst budget: number = 3;\n" +
        'export default defineConfig({ limits: { records: 5 }, alerts: { budgetPer100ActorsPerWeek: budget } });\n',
    );

    const { code, summary } = await replay([log('good.json.gz'), '--config', at('portcullis.config.ts')]);

    expect(code).toBe(3);
    expect(summary.partial).toBe(true);
  });
});

describe('counts', () => {
  it('read = unique + duplicates + rejected + skipped', async () => {
    const { summary, stderr } = await replay([logs, '--from', '2026-11-23T00:02:00Z']);
    const { read, unique, duplicates, rejected, skipped } = summary;

    expect(unique).toBe(19);
    expect(duplicates).toBe(3);
    expect(skipped).toMatchObject({ 'before-from': 4 });
    expect(rejected).toMatchObject({ 'missing-event-time': 1, 'truncated-gzip': 1 });
    expect(read).toBe(unique + duplicates + sum(rejected) + sum(skipped));
    expect(stderr).toContain('missing-event-time 1');
  });

  it('tells time, speed and memory of the process', async () => {
    const { summary } = await replay([log('good.json.gz')]);

    expect(summary).toMatchObject({ read: 20, unique: 20, actors: 1, late: 0, partial: false, interrupted: false });
    expect(summary.seconds).toBeGreaterThan(0.05);
    expect(summary.eventsPerSecond).toBeCloseTo(20 / summary.seconds, -1);
    expect(summary.peakRssBytes).toBeGreaterThan(20 * 2 ** 20);
  });
});

describe('standard input', () => {
  it('is read for -', async () => {
    const input = [1, 2, 3].map((index) => JSON.stringify(record(index))).join('\n');
    const { code, summary } = await replay(['-'], input);

    expect(code).toBe(0);
    expect(summary).toMatchObject({ read: 3, unique: 3 });
  });

  it('ends in order on Ctrl-C, with a summary and 130', async () => {
    const child = startPortcullis([
      'replay',
      '-',
      '--summary',
      at('stopped.json'),
      '--save-state',
      at('stopped.state'),
    ]);
    child.stdin.write(`${JSON.stringify(record(1))}\n`);
    setTimeout(() => child.kill('SIGINT'), 1500);

    const { code, stderr } = await child.result;

    expect(code).toBe(130);
    expect(stderr).toContain('interrupted');
    expect(JSON.parse(text('stopped.json'))).toMatchObject({ interrupted: true });
    expect(existsSync(at('stopped.state'))).toBe(false);
  });
});

describe('rejects', () => {
  it('are written one a line: file, position, reason, message and the record', async () => {
    await runPortcullis(['replay', log('no-time.ndjson'), log('truncated.json.gz'), '--rejects', at('rejects')]);

    const rejects = lines(text('rejects')).map((line) => JSON.parse(line));

    expect(rejects).toContainEqual({
      file: log('no-time.ndjson'),
      position: 'line 2',
      reason: 'missing-event-time',
      message: expect.any(String),
      record: expect.objectContaining({ eventName: 'GetCallerIdentity' }),
    });
    expect(rejects).toContainEqual(expect.objectContaining({ reason: 'truncated-gzip', position: '' }));
  });

  it('leave an empty file where there are none', async () => {
    writeFileSync(at('rejects'), 'from yesterday');
    await runPortcullis(['replay', log('good.json.gz'), '--rejects', at('rejects')]);
    expect(text('rejects')).toBe('');
  });
});

describe('alerts of the bundled sample', () => {
  const alertAfter = ['--alert-after', sample.alertAfter];

  it('--json prints events of the contract and nothing else', async () => {
    const { code, stdout, stderr, summary } = await replay([SAMPLE, '--json', ...alertAfter]);

    expect(code).toBe(0);
    const events = lines(stdout).map((line) => parseAlert(JSON.parse(line)));
    expect(new Set(events.map(({ detail }) => detail.metadata.id)).size).toBe(summary.alerts);
    expect(summary.alerts).toBeGreaterThan(0);
    expect(summary.read).toBe(sample.records);
    expect(stderr).toContain('records read');
  });

  it('the report tells every episode once, with its evidence and the plan', async () => {
    const { stdout, summary } = await replay([SAMPLE, ...alertAfter]);

    expect(stdout.match(/^ {2}episode /gm)).toHaveLength(summary.alerts);
    expect(stdout.match(/^ {2}dry run /gm)?.length).toBeGreaterThanOrEqual(summary.alerts);
    expect(stdout).not.toContain('\x1b');
  });

  it('a run that starts from a saved state goes on where it ended', async () => {
    const split = sample.alertAfter;
    const state = at('state');
    const first = await replay([SAMPLE, '--to', split, '--alert-after', split, '--save-state', state]);
    const second = await replay([SAMPLE, '--from', split, '--load-state', state, '--json']);

    expect(first).toMatchObject({ code: 0, summary: { alerts: 0 } });
    expect(second.code).toBe(0);
    expect(second.summary.alerts).toBeGreaterThan(0);
    const fresh = await replay([SAMPLE, '--from', split, '--json']);
    expect(fresh.stdout).not.toBe(second.stdout);
  });

  it('a reader that goes away ends it quietly', async () => {
    const child = startPortcullis(['replay', SAMPLE, '--json', ...alertAfter]);
    child.stdin.end();
    child.stdout?.destroy();

    const { code, stderr } = await child.result;

    expect(code).toBe(0);
    expect(stderr).toBe('');
  });
});

it('demo shows the alert and where to go next', async () => {
  const { code, stdout } = await runPortcullis(['demo'], { cwd: os.tmpdir() });

  expect(code).toBe(0);
  expect(stdout).toContain('dry run');
  expect(stdout).toContain('Where to go next');
});

it('starts where no cache can be written and no home is set', async () => {
  const env = { HOME: '', XDG_CACHE_HOME: '/dev/null' };
  expect(await runPortcullis(['--version'], { env })).toMatchObject({ code: 0, stderr: '' });
});
