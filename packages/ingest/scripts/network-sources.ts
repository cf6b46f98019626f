// Reads the installed address data; used by the generator and by the drift test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AddressRange, NetworkSources } from '../src/network/compile-network-table.ts';

const require = createRequire(import.meta.url);
const OWNERS = require.resolve('@ip-location-db/asn/package.json');
const COUNTRIES = require.resolve('@ip-location-db/geo-whois-asn-country/package.json');

export function networkSources(): NetworkSources {
  return {
    names: [OWNERS, COUNTRIES].map(nameAndVersion),
    ipv4Owners: ranges(OWNERS, 'asn-ipv4-num.csv'),
    ipv4Countries: ranges(COUNTRIES, 'geo-whois-asn-country-ipv4-num.csv'),
    ipv6Owners: ranges(OWNERS, 'asn-ipv6-num.csv'),
    ipv6Countries: ranges(COUNTRIES, 'geo-whois-asn-country-ipv6-num.csv'),
  };
}

function nameAndVersion(manifest: string): string {
  const { name, version }: { name: string; version: string } = require(manifest);
  return `${name}@${version}`;
}

/** Rows are `first,last,value[,value]`; only the last value may be quoted. */
function ranges(manifest: string, file: string): AddressRange[] {
  const text = readFileSync(path.join(path.dirname(manifest), file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [first = '', last = '', value = '', ...rest] = line.split(',');
      const name = rest.join(',').replace(/^"|"$/g, '').replaceAll('""', '"');
      return { first: BigInt(first), last: BigInt(last), values: name === '' ? [value] : [value, name] };
    });
}
