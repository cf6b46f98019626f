import { type Random, randomStream } from '../../../random.ts';
import type { Client } from '../../../record/caller.ts';
import { addressIn, blocksOf } from '../../../record/networks.ts';
import type { Site } from '../sites.ts';

/** How machines of an account reach AWS: from anywhere, by their network's gateways, or by an endpoint within it. */
export type Egress = 'open' | 'gateway' | 'endpoint';

/** Address that calls of a function, an instance or a container of an account come from. */
export function placeOf(egress: Egress, { account }: Site, random: Random): Omit<Client, 'userAgent'> {
  const home = randomStream('egress', account.id);
  if (egress === 'endpoint') {
    return {
      address: `10.${home.int(0, 60)}.${random.int(0, 31)}.${random.int(4, 250)}`,
      vpcEndpointId: `vpce-0${home.hex(16)}`,
    };
  }
  const blocks = blocksOf('aws', account.region);
  if (egress === 'open') return { address: addressIn(random.pick(blocks), random) };
  const gateways = [0, 1, 2].map(() => addressIn(home.pick(blocks), home));
  return { address: random.pick(gateways) };
}
