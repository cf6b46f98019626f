// Reads the installed address data; used by the generator and by the drift test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { CountryRange, NetworkSources, OwnerRange } from '../src/network/compile-network-table.ts';

const require = createRequire(import.meta.url);
// Written out, so that the dead-code check sees the packages used
const OWNERS = require.resolve('@ip-location-db/asn/package.json');
const COUNTRIES = require.resolve('@ip-location-db/geo-whois-asn-country/package.json');

export function networkSources(): NetworkSources {
  return {
    names: [OWNERS, COUNTRIES].map((manifest) => `${require(manifest).name}@${require(manifest).version}`),
    ipv4Owners: rows(OWNERS, 'asn-ipv4-num.csv', ownerRange),
    ipv4Countries: rows(COUNTRIES, 'geo-whois-asn-country-ipv4-num.csv', countryRange),
    ipv6Owners: rows(OWNERS, 'asn-ipv6-num.csv', ownerRange),
    ipv6Countries: rows(COUNTRIES, 'geo-whois-asn-country-ipv6-num.csv', countryRange),
  };
}

function rows<T>(manifest: string, file: string, rowOf: (line: string) => T): T[] {
  const text = readFileSync(path.join(path.dirname(manifest), file), 'utf8');
  return text.trimEnd().split('\n').map(rowOf);
}

/** `16777216,16777471,13335,"Cloudflare, Inc."`: the range is inclusive, the name quoted where it must be. */
function ownerRange(line: string): OwnerRange {
  const [, first = '', last = '', asn = '', name = ''] = /^(\d+),(\d+),(\d+),(.+)$/.exec(line) ?? unexpected(line);
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  return { first: BigInt(first), last: BigInt(last), asn: Number(asn), name: quoted?.replaceAll('""', '"') ?? name };
}

/** `16777216,16777471,AU`. */
function countryRange(line: string): CountryRange {
  const [, first = '', last = '', country = ''] = /^(\d+),(\d+),([A-Z]{2})$/.exec(line) ?? unexpected(line);
  return { first: BigInt(first), last: BigInt(last), country };
}

function unexpected(line: string): never {
  throw new Error(`a row of the address data is not of the form expected: ${line}`);
}
