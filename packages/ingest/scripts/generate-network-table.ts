// Writes data/network.bin from the installed address data.
import { writeFileSync } from 'node:fs';
import { compileNetworkTable } from '../src/network/compile-network-table.ts';
import { networkTableUrl } from '../src/network/network-table-url.ts';
import { networkSources } from './network-sources.ts';

writeFileSync(networkTableUrl, compileNetworkTable(networkSources()));
