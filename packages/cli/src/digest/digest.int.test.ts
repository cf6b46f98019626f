import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortcullis } from '../testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../sample/AWSLogs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-digest-'));
const state = path.join(folder, 'sample.state');
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  await runPortcullis(['replay', SAMPLE, '--save-state', state]);
});

describe('portcullis digest', () => {
  it('sums up the last week of a state', async () => {
    const { code, stdout } = await runPortcullis(['digest', '--state', state]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Portcullis, 2026-03-03 to 2026-03-10/);
    expect(stdout).toMatch(/8 alerts \(\d critical, /);
    expect(stdout).toContain('## What was learned');
  });

  it('tells what is asked of it as data: of a time, with posture and review', async () => {
    const report = path.join(folder, 'posture.json');
    const details = path.join(folder, 'details.json');
    writeFileSync(report, (await runPortcullis(['posture', SAMPLE, '--json'])).stdout);
    writeFileSync(details, JSON.stringify({ RoleDetailList: [], UserDetailList: [] }));
    const options = ['--state', state, '--to', '2026-03-09', '--posture', report, '--details', details, '--json'];

    const told = JSON.parse((await runPortcullis(['digest', ...options])).stdout);

    expect(told).toMatchObject({
      version: '1',
      from: '2026-03-02T00:00:00Z',
      to: '2026-03-09T00:00:00Z',
      permissions: { proposals: 0 },
    });
    expect(told.happened.told).toBeLessThan(7);
    expect(told.credentials['long-lived-key']).toBeGreaterThan(0);
  });

  it.each([
    { options: ['--posture', SAMPLE], says: '--posture' },
    { options: ['--posture', path.resolve(import.meta.dirname, '../../package.json')], says: 'posture --json prints' },
    { options: ['--from', '2030-01-01'], says: '--from' },
    { options: ['--to', 'soon'], says: '--to' },
  ])('says what is wrong with $options', async ({ options, says }) => {
    const { code, stderr } = await runPortcullis(['digest', '--state', state, ...options]);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
