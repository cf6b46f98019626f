import { readFile } from 'node:fs/promises';
import type { NetworkLookup } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';

/** Opens the shipped table of network owners. */
export async function openNetworks(): Promise<NetworkLookup> {
  return openNetworkTable(await readFile(networkTableUrl));
}
