import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anAlert, aReport, isoAfter } from '../testing/a-report.ts';
import { readPageAssets } from './page-assets.ts';
import { MAX_ALERTS, reportHtml } from './report-html.ts';
import type { ReportInput } from './report-input.ts';

const assets = { style: 'p{}', headScript: '1', scripts: ['2'], notices: 'licence' };
const page = (input: Partial<ReportInput> = {}) => reportHtml(aReport(input), assets);
/** What a reader sees, without tags. */
const words = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('a report', () => {
  it('tells what, who, how much, against what, how rare, what to do and how to undo it', () => {
    const text = words(page());
    for (const part of [
      'One alert, high',
      '2 Mar 2026, 00:00 to 7 Mar 2026, 00:00 UTC',
      'Role orders-api used iam:CreateAccessKey for the first time',
      'what it did 11.3 + from where 4.1 = risk 15.4',
      '11.6 bits × impact 1.4',
      'dynamodb:GetItem 81,234 times',
      'once in 4.8 years',
      'Ask who it was.',
      'To undo (exact)',
      'T1098.001',
      '2,400 records: 10 repeated.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says what the budget comes to in the days told of', () => {
    // 1 per 100 actors a week x 700 actors x 4 of 7 days
    expect(words(page({ counts: { ...aReport().counts, actors: 700 } }))).toContain('about 4 in the 4 days told of');
  });

  it.each([
    { change: { partial: true }, says: 'In part', why: 'a container broke' },
    { change: { interrupted: true }, says: 'Interrupted', why: 'stopped by hand' },
    { change: { rejected: { json: 3 } }, says: '3 unreadable', why: 'records that could not be read' },
    { change: { late: 4 }, says: '4 late (judged, not learned)', why: 'came behind the others' },
  ])('$says ($why)', ({ change, says }) => {
    expect(words(page({ counts: { ...aReport().counts, ...change } }))).toContain(says);
  });

  it('says so when nothing was told, and when nothing was read', () => {
    expect(words(page({ alerts: [] }))).toContain('No alerts: nothing stood out');
    expect(words(page({ alerts: [], hours: [], rhythms: new Map() }))).toContain('No event was read');
  });

  it('shows what people declared or decided about an episode', () => {
    expect(page({ notes: new Map([['one', ['Declared: audit of March']]]) })).toContain(
      '<li>Declared: audit of March</li>',
    );
  });

  it('puts the most severe first and bounds how many it shows, saying so', () => {
    const alerts = Array.from({ length: MAX_ALERTS + 20 }, (_, index) =>
      anAlert(`alert-${index}`, { severity: 'LOW' }),
    );
    const markup = page({ alerts: [...alerts, anAlert('worst', { severity: 'CRITICAL', firstSeen: isoAfter(1) })] });

    expect(markup.match(/<li class="alert"/g)).toHaveLength(MAX_ALERTS);
    expect(markup.indexOf('id="alert-worst"')).toBeLessThan(markup.indexOf('id="alert-alert-0"'));
    expect(words(markup)).toContain(`The ${MAX_ALERTS} most severe of ${MAX_ALERTS + 21} alerts are shown`);
  });

  it('folds weak evidence away and still adds up', () => {
    const [first] = anAlert('one').detail.data.evidence;
    if (first === undefined) throw new Error('the example has evidence');
    const evidence = Array.from({ length: 12 }, () => ({ ...first, contribution: 0.5 }));

    const markup = page({ alerts: [anAlert('one', { evidence, risk: 6 })] });

    expect(words(markup)).toContain('4 weaker, adding 2.0 together');
    expect(words(markup)).toContain('what it did 6.0 = risk 6.0');
  });
});

describe('the page', () => {
  it('is a function of its input', () => {
    expect(page()).toBe(page());
  });

  it('allows itself exactly the styles and scripts it carries', async () => {
    const carried = await readPageAssets();
    const markup = reportHtml(aReport(), carried);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(markup)?.[1]?.replaceAll('&#39;', "'");
    const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = [...markup.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => hashOf(text));
    const styles = [...markup.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => hashOf(text));

    expect(policy).toBe(
      `default-src 'none'; style-src ${styles.join(' ')}; script-src ${scripts.join(' ')}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(scripts).toHaveLength(4);
    expect(markup).toContain('Copyright (c) 2022 Leon Sorokin');
  });

  it('names no address but that of ATT&CK, which is a link', () => {
    const addresses = new Set(page().match(/https?:\/\/[^/"' ]+/g));

    expect([...addresses]).toEqual(['https://attack.mitre.org']);
    expect(page()).not.toMatch(/ (?:src|style|on\w+)="/);
  });

  it('stays small for hundreds of alerts', () => {
    const alerts = Array.from({ length: MAX_ALERTS }, (_, index) => anAlert(`alert-${index}`));

    expect(page({ alerts }).length).toBeLessThan(6 * 2 ** 20);
  });
});
