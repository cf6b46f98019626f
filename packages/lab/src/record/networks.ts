import type { Random } from '../random.ts';
import { NETWORK_BLOCKS, type NetworkBlock, type NetworkUse } from './network-blocks.ts';

/**
 * Addresses of the simulated worlds.
 *
 * The small world's office has a documentation network (RFC 5737). Everything that moves about gets an address from
 * its provider's announced blocks, so that lookups find the true owner and country. Its homes and the
 * intruder's machines get the network address of a block (`….0`), which no computer has.
 */
export const OFFICE = '203.0.113.24';

/** Consumer providers: BT, Telia, TIM, MEO, Comcast, PLDT. */
export const HOMES = {
  london: '86.130.12.0',
  stockholm: '78.72.44.0',
  milan: '79.18.96.0',
  lisbon: '85.243.20.0',
  boston: '73.47.8.0',
  manila: '112.204.64.0',
  leeds: '86.148.77.0',
} as const;

/** Rented machines: DigitalOcean, Hetzner, OVH. */
export const HOSTING = { droplet: '159.65.0.0', rootServer: '95.216.0.0', vps: '51.75.0.0' } as const;

/** Leading octets of EC2 and Lambda blocks in eu-west-1. */
const AWS_IRELAND = ['3.250', '3.251', '34.244', '34.245', '52.210', '54.74'];
/** Leading octets of Azure blocks that hosted build runners come from. */
const BUILD_RUNNERS = ['20.55', '20.109', '20.161', '40.84', '52.154', '13.83', '4.227', '4.246'];

/** Public address of a function's execution environment outside any VPC. */
export function functionAddress(random: Random): string {
  return `${random.pick(AWS_IRELAND)}.${random.int(1, 254)}.${random.int(1, 254)}`;
}

export function buildRunnerAddress(random: Random): string {
  return `${random.pick(BUILD_RUNNERS)}.${random.int(1, 254)}.${random.int(1, 254)}`;
}

const BY_PLACE = Map.groupBy(NETWORK_BLOCKS, ({ use, place }) => `${use}/${place}`);

/** Announced blocks of one use at one place: `blocksOf('aws', 'eu-west-1')`. */
export function blocksOf(use: NetworkUse, place: string): readonly NetworkBlock[] {
  return BY_PLACE.get(`${use}/${place}`) ?? [];
}

/** A /24 within the block: its leading octets, `86.130.12`. */
export function networkIn({ leading, third: [from, to] }: NetworkBlock, random: Random): string {
  return `${leading}.${random.int(from, to)}`;
}

export function addressIn(block: NetworkBlock, random: Random): string {
  return `${networkIn(block, random)}.${random.int(1, 254)}`;
}
