import { readFile } from 'node:fs/promises';
import type { NetworkLookup } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';

/** The address data that ships with ingest: owners and countries as of its making, no look-ups over the network. */
export async function openNetworks(): Promise<NetworkLookup> {
  return openNetworkTable(await readFile(networkTableUrl));
}
