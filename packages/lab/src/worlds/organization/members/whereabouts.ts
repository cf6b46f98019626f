import { DAY_MS, type EpochMs } from '@portcullis/event';
import { type Random, randomStream } from '../../../random.ts';
import { IPV6_BLOCKS } from '../../../record/ipv6-blocks.ts';
import type { NetworkBlock } from '../../../record/network-blocks.ts';
import { addressIn, blocksOf, networkIn } from '../../../record/networks.ts';
import type { Culture } from '../culture.ts';
import type { Country } from '../pools/pool.ts';

/** A line into the internet that somebody has at home. */
export interface Line {
  readonly owner: string;
  readonly block: NetworkBlock;
  /** The /24 it keeps, unless the provider hands out any of its addresses. */
  readonly network: string | undefined;
  /** Where the provider gives IPv6 as well: the first four groups. */
  readonly wide: string | undefined;
  /** Days until the provider hands out another address. */
  readonly leaseDays: number;
}

export function lineIn(country: string, owner: string, random: Random): Line {
  const block = random.pick(someBlocks('consumer', country));
  return {
    owner,
    block,
    network: random.chance(0.7) ? networkIn(block, random) : undefined,
    wide: random.chance(0.45) ? wideNetworkIn(country, random) : undefined,
    leaseDays: random.pick([1, 7, 30, 90, 400]),
  };
}

export function addressOn({ owner, block, network, leaseDays }: Line, at: EpochMs): string {
  const random = randomStream('lease', owner, block.leading, Math.floor(at / DAY_MS / leaseDays));
  return network === undefined ? addressIn(block, random) : `${network}.${random.int(1, 254)}`;
}

/** Where the console is reached by IPv6: a new address on the same network each day. */
export function wideAddressOn({ owner, wide }: Line, at: EpochMs): string | undefined {
  const random = randomStream('temporary', owner, Math.floor(at / DAY_MS));
  return wide && `${wide}:${[0, 1, 2, 3].map(() => random.int(1, 65_535).toString(16)).join(':')}`;
}

function wideNetworkIn(country: string, random: Random): string | undefined {
  const blocks = IPV6_BLOCKS.filter((block) => block.country === country);
  if (blocks.length === 0) return undefined;
  return `${random.pick(blocks).leading}:${random.int(1, 65_535).toString(16)}:${random.int(1, 65_535).toString(16)}`;
}

/** Address of the office in a country: one of two. */
export function officeAddress({ half, seed }: Culture, { code }: Country, random: Random): string {
  const office = randomStream('office', half, seed, code);
  const network = networkIn(office.pick(someBlocks('business', code)), office);
  const addresses = [`${network}.${office.int(1, 254)}`, `${network}.${office.int(1, 254)}`];
  return random.chance(0.8) ? String(addresses[0]) : String(addresses[1]);
}

/** Address of the gateway: one of few of the nearest site. */
export function gatewayAddress({ half, seed }: Culture, gateway: string, { code }: Country, random: Random): string {
  const near = randomStream('gateway', half, seed, code);
  const networks = [0, 1].map(() => networkIn(near.pick(someBlocks('proxy', gateway)), near));
  return `${random.pick(networks)}.${random.int(1, 60)}`;
}

export function mobileAddress({ code }: Country, random: Random): string {
  return addressIn(random.pick(someBlocks('mobile', code)), random);
}

/** Blocks at a place; those of the United States where none are known there. */
function someBlocks(use: 'consumer' | 'business' | 'mobile' | 'proxy', place: string): readonly NetworkBlock[] {
  const blocks = blocksOf(use, place);
  return blocks.length > 0 ? blocks : blocksOf(use, 'US');
}
