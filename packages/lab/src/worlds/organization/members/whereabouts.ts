import { DAY_MS, type EpochMs } from '@portcullis/event';
import { type Random, randomStream } from '../../../random.ts';
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
  /** Days until the provider hands out another address. */
  readonly leaseDays: number;
}

export function lineIn(country: string, owner: string, random: Random): Line {
  const block = random.pick(someBlocks('consumer', country));
  return {
    owner,
    block,
    network: random.chance(0.7) ? networkIn(block, random) : undefined,
    leaseDays: random.pick([1, 7, 30, 90, 400]),
  };
}

export function addressOn({ owner, block, network, leaseDays }: Line, at: EpochMs): string {
  const random = randomStream('lease', owner, block.leading, Math.floor(at / DAY_MS / leaseDays));
  return network === undefined ? addressIn(block, random) : `${network}.${random.int(1, 254)}`;
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
