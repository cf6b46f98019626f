import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { permissionReviewEventSchema } from '@portcullis/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sample from '../sample/sample.json' with { type: 'json' };
import { runPortcullis } from './testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../sample/AWSLogs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-review-'));
const details = path.join(folder, 'details.json');
const state = path.join(folder, 'saved.state');
const ROLE = 'arn:aws:iam::111122223333:role/orders-api-role';

/** What a week is enough for, in a test. */
const WEEK = ['--min-days', '5', '--data-events', '*', '--to', sample.alertAfter];

beforeAll(async () => {
  const document = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  writeFileSync(
    details,
    JSON.stringify({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Arn: ROLE,
          RoleName: 'orders-api-role',
          Path: '/',
          CreateDate: '2024-01-01T00:00:00Z',
          AssumeRolePolicyDocument: document({
            Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
            Action: 'sts:AssumeRole',
          }),
          RolePolicyList: [],
          AttachedManagedPolicies: [
            { PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess', PolicyName: 'PowerUserAccess' },
          ],
        },
      ],
      Policies: [
        {
          Arn: 'arn:aws:iam::aws:policy/PowerUserAccess',
          PolicyVersionList: [
            {
              IsDefaultVersion: true,
              CreateDate: '2020-01-01T00:00:00Z',
              Document: document({ NotAction: 'iam:*', Resource: '*' }),
            },
          ],
        },
      ],
    }),
  );
  await runPortcullis(['replay', SAMPLE, '--to', sample.alertAfter, '--json', '--save-state', state]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('review', () => {
  it('lists proposals by what they take, and why nothing is said of the others', async () => {
    const { code, stdout, stderr } = await runPortcullis(['review', details, '--logs', SAMPLE, ...WEEK]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/narrow.*0 broken/);
    expect(stderr).toMatch(/records read/);
    const refused = await runPortcullis(['review', details, '--logs', SAMPLE]);
    expect(refused.stdout).toContain('1 principal refused: history-too-short (8 days of logs; 90 are needed)');
  });

  it('prints events that fit the contract', async () => {
    const { stdout } = await runPortcullis(['review', details, '--logs', SAMPLE, ...WEEK, '--json']);

    const event = permissionReviewEventSchema.parse(JSON.parse(stdout));
    expect(event.detail.data).toMatchObject({
      principal: { arn: ROLE },
      proposal: 'narrow',
      replace: ['arn:aws:iam::aws:policy/PowerUserAccess'],
      unusedTrust: [{ kind: 'Service', name: 'ec2.amazonaws.com', reach: 'service' }],
      checked: { broken: 0, undecided: 0 },
    });
    expect(event.detail.data.actions.after).toBeLessThan(event.detail.data.actions.before / 20);
  });

  it('shows one principal in full, and writes what is proposed', async () => {
    const out = path.join(folder, 'policies');
    const shown = await runPortcullis([
      'review',
      details,
      '--logs',
      SAMPLE,
      ...WEEK,
      '--show',
      'orders-*',
      '--out',
      out,
    ]);

    expect(shown.stdout).toContain('- all but iam:* on *');
    expect(shown.stdout).toContain('- trust in Service ec2.amazonaws.com (service), who never took it up');
    const file = path.join(out, '111122223333', 'role-orders-api-role-1.json');
    const { Statement } = JSON.parse(readFileSync(file, 'utf8'));
    expect(readdirSync(path.join(out, '111122223333'))).toHaveLength(1);
    expect(JSON.stringify(Statement)).toContain('"dynamodb:GetItem"');
    expect(JSON.stringify(Statement)).not.toContain('iam:');
  });

  it('works from a state, with the same actions and everything they were granted on', async () => {
    const { stdout } = await runPortcullis([
      'review',
      details,
      '--state',
      state,
      '--min-days',
      '5',
      '--data-events',
      '*',
      '--json',
    ]);

    const { data } = permissionReviewEventSchema.parse(JSON.parse(stdout)).detail;
    expect(data.unusedTrust).toEqual([]);
    expect(JSON.stringify(data.documents)).toContain('dynamodb:');
    expect(JSON.stringify(data.documents)).not.toContain('table/');
  });

  it.each([
    { args: ['review', details], says: 'either --logs or --state' },
    { args: ['review', path.join(folder, 'none.json'), '--state', state], says: 'no such file' },
    { args: ['review', state, '--state', state], says: 'not JSON' },
    { args: ['review', details, '--state', state, '--margin', 'some'], says: '--margin' },
    { args: ['review', details, '--state', state, '--show', 'nobody'], says: '--show: no principal' },
  ])('$args.2 $args.4: says what is wrong', async ({ args, says }) => {
    const { code, stderr } = await runPortcullis(args);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
