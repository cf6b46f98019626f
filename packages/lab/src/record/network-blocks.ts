/** What the addresses of a block are used for: homes, telephones, offices, gateways of staff, rented machines, clouds. */
export type NetworkUse = 'consumer' | 'mobile' | 'business' | 'proxy' | 'hosting' | 'cloud' | 'aws';

/** A run of /24 networks of one owner, in one /16. */
export interface NetworkBlock {
  readonly use: NetworkUse;
  /** Country, region of AWS, or name of the cloud or gateway. */
  readonly place: string;
  readonly country: string;
  readonly asn: number;
  readonly owner: string;
  /** First two octets. */
  readonly leading: string;
  /** First and last value of the third octet. */
  readonly third: readonly [from: number, to: number];
}

/**
 * Announced blocks with their true owner and country, as public routing and registry data have them: use, place,
 * country, autonomous system, owner, then leading octets, where need be with a range of the third.
 */
const TABLE = `
consumer GB GB 2856 BT-UK-AS: 86.130 86.148 81.152 31.48
consumer GB GB 5089 Virgin Media Limited: 82.0 92.233
consumer GB GB 5607 Sky UK Limited: 90.192 90.214
consumer IE IE 5466 Eircom Limited: 86.40 51.171
consumer IE IE 6830 Liberty Global: 89.100
consumer IE IE 15502 Vodafone Ireland Limited: 109.76
consumer SE SE 3301 TELIANET-SWEDEN: 78.72 81.224 90.224
consumer SE SE 1257 Tele2 Sverige: 83.248
consumer SE SE 8473 Bahnhof: 155.4.2-255
consumer SE SE 8434 Telenor Sverige: 213.112
consumer NO NO 25400 Telia Norge AS: 84.208
consumer NO NO 2119 Telenor Norge AS: 88.88 46.9
consumer NO NO 29695 Lyse Tele AS: 81.166
consumer DK DK 3292 TDC Holding A/S: 80.162 87.48 188.176 2.104
consumer FI FI 719 Elisa Oyj: 88.112 91.152 85.76
consumer FI FI 1759 Telia Finland Oyj: 80.220
consumer DE DE 3320 Deutsche Telekom: 84.130 84.150 91.10 93.200 79.192 80.128
consumer DE DE 8881 1&1 Versatel: 87.122
consumer DE DE 3209 Vodafone: 95.88 178.0 188.96
consumer FR FR 3215 Orange: 90.20 90.60 82.120 86.192
consumer FR FR 12322 Free: 82.64 78.192
consumer FR FR 5410 Bouygues Telecom: 176.128
consumer ES ES 3352 TELEFONICA DE ESPANA S.A.U.: 83.32 88.0 79.144 81.32 2.136
consumer ES ES 12479 Orange Espagne: 90.160 95.16
consumer IT IT 3269 ASN-IBSNAZ: 79.18 82.48 87.0 95.224
consumer IT IT 12874 Fastweb SpA: 93.32
consumer IT IT 1267 WIND TRE S.P.A.: 151.24
consumer PT PT 3243 MEO-RESIDENCIAL: 85.243 2.80 81.193
consumer PT PT 2860 NOS COMUNICACOES: 89.152
consumer NL NL 1136 KPN: 77.160 145.53 86.80
consumer NL NL 33915 Vodafone Libertel: 84.24 213.124 62.194
consumer BE BE 5432 Proximus NV: 81.240 91.176 109.128
consumer BE BE 6848 Telenet BV: 84.192
consumer CH CH 3303 Swisscom (Schweiz): 85.0 178.192 83.76 188.60
consumer AT AT 8447 A1 Telekom Austria: 91.112
consumer AT AT 8412 T-Mobile Austria: 80.108 84.112
consumer AT AT 25255 Hutchison Drei Austria: 178.112
consumer PL PL 5617 Orange Polska Spolka Akcyjna: 83.8 83.20 79.184
consumer PL PL 8374 Polkomtel Sp. z o.o.: 31.0
consumer PL PL 9141 P4 Sp. z o.o.: 89.64
consumer PL PL 12741 Netia: 178.36
consumer CZ CZ 5610 O2 Czech Republic, a.s.: 85.160 109.80 90.176.32-255
consumer CZ CZ 16019 Vodafone Czech Republic a.s.: 89.102
consumer RO RO 8708 DIGI ROMANIA: 86.120 188.24 5.12
consumer GR GR 6799 Ote SA (Hellenic Telecommunications Organisation): 79.128 2.84 94.64
consumer HU HU 5483 Magyar Telekom: 84.0
consumer HU HU 21334 One Hungary: 80.98 89.132
consumer IN IN 24560 Bharti Airtel Limited: 122.160.0-98 182.64.4-255
consumer IN IN 55836 Reliance Jio Infocomm Limited: 49.32
consumer IN IN 24309 Atria Convergence Technologies Pvt. Ltd.,: 49.204.112-156
consumer IN IN 45609 Bharti Airtel Limited: 106.192.0-143
consumer IN IN 9829 Bharat Sanchar Nigam: 117.192
consumer PH PH 9299 IPG-AS-AP: 112.204 124.104
consumer PH PH 132199 Globe Telecom: 120.28.64-125
consumer PH PH 10139 Smart Broadband: 175.176.0-127
consumer SG SG 55430 Starhub Internet Pte: 116.86 58.182
consumer SG SG 9506 Singapore Telecommunications Ltd, Magix Services: 119.74.28-255 220.255.16-189
consumer AU AU 1221 Telstra Limited: 1.120 1.128 101.160 110.140
consumer AU AU 7545 TPG Internet Pty: 203.220.161-209 14.200
consumer NZ NZ 9500 One New Zealand Group Limited: 118.92
consumer JP JP 4713 NTT Communications Corporation: 153.128 118.0
consumer JP JP 2516 KDDI CORPORATION: 106.128 111.100
consumer JP JP 17676 SoftBank Corp.: 126.10 60.64
consumer JP JP 2518 BIGLOBE: 133.200
consumer US US 7922 COMCAST-7922: 73.47 73.200 24.5 71.192 98.200 68.48 174.48 67.160
consumer US US 701 Verizon Business: 71.100 96.224
consumer US US 20001 Charter Communications: 76.80.0-237 75.80
consumer US US 7018 AT&T Enterprises: 104.48 99.10.64-255 107.128
consumer US US 22773 Cox Communications: 70.160
consumer US US 5650 Frontier Communications of America: 47.200
consumer US US 33363 Charter Communications: 50.88
consumer CA CA 812 Rogers Communications Canada: 99.224 72.136
consumer CA CA 577 Bell Canada: 70.48 184.144 142.112 174.88
consumer CA CA 6327 Shaw Communications: 24.64
consumer BR BR 28573 Claro NXT Telecomunicacoes Ltda: 177.32 189.32.112-255
consumer BR BR 28329 SAMM TECNOLOGIA E TELECOMUNICACOES: 179.96.0-63
consumer BR BR 27699 TELEFONICA BRASIL: 187.10
consumer BR BR 18881 TELEFONICA BRASIL: 191.32
consumer MX MX 8151 Uninet S.A. de C.V.: 189.128 201.100
consumer AR AR 27984 Ver Tv: 181.16.0-127
consumer AR AR 7303 Telecom Argentina: 190.16
consumer AR AR 22927 Telefonica de Argentina: 186.128
consumer ZA ZA 37457 Telkom SA: 105.224
consumer ZA ZA 36994 Vodacom: 41.0
consumer ZA ZA 10474 Dimension Data: 197.80.0-67
consumer ZA ZA 327782 Metrofibre Networx: 102.32
consumer IL IL 8551 Bezeq International: 79.176 84.108.0-141 109.64
consumer AE AE 15802 Emirates Integrated Telecommunications Company PJSC: 94.200
consumer AE AE 5384 EMIRATES TELECOMMUNICATIONS GROUP COMPANY (ETISALAT GROUP) PJSC: 2.48 83.110
consumer KR KR 4766 Korea Telecom: 121.128.98-165 175.192.0-180
consumer KR KR 9318 SK Broadband Co: 211.200.22-255
consumer CO CO 14080 Telmex Colombia: 181.48
consumer CO CO 10620 Telmex Colombia: 186.80.132-171
consumer CO CO 19429 ETB - Colombia: 190.24
mobile US US 21928 T-Mobile USA: 172.56
mobile US US 22394 Verizon Business: 174.192
mobile GB GB 2856 BT-UK-AS: 31.94 109.249
mobile DE DE 6805 Telefonica Germany GmbH & Co.OHG: 176.0
mobile DE DE 3320 Deutsche Telekom: 80.187
mobile GB GB 206067 Hutchison 3G UK Limited: 92.40
mobile DE DE 3209 Vodafone: 2.203
mobile IT IT 3302 Retelit Digital Services S.p.A.: 77.246.0-15
mobile GB GB 25180 Exponential-E: 5.148.0-159
mobile IN IN 45271 Vodafone Idea Ltd. (VIL): 49.14.0-187
business US US 701 Verizon Business: 63.80.216-255 65.192
business US US 3356 Level 3 Communications: 4.16 8.40.0-25
business US US 174 Cogent Communications: 38.104.0-151 38.70.80-127 149.6.220-255 130.117.11-39 149.11.206-227
business US US 7018 AT&T Enterprises: 12.8.111-252 12.200.146-216 207.140.67-114
business US US 6461 Zayo Bandwidth: 64.124.14-46 208.184.163-210
business US US 3549 Level 3 Communications: 66.192.124-163
business US US 7922 COMCAST-7922: 50.202.196-216
business GB GB 8220 COLT Technology Services Group Limited: 213.86.193-210 80.169.144-178
business DE DE 8220 COLT Technology Services Group Limited: 217.110.63-157
business DE DE 12337 noris network: 62.128.0-31
business GB GB 1273 Vodafone Group: 195.27.100-149
business GB GB 2856 BT-UK-AS: 194.73 81.134
business GB GB 702 Verizon Business: 193.128.77-174
business DE DE 3320 Deutsche Telekom: 217.6 195.243 62.153 212.184
business DE DE 8881 1&1 Versatel: 62.72.64-95
business FR FR 3215 Orange: 193.252.168-223 80.15.0-223 62.161
business FR FR 13193 KEYYO: 213.41.128-239
business DE DE 15933 ith Kommunikationstechnik: 217.64.64-95
business FR FR 8220 COLT Technology Services Group Limited: 62.23.0-25
business IT IT 3302 Retelit Digital Services S.p.A.: 195.110.128-159
business SG SG 7473 Singapore Telecommunications (SINGTEL Internet Exchange): 203.208.145-184
business SG SG 4657 Starhub: 203.117.99-245
business JP JP 2519 ARTERIA Networks Corporation: 202.79.64-127
business AU AU 7474 SingTel Optus Pty: 61.88.0-183
business AU AU 1221 Telstra Limited: 203.45
business IN IN 17917 Quadrant Televentures Limited: 202.164.32-63
business IN IN 4755 Tata Communications Limited: 115.112.0-123 14.140.64-255 121.240
business IL IL 12400 Partner Communications: 192.116.64-255
business IL IL 8551 Bezeq International: 62.219.107-196
business BR BR 11432 Telium Telecomunicacoes Ltda: 200.155.128-191
business BR BR 16735 ALGAR TELECOM S/A: 187.72.0-129 201.48.0-122
proxy zscaler US 22616 ZSCALER: 165.225.32-46 136.226.90-111 170.85.150-193
proxy cloudflare US 13335 Cloudflare: 104.28.157-255
proxy netskope US 55256 Netskope: 163.116.154-216
proxy prisma US 394089 Google: 134.238 208.127.0-199 137.83.215-250 130.41.0-127
hosting US US 14061 DIGITALOCEAN-ASN: 159.65.216-255 138.68.208-255 167.99.96-127 206.189.160-239
hosting DE DE 14061 DIGITALOCEAN-ASN: 64.226.64-127 46.101.96-255
hosting SG SG 14061 DIGITALOCEAN-ASN: 178.128.80-127
hosting FI FI 24940 HETZNER-AS: 95.216 65.108.0-159 135.181
hosting DE DE 24940 HETZNER-AS: 49.12 88.198 116.203 78.46
hosting FR FR 16276 OVH: 51.75.190-255 51.68.25-54 54.36.90-159 145.239.59-79 137.74.81-152 91.134.0-110
hosting FR FR 12876 Scaleway: 51.15 163.172 212.83.128-191 62.210 195.154
hosting US US 63949 Akamai Technologies: 45.79.0-115
hosting DE DE 63949 Akamai Technologies: 172.104.128-159
hosting GB GB 63949 Akamai Technologies: 139.162.192-255
hosting US US 20473 The Constant Company: 45.76.0-31 45.32.192-231 108.61.0-95 149.28.32-127
hosting NL NL 60781 LeaseWeb Netherlands: 85.17
hosting US US 7203 Leaseweb USA: 23.82.16-31
cloud azure US 8075 MICROSOFT-CORP-MSN-AS-BLOCK: 20.55 20.109 20.161 40.84 52.154 13.83 4.227 4.246 20.1 20.7 20.42.0-191 20.57 20.84 20.115 20.118 20.168 20.172 20.190.0-63 20.221 20.253 40.65.0-66 40.71 40.76 40.78.0-191 40.112.128-255 40.121 13.64 13.66 13.68 13.86 13.89 13.91 52.159 52.176 52.173 52.241 52.255.64-255 4.148 4.150 4.152 4.156 4.236 172.171 172.173 172.174 172.182 172.183 172.184 172.203 172.208 57.151 68.220 64.236 128.24 128.85 135.119 135.232 135.237 145.132 48.214 48.217 74.249
cloud azure NL 8075 MICROSOFT-CORP-MSN-AS-BLOCK: 13.93.0-127 4.175 4.180
cloud azure CA 8075 MICROSOFT-CORP-MSN-AS-BLOCK: 4.172
cloud gcp US 396982 Google: 34.66 34.67 34.68 34.69 34.70 34.71 34.72 34.73 34.74 34.75 34.138 34.139 34.148 34.23 34.24 35.184 35.185.0-127 35.188 35.190.0-191 35.193 35.196 35.202 35.222 35.224 35.225 35.226 35.227 35.229.0-127 35.231 35.237 35.243.128-255 104.196 104.154 104.197 34.122 34.132 34.135 34.136 34.16 34.82 34.83 34.127.0-176 34.105.0-127
cloud gcp BE 396982 Google: 34.77 34.78 34.76 35.187.0-127 35.195 35.205 35.233.0-127 35.240.0-127 35.241.128-255 34.140
cloud gcp AU 396982 Google: 35.189.0-63
aws us-east-1 US 14618 AMAZON-AES: 3.80 3.84 3.88 3.92 3.208 3.216 3.224 18.204 18.206 18.208 18.232 34.192 34.200 34.224 34.228 44.192 44.200 44.210 52.20 52.44 52.70 52.86 54.196 100.24 98.80 13.216
aws us-east-1 US 16509 AMAZON-02: 52.0 52.4 54.80 54.144 54.160 54.208
aws us-east-2 US 16509 AMAZON-02: 3.12 3.14 3.16 3.128 3.132 3.138 18.116 18.188 18.216 18.220 52.14 13.58 13.59
aws us-west-2 US 16509 AMAZON-02: 34.208 34.212 34.216 35.80 35.82 35.160 35.164 44.224 44.230 44.240 52.10 52.24 52.32 52.40 54.68 54.148 54.184 54.200 54.212 54.244 100.20 18.236
aws eu-west-1 IE 16509 AMAZON-02: 3.248 3.250 3.251 34.240 34.244 34.245 34.250 52.16 52.18 52.30 52.48 52.208 52.210 54.72 54.74 54.76 54.154 54.170 54.216 54.228 54.246 63.32 63.34 99.80 108.128
aws eu-west-2 GB 16509 AMAZON-02: 3.8 3.9 3.10 18.130 18.132 18.168 18.170 35.176 35.178 52.56 13.40 13.42
aws eu-west-3 FR 16509 AMAZON-02: 13.36 13.38 15.188 15.236 35.180 52.47
aws eu-central-1 DE 16509 AMAZON-02: 3.64 3.66 3.68 3.70 3.72 3.76 3.120 3.122 3.124 18.156 18.158 18.184 18.192 18.194 18.196 18.198 35.156 35.158 52.28 52.57 52.58 52.59
aws eu-north-1 SE 16509 AMAZON-02: 13.48 13.50 13.51 13.53 13.60 13.61 13.62 16.16 16.170 16.171
aws eu-south-1 IT 16509 AMAZON-02: 15.160 15.161 18.102
aws ap-southeast-1 SG 16509 AMAZON-02: 3.0 13.212 13.214 13.228 13.229 13.250 18.136 18.138 18.140 52.74 52.76 54.169 54.251 54.254 47.128
aws ap-southeast-2 AU 16509 AMAZON-02: 3.24 3.26 3.104 3.106 13.54 13.210 13.236 13.238 52.62 52.64 54.66 54.79 54.206 54.252
aws ap-northeast-1 JP 16509 AMAZON-02: 3.112 3.114 13.112 13.114 13.230 18.176 18.178 18.180 18.182 35.72 35.74 35.76 52.68 52.192 52.194 54.64 54.92.0-127 54.95 54.168 54.248
aws ap-south-1 IN 16509 AMAZON-02: 3.6 3.108 3.110 13.126 13.200 13.232 13.234 15.206 15.207 35.154 43.204 43.205 52.66 65.0 65.1 65.2
aws ca-central-1 CA 16509 AMAZON-02: 3.96 3.98 15.156 15.222 15.223 35.182 35.183 52.60 99.79
aws sa-east-1 BR 16509 AMAZON-02: 15.228 15.229 18.228 18.229 18.230 18.231 52.67 54.94 54.207 54.232 54.233
aws us-west-1 US 16509 AMAZON-02: 13.52 13.56 13.57 18.144 50.18 52.8 52.9 52.52 52.53 54.67 54.151.0-127 54.153.0-127 54.176 54.183
aws af-south-1 ZA 16509 AMAZON-02: 13.244 13.245 13.246 13.247
aws me-south-1 BH 16509 AMAZON-02: 15.184 15.185 157.175
aws eu-south-2 ES 16509 AMAZON-02: 18.100 18.101 51.92 51.94
aws il-central-1 IL 16509 AMAZON-02: 51.16 51.17 51.84 51.85
aws eu-central-2 CH 16509 AMAZON-02: 16.62 16.63 51.96
`;

const ROW = /^(\w+) (\S+) (\w+) (\d+) ([^:]+): (.+)$/;
const USES: readonly string[] = [
  'consumer',
  'mobile',
  'business',
  'proxy',
  'hosting',
  'cloud',
  'aws',
] satisfies NetworkUse[];

export const NETWORK_BLOCKS: readonly NetworkBlock[] = TABLE.trim().split('\n').flatMap(blocksOf);

function blocksOf(row: string): NetworkBlock[] {
  const [, use = '', place = '', country = '', asn = '', owner = '', blocks = ''] = ROW.exec(row) ?? [];
  if (!isUse(use)) throw new Error(`not a row of networks: ${row}`);
  return blocks.split(' ').map((block) => {
    const [a = '', b = '', third = '0-255'] = block.split('.');
    const [from = 0, to = from] = third.split('-').map(Number);
    return { use, place, country, asn: Number(asn), owner, leading: `${a}.${b}`, third: [from, to] };
  });
}

function isUse(text: string): text is NetworkUse {
  return USES.includes(text);
}
