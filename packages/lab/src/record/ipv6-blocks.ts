import type { NetworkBlock } from './network-blocks.ts';

/** A /32 of IPv6 that a provider gives to homes. */
export type Ipv6Block = Pick<NetworkBlock, 'country' | 'asn' | 'owner' | 'leading'>;

/** Announced blocks with their true owner: country, autonomous system, owner, then the first two groups of each. */
const TABLE = `
GB 5400 British Telecommunications: 2a00:23c4 2a00:23c6 2a00:23c8
GB 5607 Sky UK Limited: 2a02:c7c 2a02:c7e
DE 3320 Deutsche Telekom: 2003:c0 2003:e4 2003:f1
DE 31334 Vodafone: 2a02:8108 2a02:8109
DE 6805 Telefonica Germany GmbH & Co.OHG: 2a02:3100
US 7922 COMCAST-7922: 2601:40 2601:600 2601:1c0
US 7018 AT&T Enterprises: 2600:1700
US 20001 Charter Communications: 2603:8000
US 701 Verizon Business: 2600:4040
FR 5511 Orange: 2a01:cb00 2a01:cb08
FR 12322 Free: 2a01:e34
FR 15557 Societe Francaise Du Radiotelephone - SFR: 2a02:8440
NL 33915 Vodafone Libertel: 2001:1c00 2001:1c02 2a02:a210
NL 1136 KPN: 2a02:a440
SE 3301 TELIANET-SWEDEN: 2001:2040
SE 1257 Tele2 Sverige: 2a00:801
SE 8473 Bahnhof: 2001:9b1
PT 3243 MEO-RESIDENCIAL: 2001:8a0
PT 12353 Vodafone Portugal - Communicacoes Pessoais: 2001:818
IT 12874 Fastweb SpA: 2001:b07
IT 1267 WIND TRE S.P.A.: 2a02:b000
PL 9141 P4 Sp. z o.o.: 2a02:a310 2a02:a31a
PL 5617 Orange Polska Spolka Akcyjna: 2a00:f40
IE 6830 Liberty Global: 2a02:8080 2a02:8084
AU 1221 Telstra Limited: 2001:8003 2001:8004
AU 4764 Wideband Networks Pty: 2403:5800
PH 9299 IPG-AS-AP: 2001:4450
ES 3352 TELEFONICA DE ESPANA S.A.U.: 2a02:9130
ES 57269 DIGI SPAIN TELECOM S.L.U.: 2a0c:5a80
ES 12715 Orange Espagne: 2a02:2e02
CH 3303 Swisscom (Schweiz): 2a02:1200 2a02:1210
NO 2119 Telenor Norge AS: 2001:4643
NO 25400 Telia Norge AS: 2a02:fe0
RO 8708 DIGI ROMANIA: 2a02:2f00 2a02:2f04
CA 812 Rogers Communications Canada: 2607:fea8 2605:8d80
CA 6327 Shaw Communications: 2604:3d00
IN 55836 Reliance Jio Infocomm Limited: 2409:4000 2409:4050 2405:201
JP 4713 NTT Communications Corporation: 2400:4050
JP 2516 KDDI CORPORATION: 240b:10
JP 17676 SoftBank Corp.: 2400:2410
JP 2527 Sony Network Communications: 240d:1a
SG 4657 Starhub: 2406:3003
SG 55430 Starhub Internet Pte: 2404:e801
`;

const ROW = /^(\w+) (\d+) ([^:]+): (.+)$/;

export const IPV6_BLOCKS: readonly Ipv6Block[] = TABLE.trim()
  .split('\n')
  .flatMap((row) => {
    const [, country = '', asn = '', owner = '', blocks = ''] = ROW.exec(row) ?? [];
    return blocks.split(' ').map((leading) => ({ country, asn: Number(asn), owner, leading }));
  });
