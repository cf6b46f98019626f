import { epochStart, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import type { SimulatedFlow, SiteHour } from './traffic-hour.ts';

/** Columns of version 5 in an order of an account's own, or those of version 2. */
const COLUMNS = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  'version account-id interface-id instance-id srcaddr dstaddr srcport dstport protocol packets bytes start end flow-direction pkt-srcaddr pkt-dstaddr action log-status',
] as const;

/** What flow logs say of an hour of sites of one account, under a header, as objects in S3 have them. */
export function flowLogOf(hours: readonly SiteHour[]): string | undefined {
  const [first] = hours.filter(({ flows }) => flows.length > 0);
  if (first === undefined) return undefined;
  // Instances are told only by the longer form
  const columns = COLUMNS[hours.some(({ site }) => site.instanceId !== undefined) ? 1 : 0];
  const lines = hours.flatMap((hour) => hour.flows.flatMap((flow, index) => linesOf(hour, flow, index, columns)));
  return [columns, ...lines].join('\n');
}

function linesOf({ site, epoch }: SiteHour, flow: SimulatedFlow, index: number, columns: string) {
  const { minute, peer, port, protocol = 6, bytesOut, bytesIn, accepted, inbound = false } = flow;
  const start = (epochStart(epoch) + minute * MINUTE_MS) / 1000;
  // A port of its own for each connection of the hour, as kernels count them on
  const client = 32_768 + ((start + 7919 * index + 31 * site.address.length) % 28_000);
  const line = (out: boolean, bytes: number) => {
    const [source, target] = out ? [site.address, peer] : [peer, site.address];
    const [mine, theirs] = inbound ? [port, client] : [client, port];
    const cells: Readonly<Record<string, string | number>> = {
      version: columns === COLUMNS[0] ? 2 : 5,
      'account-id': site.account,
      'interface-id': site.interfaceId,
      'instance-id': site.instanceId ?? '-',
      srcaddr: source,
      dstaddr: target,
      srcport: out ? mine : theirs,
      dstport: out ? theirs : mine,
      protocol,
      packets: 1 + Math.ceil(bytes / 1400),
      bytes,
      start,
      end: start + 59,
      'flow-direction': out ? 'egress' : 'ingress',
      'pkt-srcaddr': source,
      'pkt-dstaddr': target,
      action: accepted ? 'ACCEPT' : 'REJECT',
      'log-status': 'OK',
    };
    return columns
      .split(' ')
      .map((name) => cells[name] ?? '-')
      .join(' ');
  };
  if (!accepted) return [line(!inbound, inbound ? bytesIn : bytesOut)];
  return [line(true, bytesOut), line(false, bytesIn)];
}

/** What access logs say of an hour of one API, a request a line, in the format of docs/api-gateway.md. */
export function accessLogOf({ site, epoch, requests }: SiteHour): string | undefined {
  if (requests.length === 0) return undefined;
  return requests
    .map(({ second, route, path, status, address, agent, caller, key, run }, index) =>
      JSON.stringify({
        requestId: `${epoch.toString(36)}-${site.apiId}-${index}`,
        requestTimeEpoch: String(epochStart(epoch) + second * 1000),
        accountId: site.account,
        apiId: site.apiId,
        stage: 'prod',
        httpMethod: route === '$default' ? 'GET' : route.split(' ')[0],
        routeKey: route,
        path,
        status: String(status),
        responseLength: '812',
        responseLatency: '34',
        sourceIp: address,
        userAgent: agent,
        userArn: caller?.startsWith('arn:') ? caller : '-',
        principalId: caller === undefined || caller.startsWith('arn:') ? '-' : caller,
        apiKeyId: key ?? '-',
        authorizerError: '-',
        integrationRequestId: run ?? '-',
      }),
    )
    .join('\n');
}

/** `20260302T1101Z`: when the hour's file is delivered. */
export function stampOf(epoch: number): string {
  return `${isoTime(epochStart(epoch) + HOUR_MS + MINUTE_MS)
    .replace(/[-:]/g, '')
    .slice(0, 'YYYYMMDDTHHmm'.length)}Z`;
}
