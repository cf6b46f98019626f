import type { Story } from '../organization.ts';
import type { Random } from '../random.ts';

/** Sorts of networks that intruders call from. */
export type IntruderNetworkKind = 'hosting' | 'residential' | 'vpn' | 'other-cloud' | 'other-region';

/** Addresses `leading`.0.0 to `leading`.255.0, as far as one owner announces them. */
export interface IntruderNetwork {
  readonly kind: IntruderNetworkKind;
  readonly leading: string;
  /** Third octets, both ends included. */
  readonly thirds: readonly [number, number];
  readonly asn: number;
  readonly owner: string;
  readonly country: string;
}

const row = (
  kind: IntruderNetworkKind,
  leading: string,
  thirds: readonly [number, number],
  asn: number,
  owner: string,
  country: string,
): IntruderNetwork => ({ kind, leading, thirds, asn, owner, country });

/**
 * Where intruders sit, another set for each half.
 *
 * Owners and countries are true as of the reference data of `ingest`. The last octet is always 0: the address of a
 * network, which no computer has.
 */
export const INTRUDER_NETWORKS: Readonly<Record<Story['half'], readonly IntruderNetwork[]>> = {
  tuning: [
    row('hosting', '167.99', [96, 127], 14061, 'DigitalOcean, LLC', 'US'),
    row('hosting', '65.108', [0, 159], 24940, 'Hetzner Online GmbH', 'FI'),
    row('hosting', '54.37', [43, 71], 16276, 'OVH SAS', 'FR'),
    row('hosting', '45.76', [0, 31], 20473, 'The Constant Company, LLC', 'US'),
    row('residential', '36.72', [0, 255], 7713, 'Telekomunikasi Indonesia (PT)', 'ID'),
    row('residential', '86.120', [0, 255], 8708, 'DIGI ROMANIA S.A.', 'RO'),
    row('residential', '76.94', [0, 255], 20001, 'Charter Communications Inc', 'US'),
    row('residential', '102.89', [0, 255], 29465, 'MTN NIGERIA Communication limited', 'NG'),
    row('vpn', '146.70', [29, 52], 9009, 'M247 Europe SRL', 'RO'),
    row('other-cloud', '34.90', [0, 255], 396982, 'Google LLC', 'NL'),
    row('other-cloud', '47.254', [0, 255], 45102, 'Alibaba (US) Technology Co., Ltd.', 'US'),
    row('other-region', '18.216', [0, 255], 16509, 'Amazon.com, Inc.', 'US'),
    row('other-region', '13.250', [0, 255], 16509, 'Amazon.com, Inc.', 'SG'),
  ],
  test: [
    row('hosting', '88.99', [0, 255], 24940, 'Hetzner Online GmbH', 'DE'),
    row('hosting', '139.162', [192, 255], 63949, 'Akamai Technologies, Inc.', 'GB'),
    row('hosting', '62.210', [0, 255], 12876, 'Scaleway SAS', 'FR'),
    row('hosting', '188.166', [0, 135], 14061, 'DigitalOcean, LLC', 'NL'),
    row('residential', '171.248', [0, 255], 7552, 'Viettel Group', 'VN'),
    row('residential', '177.139', [0, 255], 27699, 'TELEFONICA BRASIL S.A', 'BR'),
    row('residential', '83.24', [0, 255], 5617, 'Orange Polska Spolka Akcyjna', 'PL'),
    row('residential', '68.44', [0, 255], 7922, 'Comcast Cable Communications, LLC', 'US'),
    row('vpn', '89.187', [175, 187], 60068, 'Datacamp Limited', 'US'),
    row('other-cloud', '20.50', [128, 255], 8075, 'Microsoft Corporation', 'NL'),
    row('other-cloud', '43.134', [0, 191], 132203, 'Shenzhen Tencent Computer Systems Company Limited', 'SG'),
    row('other-region', '13.233', [0, 255], 16509, 'Amazon.com, Inc.', 'IN'),
    row('other-region', '18.229', [0, 255], 16509, 'Amazon.com, Inc.', 'BR'),
  ],
};

/** An address out of the half's networks; `kinds` narrows the choice. */
export function intruderAddress(half: Story['half'], random: Random, kinds?: readonly IntruderNetworkKind[]): string {
  const networks = INTRUDER_NETWORKS[half].filter(({ kind }) => kinds?.includes(kind) ?? true);
  const { leading, thirds } = random.pick(networks);
  return `${leading}.${random.int(...thirds)}.0`;
}

/** Reserved for documentation, hence without neighbors that could belong to anybody. */
const DOCUMENTATION = ['192.0.2.', '198.51.100.', '203.0.113.'];

/** Another network close by, which most likely has the same owner. */
export function neighborOf(address: string, random: Random): string {
  const octets = /^(\d+\.\d+)\.(\d+)\.\d+$/.exec(address);
  if (octets === null || DOCUMENTATION.some((prefix) => address.startsWith(prefix))) return address;
  const third = Number(octets[2]);
  const step = random.int(1, 5) * (random.chance(0.5) ? 1 : -1);
  return `${octets[1]}.${third + step < 0 || third + step > 255 ? third - step : third + step}.0`;
}
