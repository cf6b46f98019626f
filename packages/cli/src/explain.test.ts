import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sample from '../sample/sample.json' with { type: 'json' };
import { anAlert } from './testing/a-report.ts';
import { runPortcullis, startPortcullis } from './testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../sample/AWSLogs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-explain-'));
const alerts = path.join(folder, 'alerts.ndjson');
const state = path.join(folder, 'saved.state');
const report = path.join(folder, 'report.html');
let printed: readonly string[] = [];
let episodes: ReadonlySet<string> = new Set();

beforeAll(async () => {
  const options = ['--alert-after', sample.alertAfter, '--json', '--save-state', state, '--report', report];
  const { stdout } = await runPortcullis(['replay', SAMPLE, ...options]);
  writeFileSync(alerts, stdout);
  printed = stdout.split('\n').filter((line) => line !== '');
  episodes = new Set(printed.map((line) => JSON.parse(line).detail.metadata.id));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('explain', () => {
  it('takes every risk apart so that it adds up exactly, with guides, from standard input', async () => {
    const { code, stdout } = await runPortcullis(['explain', '--all'], { input: printed.join('\n') });

    expect(code).toBe(0);
    expect(episodes.size).toBeGreaterThan(3);
    expect(stdout.match(/exactly the risk of the alert/g)).toHaveLength(episodes.size);
    expect(stdout).not.toContain('?:');
    for (const part of ['one active day in', 'usual ', 'compared ', 'What to do next: permission-change']) {
      expect(stdout).toContain(part);
    }
  });

  it('finds an alert by the beginning of its id, and lists them where none is named', async () => {
    const [id = ''] = episodes;

    const one = await runPortcullis(['explain', id.slice(0, 8), '--alerts', alerts]);
    const list = await runPortcullis(['explain', '--alerts', alerts]);

    expect(one.stdout).toContain(`episode ${id}`);
    expect(one.stdout.match(/How the risk came about/g)).toHaveLength(1);
    expect(list.stdout).toContain(id);
    expect(list.stdout).not.toContain('How the risk came about');
  });

  it('tells the newest revision of an episode', async () => {
    const older = { ...anAlert('x', { title: 'older' }) };
    const { metadata } = older.detail;
    const newer = anAlert('x', { title: 'newer' });
    const revised = {
      ...newer,
      detail: { ...newer.detail, metadata: { ...metadata, revision: 2, idempotencyKey: 'x:2' } },
    };
    const input = [revised, older].map((event) => JSON.stringify(event)).join('\n');

    const { stdout } = await runPortcullis(['explain'], { input });

    expect(stdout).toContain('newer');
    expect(stdout).not.toContain('older');
  });

  it('explains what is open in a saved state', async () => {
    const { code, stdout } = await runPortcullis(['explain', '--all', '--state', state]);

    expect(code).toBe(0);
    expect(stdout.match(/exactly the risk of the alert/g)).toHaveLength(episodes.size);
    for (const id of episodes) expect(stdout).toContain(`episode ${id}, revision `);
  });

  it('says that an alert was made under other settings', async () => {
    const config = path.join(folder, 'strict.json');
    writeFileSync(config, '{"alerts":{"allowanceBits":6}}');

    const { stdout } = await runPortcullis(['explain', '--all', '--alerts', alerts, '--config', config]);

    expect(stdout).toContain('was made under settings');
  });

  it('ends quietly where its reader leaves early', async () => {
    const running = startPortcullis(['explain', '--all', '--alerts', alerts]);
    running.stdout?.destroy();

    const { code, stderr } = await running.result;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('prints nothing that steers a terminal', async () => {
    const hostile = '\x1b]0;owned\x07\u202e';
    const { evidence } = anAlert('x').detail.data;
    const attacked = anAlert('x', {
      title: hostile,
      evidence: evidence.map((item) => ({ ...item, observed: hostile, usual: hostile, reason: hostile })),
    });

    const { code, stdout } = await runPortcullis(['explain'], { input: JSON.stringify(attacked) });

    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each([
    { args: ['feed', '--alerts', alerts], says: 'no alert here has the id feed', why: 'no such episode' },
    { args: ['x', '--all', '--alerts', alerts], says: 'not both', why: 'one or all' },
    { args: ['--alerts', alerts, '--state', state], says: 'name one', why: 'two places' },
    { args: ['--alerts', 'absent'], says: 'absent cannot be read', why: 'no such file' },
    { args: [], says: 'standard input, line 1 is not an alert', why: 'not JSON' },
    { args: ['--state', alerts], says: '--state', why: 'not a state' },
  ])('2 for $args ($why)', async ({ args, says }) => {
    const { code, stderr } = await runPortcullis(['explain', ...args], { input: 'no json' });

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('baseline show', () => {
  it('tells what is usual for an actor by its name', async () => {
    const { code, stdout } = await runPortcullis(['baseline', 'show', 'image-resize-role', '--state', state]);

    expect(code).toBe(0);
    for (const part of [
      'arn:aws:iam::111122223333:role/image-resize-role',
      '2026-03-02 to 2026-03-09',
      'on 8 active days; confidence medium',
      'calls in an active hour',
      's3:GetObject',
      'of which the names are not kept',
      'is open',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('prints one object per matching actor with --json', async () => {
    const { code, stdout } = await runPortcullis(['baseline', 'show', '*', '--state', state, '--json']);
    const described = stdout.split('\n').filter((line) => line !== '');

    expect(code).toBe(0);
    expect(described.length).toBeGreaterThan(20);
    for (const line of described) expect(JSON.parse(line).activeDays).toBeGreaterThan(0);
  });

  it.each([
    { actor: 'nobody-at-all', says: 'no actor of' },
    { actor: '*', says: 'actors\n' },
  ])('2 for $actor', async ({ actor, says }) => {
    const { code, stderr } = await runPortcullis(['baseline', 'show', actor, '--state', state]);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

it('replay --report writes the page beside what it prints', () => {
  const page = readFileSync(report, 'utf8');

  for (const id of episodes) expect(page).toContain(`id="alert-${id}"`);
  expect(page).toContain('2,055 <small>events</small>');
  expect(page).toContain('class="rhythm"');
});
