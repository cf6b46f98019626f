import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPortcullis } from './testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../sample/AWSLogs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-posture-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('tells what does not expire, and what to do', async () => {
  const { code, stdout } = await runPortcullis(['posture', SAMPLE]);

  expect(code).toBe(0);
  expect(stdout).toMatch(/long-lived-key: \d+/);
  expect(stdout).toContain('arn:aws:iam::111122223333:user/backup-runner: AKIA');
  expect(stdout).toContain('to do: replace it by a role');
  expect(stdout).toContain('not looked at: authorization-details, credential-report');
});

it('prints the same as data, of a part of the time, with what IAM says', async () => {
  const details = path.join(folder, 'details.json');
  const trust = { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] };
  const role = {
    Arn: 'arn:aws:iam::111122223333:role/open',
    RoleName: 'open',
    Path: '/',
    AssumeRolePolicyDocument: trust,
  };
  writeFileSync(details, JSON.stringify({ RoleDetailList: [role] }));

  const { stdout } = await runPortcullis(['posture', SAMPLE, '--to', '2026-03-04', '--details', details, '--json']);

  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    version: '1',
    accounts: ['111122223333'],
    basis: ['events', 'authorization-details'],
  });
  expect(report.to < '2026-03-04').toBe(true);
  expect(report.findings).toContainEqual({
    check: 'role-open-to-outside',
    account: '111122223333',
    subject: 'arn:aws:iam::111122223333:role/open',
    detail: 'trusts everybody',
  });
});

it.each([
  { option: '--credential-report', file: 'package.json' },
  { option: '--details', file: 'package.json' },
])('says what is wrong with $option', async ({ option, file }) => {
  const { code, stderr } = await runPortcullis([
    'posture',
    SAMPLE,
    option,
    path.resolve(import.meta.dirname, '..', file),
  ]);

  expect(code).toBe(2);
  expect(stderr).toContain(file);
});
