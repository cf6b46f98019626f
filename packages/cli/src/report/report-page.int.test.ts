import { AxeBuilder } from '@axe-core/playwright';
import type { AnomalyEvent } from '@portcullis/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, aReport, isoAfter } from '../testing/a-report.ts';
import { findChromium, type PageOpener, pageOpener } from '../testing/open-page.ts';
import { readPageAssets } from './page-assets.ts';
import { reportHtml } from './report-html.ts';
import type { ReportInput } from './report-input.ts';

const chromium = findChromium();
if (chromium === undefined) console.warn('skipped: no Chromium to open the report in; install one or set CHROMIUM');

/** Evaluated in the page, whose types this program does not know. */
const BACKGROUND = 'getComputedStyle(document.body).backgroundColor';

const ALERTS: readonly AnomalyEvent[] = [
  anAlert('night', { severity: 'CRITICAL', score: 96, risk: 30, firstSeen: isoAfter(50), lastSeen: isoAfter(51) }),
  anAlert('early', { severity: 'HIGH', score: 70, firstSeen: isoAfter(30), lastSeen: isoAfter(31) }),
  anAlert('person', {
    severity: 'HIGH',
    score: 60,
    firstSeen: isoAfter(100),
    lastSeen: isoAfter(101),
    actor: { id: 'p', kind: 'person', name: 'ana@example.com' },
  }),
  anAlert('late', { severity: 'MEDIUM', score: 40, firstSeen: isoAfter(110), lastSeen: isoAfter(111) }),
];

describe.skipIf(chromium === undefined)('the report in a browser', () => {
  let opener: PageOpener;
  const markup = async (input: Partial<ReportInput> = {}) =>
    reportHtml(aReport({ alerts: ALERTS, ...input }), await readPageAssets());

  beforeAll(async () => {
    opener = await pageOpener(chromium ?? '');
  });
  afterAll(() => opener.close());

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in the %s', async (colorScheme) => {
    const { page } = await opener.open(await markup(), { colorScheme });
    for (const open of [false, true]) {
      if (open) await page.click('#toggle-all');

      const { violations, passes } = await new AxeBuilder({ page }).analyze();

      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }
  });

  it('neither complains nor asks anybody for anything', async () => {
    const { page, complaints, requests } = await opener.open(await markup());

    await page.click('#toggle-all');
    await page.click('#theme');

    expect(await page.locator('.uplot canvas').count()).toBe(1);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('filters by words, severity and kind of actor, and says how many are left', async () => {
    const { page } = await opener.open(await markup());
    const count = page.locator('#count');

    await page.fill('[name=text]', 'ANA@ createaccesskey');
    expect(await shown(page)).toEqual(['alert-person']);
    expect(await count.textContent()).toBe('1 of 4 alerts');
    await page.fill('[name=text]', '');
    await page.uncheck('[value=HIGH]');
    expect(await shown(page)).toEqual(['alert-night', 'alert-late']);
    await page.check('[value=HIGH]');
    await page.selectOption('[name=kind]', 'person');
    expect(await shown(page)).toEqual(['alert-person']);
    await page.selectOption('[name=kind]', '');
    expect(await count.textContent()).toBe('4 alerts');
  });

  it.each([
    { sort: 'severity', order: ['night', 'early', 'person', 'late'] },
    { sort: 'newest', order: ['late', 'person', 'night', 'early'] },
    { sort: 'oldest', order: ['early', 'night', 'person', 'late'] },
    { sort: 'risk', order: ['night', 'early', 'person', 'late'] },
    { sort: 'actor', order: ['person', 'night', 'early', 'late'] },
  ])('sorts by $sort', async ({ sort, order }) => {
    const { page } = await opener.open(await markup());

    await page.selectOption('[name=sort]', sort);

    expect(await shown(page)).toEqual(order.map((id) => `alert-${id}`));
  });

  it('is worked by keyboard alone: to the alerts, from one to the next, open and shut', async () => {
    const { page } = await opener.open(await markup());
    const focused = () => page.evaluate<string>("document.activeElement?.closest('li')?.id");
    const isOpen = (id: string) => page.locator(`#${id} > details`).evaluate((details) => details.hasAttribute('open'));

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the skip link
    for (let presses = 0; presses < 20 && (await focused()) !== 'alert-night'; presses++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('alert-early');
    await page.keyboard.press('Enter');
    expect(await isOpen('alert-early')).toBe(true);
    await page.keyboard.press('Space');
    expect(await isOpen('alert-early')).toBe(false);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('alert-night');
  });

  it('zooms the time line, narrows the alerts to it, and goes back', async () => {
    const { page } = await opener.open(await markup());
    const box = await page.locator('.u-over').boundingBox();
    if (box === null) throw new Error('the chart is drawn');
    const at = (hour: number) => box.x + (hour / 120) * box.width;

    await page.mouse.move(at(20), box.y + 100);
    await page.mouse.down();
    await page.mouse.move(at(60), box.y + 100, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => shown(page)).toEqual(['alert-night', 'alert-early']);
    expect(await page.locator('#count').textContent()).toBe('2 of 4 alerts in the chosen hours');
    await page.click('text=All hours');
    await expect.poll(() => shown(page)).toHaveLength(4);
  });

  it('opens an alert from its mark', async () => {
    const { page } = await opener.open(await markup());
    const box = await page.locator('.u-over').boundingBox();
    if (box === null) throw new Error('the chart is drawn');

    await page.mouse.click(box.x + (100 / 120) * box.width, box.y + (1 - 60 / 108) * box.height);

    await expect.poll(() => page.locator('#alert-person > details[open]').count()).toBe(1);
    expect(new URL(page.url()).hash).toBe('#alert-person');
  });

  it('changes between light and dark, and remembers', async () => {
    const { page } = await opener.open(await markup(), { colorScheme: 'light' });
    const background = () => page.evaluate<string>(BACKGROUND);
    const light = await background();

    await page.click('#theme');
    expect(await background()).not.toBe(light);
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true');
    await page.reload();
    expect(await background()).not.toBe(light);
  });

  it('shows text of the logs as text, whatever it is', async () => {
    const hostile = `"'><img src=x onerror="window.owned=1"></script><script>window.owned=1</script>\u2028\u202e<svg onload=owned=1>`;
    const [first] = ALERTS;
    if (first === undefined) throw new Error('there are alerts');
    const { data } = first.detail;
    const attacked = anAlert(hostile, {
      title: hostile,
      region: hostile,
      actor: { id: hostile, kind: 'role', name: hostile, arn: hostile },
      eventIds: [hostile],
      evidence: data.evidence.map((item) => ({ ...item, observed: hostile, usual: hostile, reason: hostile })),
      response: {
        mode: 'dry-run',
        plan: [{ action: hostile, target: hostile, actions: [hostile], reason: hostile, reversible: 'exact' }],
      },
    });

    const { page, complaints, requests } = await opener.open(
      await markup({ alerts: [attacked], notes: new Map([[hostile, [hostile]]]) }),
    );

    expect(await page.locator('h3').first().textContent()).toBe(
      hostile.replace('\u2028', '\\u{2028}').replace('\u202e', '\\u{202e}'),
    );
    expect(await page.evaluate<boolean>("'owned' in window")).toBe(false);
    expect(await page.locator('img, main script:not([type])').count()).toBe(0);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  it('runs nothing and fetches nothing that got into it all the same', async () => {
    const planted =
      '<script>window.owned=1</script><img src="https://example.com/x" onerror="window.owned=1"><p style="color:red">';
    const { page, complaints } = await opener.open((await markup()).replace('</main>', `${planted}</main>`));

    expect(await page.evaluate<boolean>("'owned' in window")).toBe(false);
    expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(3);
  });

  it('can be read without scripts', async () => {
    const { page } = await opener.open(await markup(), { javaScriptEnabled: false });

    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('svg.timeline').isVisible()).toBe(true);
    await page.click('#alert-person summary');
    expect(await page.locator('#alert-person .observed').first().isVisible()).toBe(true);
  });

  it('prints every alert in full, on white, without what only works on a screen', async () => {
    const { page } = await opener.open(await markup(), { colorScheme: 'dark' });

    await page.emulateMedia({ media: 'print' });

    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('svg.timeline').isVisible()).toBe(true);
    expect(await page.locator('.uplot').isVisible()).toBe(false);
    expect(await page.locator('#alert-late .observed').first().isVisible()).toBe(true);
    expect(await page.evaluate<string>(BACKGROUND)).toBe('rgb(255, 255, 255)');
  });

  it('fits a narrow screen', async () => {
    const { page } = await opener.open(await markup(), { viewport: { width: 360, height: 780 } });
    await page.click('#toggle-all');

    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});

/** Ids of the alerts that can be seen, from the top. */
function shown(page: Page): Promise<string[]> {
  return page.locator('#alert-list > li:not([hidden])').evaluateAll((items) => items.map(({ id }) => id));
}
