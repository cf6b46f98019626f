import type { NetworkLookup } from '@portcullis/event';

export async function openNetworks(): Promise<NetworkLookup> {
  return (address) => ({ kind: 'unknown', address, prefix: address });
}
