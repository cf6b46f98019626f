import { AxeBuilder } from '@axe-core/playwright';
import { DAY_MS, type FlowEvent } from '@portcullis/event';
import { createFlowCollector, DEFAULT_SEGMENT, readNetworkExport, segment, trafficGraph } from '@portcullis/review';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, type PageOpener, pageOpener } from '../testing/open-page.ts';
import { segmentationHtml } from './segmentation-html.ts';
import { MAX_DRAWN } from './traffic-drawing.ts';

const chromium = findChromium();
if (chromium === undefined) console.warn('skipped: no Chromium to open the page in; install one or set CHROMIUM');

const HOSTILE = `"'><img src=x onerror="window.owned=1"><script>window.owned=1</script>`;

/** A group of 40 servers' worth of edges, one of them with a name that somebody chose to do harm. */
function markup(): string {
  const owned = { OwnerId: '111122223333', VpcId: 'vpc-1' };
  const network = readNetworkExport([
    {
      SecurityGroups: [
        {
          ...owned,
          GroupId: 'sg-0db',
          GroupName: HOSTILE,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
          IpPermissionsEgress: [],
        },
        { ...owned, GroupId: 'sg-0new', GroupName: 'new', IpPermissions: [], IpPermissionsEgress: [] },
      ],
    },
    {
      NetworkInterfaces: [
        {
          ...owned,
          NetworkInterfaceId: 'eni-0aaaaaaaa',
          PrivateIpAddress: '10.0.2.20',
          Groups: [{ GroupId: 'sg-0db' }],
        },
      ],
    },
  ]);
  const collector = createFlowCollector(network.interfaces);
  for (let index = 0; index < 40 * 30; index++) {
    const flow: FlowEvent = {
      source: 'vpc-flow',
      id: String(index),
      time: Date.UTC(2026, 0, 1) + Math.floor(index / 40) * DAY_MS,
      end: Date.UTC(2026, 0, 1),
      account: '111122223333',
      interfaceId: 'eni-0aaaaaaaa',
      from: { address: `10.3.${index % 40}.7`, port: 50_000 },
      to: { address: '10.0.2.20', port: 5432 },
      protocol: 6,
      packets: 1,
      bytes: 100 * (1 + (index % 40)),
      accepted: true,
      direction: 'ingress',
      tcpFlags: 2,
      vpcId: 'vpc-1',
      subnetId: undefined,
      instanceId: undefined,
    };
    collector.observe(flow);
  }
  const record = collector.record();
  const { groups } = segment(network, record, { ...DEFAULT_SEGMENT, minDays: 20 });
  const graph = trafficGraph(record, network, (address) => ({ kind: 'public', address, prefix: address }));
  return segmentationHtml({ graph, groups, names: new Map(network.groups.map(({ id, name }) => [id, name])) });
}

describe.skipIf(chromium === undefined)('the page of a segmentation in a browser', () => {
  let opener: PageOpener;
  beforeAll(async () => {
    opener = await pageOpener(chromium ?? '');
  });
  afterAll(() => opener.close());

  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to, nor complains or asks, in the %s',
    async (colorScheme) => {
      const { page, complaints, requests } = await opener.open(markup(), { colorScheme });

      const { violations, passes } = await new AxeBuilder({ page }).analyze();

      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
      expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    },
  );

  it('draws what carried most and lists all beside it; a line leads to its row by keyboard', async () => {
    const { page } = await opener.open(markup(), { javaScriptEnabled: false });

    expect(await page.locator('svg.graph a').count()).toBe(MAX_DRAWN);
    expect(await page.locator('tbody tr').count()).toBe(40);
    await page.locator('svg.graph a').first().focus();
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#edge-1');
    expect(await page.locator('tr:target td').first().textContent()).toBe('10.3.39.0/24');
  });

  it('shows names as text, and runs nothing that got in', async () => {
    const planted = '<script>window.owned=1</script><img src="https://example.com/x" onerror="window.owned=1">';
    const { page, complaints } = await opener.open(markup().replace('</main>', `${planted}</main>`));

    expect(await page.locator('h3').first().textContent()).toContain(HOSTILE);
    expect(await page.evaluate<boolean>("'owned' in window")).toBe(false);
    expect(complaints.some((text) => text.includes('Content Security Policy'))).toBe(true);
  });

  it('prints the drawing and the table on white, and fits a narrow screen', async () => {
    const { page } = await opener.open(markup(), { colorScheme: 'dark', viewport: { width: 360, height: 780 } });

    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('svg.graph').isVisible()).toBe(true);
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });
});
