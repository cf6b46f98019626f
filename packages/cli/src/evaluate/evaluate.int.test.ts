import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EvaluationSummary, OrganizationFigures } from '@portcullis/lab';
import { afterAll, describe, expect, it } from 'vitest';
import { runPortcullis } from '../testing/run-portcullis.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a tenth of the full evaluation', async () => {
  const [json, page] = [path.join(folder, 'figures.json'), path.join(folder, 'figures.html')];
  // Twenty attacks at a time: every run plays the whole organization again
  const size = ['--tenth', '--attacks-per-run', '20'];
  const { code, stdout, stderr } = await runPortcullis(['evaluate', ...size, '--json', json, '--html', page]);
  // Else the file is missing, and nobody would know why
  if (code !== 0) throw new Error(stderr);
  const { summary, organizations }: { summary: EvaluationSummary; organizations: OrganizationFigures[] } = JSON.parse(
    readFileSync(json, 'utf8'),
  );

  it('runs', () => {
    expect(stdout).toContain('Found, and cried wolf');
    expect(readFileSync(page, 'utf8')).toContain('<h2>Found, and cried wolf</h2>');
  });

  it('plays a tenth of the attacks in a tenth of the time', () => {
    expect(summary.attacks + summary.unplaced).toBe(60);
    expect(summary.unplaced).toBeLessThanOrEqual(6);
    expect(summary.hundredActorWeeks).toBeGreaterThan(4);
    expect(summary.hundredActorWeeks).toBeLessThan(9);
  });

  it('adds up', () => {
    for (const { all, byManner, byStory, byGroup, falseAlerts, falseAlertsByGroup } of summary.budgets) {
      const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
      expect(all.tried).toBe(summary.attacks);
      for (const parts of [Object.values(byManner), Object.values(byGroup), Object.values(byStory).map((s) => s.all)]) {
        expect(total(parts.map((part) => part?.tried ?? 0))).toBe(all.tried);
        expect(total(parts.map((part) => part?.found ?? 0))).toBe(all.found);
      }
      expect(total(Object.values(falseAlertsByGroup).map(({ count }) => count))).toBe(falseAlerts.count);
    }
    expect(Object.values(summary.hundredActorWeeksByGroup).reduce((sum, weeks) => sum + weeks, 0)).toBeCloseTo(
      summary.hundredActorWeeks,
      6,
    );
    expect(organizations.flatMap(({ attacks }) => attacks)).toHaveLength(summary.attacks);
  });

  it('the largest budget finds no less than the smallest, and is no quieter', () => {
    const [smallest, largest] = [summary.budgets[0], summary.budgets.at(-1)];

    expect(largest?.all.found).toBeGreaterThanOrEqual(smallest?.all.found ?? Number.NaN);
    expect(largest?.falseAlerts.count).toBeGreaterThanOrEqual(smallest?.falseAlerts.count ?? Number.NaN);
  });
});

describe('simulate', () => {
  const out = path.join(folder, 'world');

  it('writes what replay reads, with the answers beside it', async () => {
    const written = await runPortcullis([
      ...['simulate', '--out', out, '--actors', '20', '--days', '6', '--attacks', '3'],
    ]);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    expect(readdirSync(out).toSorted()).toEqual([
      'AWSLogs',
      'authorization-details.json',
      'declared-work.ndjson',
      'labels.json',
      'organization.json',
    ]);

    const { alertAfter } = JSON.parse(readFileSync(path.join(out, 'organization.json'), 'utf8'));
    const { code, stdout } = await runPortcullis([
      ...['replay', '--json', '--alert-after', alertAfter, path.join(out, 'AWSLogs')],
    ]);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');

    const labels = JSON.parse(readFileSync(path.join(out, 'labels.json'), 'utf8'));
    expect(labels.attacks).toHaveLength(3);
    expect(Object.keys(labels.events).length).toBeGreaterThanOrEqual(3);
  });

  it('does not write into a folder that holds something', async () => {
    const { code, stderr } = await runPortcullis(['simulate', '--out', folder]);

    expect(code).toBe(2);
    expect(stderr).toContain('it is not empty');
  });
});
