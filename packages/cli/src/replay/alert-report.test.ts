import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { parseAlert } from '@portcullis/contract';
import { expect, it } from 'vitest';
import { alertReport } from './alert-report.ts';

const example = parseAlert(
  JSON.parse(readFileSync(new URL('../../../../docs/schemas/examples/anomaly-detected.json', import.meta.url), 'utf8')),
);
const plain = { colors: false, columns: 120 };

/** Words as a reader sees them, however the table wrapped them. */
const words = (report: string) => report.replace(/[│─┌┐└┘├┤┬┴┼\s]+/g, ' ');

it('tells what, who, when, how rare, why and what would be cut', () => {
  const report = words(alertReport(example, plain));
  const { title, firstSeen, actor } = example.detail.data;

  for (const part of [
    `HIGH 87 ${title}`,
    `${actor.name} (role) ${actor.arn}`,
    `${firstSeen} to`,
    'T1098.001 (ATT&CK 19.1)',
    'once in 4.8 years',
    'new-action',
    'risk 15.4',
    'dynamodb:GetItem 81,234 times',
    'never used by this role, by 11 peers',
    'would deny iam:CreateAccessKey for arn:aws:iam::123456789012:role/orders-api',
  ]) {
    expect(report).toContain(part);
  }
});

it('keeps to the width of the terminal', () => {
  for (const columns of [80, 100, 140]) {
    const table = alertReport(example, { colors: false, columns })
      .split('\n')
      .filter((line) => /[│─]/.test(line));
    expect(table.length).toBeGreaterThan(3);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

it('cuts nothing off, however long a word is or wide its letters are', () => {
  const { detail } = example;
  const [first] = detail.data.evidence;
  if (!first) throw new Error('the example has evidence');
  const longArn = `arn:aws:lambda:eu-west-1:123456789012:function:${'orders-'.repeat(20)}`;
  const evidence = [{ ...first, observed: longArn, usual: '東京'.repeat(40) }];

  const report = alertReport({ ...example, detail: { ...detail, data: { ...detail.data, evidence } } }, plain);

  expect(report).not.toContain('…');
  const found = report
    .split('\n')
    .map((line) => line.split('│')[2]?.trim() ?? '')
    .join('');
  expect(found).toContain(longArn);
  expect(found).toContain('東京'.repeat(40));
});

it('has escape sequences only when colors are wanted', () => {
  const report = alertReport(example, plain);
  expect(stripVTControlCharacters(report)).toBe(report);
  const colored = alertReport(example, { colors: true, columns: 120 });
  expect(colored).not.toBe(report);
  expect(stripVTControlCharacters(colored)).toBe(report);
});

it('shows control characters from the logs instead of sending them', () => {
  const hostile = '\x1b]0;owned\x07\r\x9b2J\u202e';
  const { detail } = example;
  const { data } = detail;
  const attacked = {
    ...example,
    detail: {
      ...detail,
      data: {
        ...data,
        title: hostile,
        region: hostile,
        actor: { ...data.actor, name: hostile, arn: hostile },
        evidence: data.evidence.map((item) => ({ ...item, observed: hostile, usual: hostile, reason: hostile })),
        response: {
          ...data.response,
          plan: data.response.plan.map((step) => ({ ...step, target: hostile, actions: [hostile], reason: hostile })),
        },
      },
    },
  };

  expect(alertReport(attacked, plain).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

it('says so when nothing can be cut', () => {
  const { detail } = example;
  const uncut = {
    ...example,
    detail: { ...detail, data: { ...detail.data, response: { mode: 'dry-run' as const, plan: [] } } },
  };
  expect(alertReport(uncut, plain)).toContain('would cut nothing');
});
