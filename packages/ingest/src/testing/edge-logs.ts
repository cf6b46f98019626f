/**
 * Lines of flow logs: with the header of S3 objects, of version 2 without one, and of version 5 with columns in an order of its own and
 * one that is not known. After "Flow log records" and "Flow log record examples", Amazon VPC user guide.
 */
export const FLOW_LINES: readonly string[] = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1772442900 1772442960 ACCEPT OK',
  '2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1772442900 1772442960 REJECT OK',
  '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1772442900 1772442960 - NODATA',
  '2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1772442900 1772442960 - SKIPDATA',
  '2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1772442900 1772442960 ACCEPT OK',
];

export const FLOW_HEADER_5 =
  'version vpc-id subnet-id instance-id srcaddr dstaddr srcport dstport protocol tcp-flags type pkt-srcaddr pkt-dstaddr flow-direction action log-status bytes packets start end account-id interface-id made-up-column';
export const FLOW_LINE_5 =
  '5 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b 10.0.0.62 52.213.180.42 43416 443 6 3 IPv4 10.20.33.164 52.213.180.43 egress ACCEPT OK 376 5 1772442900 1772442960 123456789010 eni-1235b8ca123456789 x';

/** Access logs in the format of docs/api-gateway.md, of an HTTP and of a REST API. */
export const API_ACCESS: readonly Readonly<Record<string, unknown>>[] = [
  {
    requestId: 'JKJaXmPLvHcESHA=',
    requestTimeEpoch: '1772442900123',
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    stage: '$default',
    httpMethod: 'GET',
    routeKey: 'GET /orders/{id}',
    path: '/orders/17',
    status: '200',
    responseLength: '812',
    responseLatency: '34',
    sourceIp: '203.0.113.9',
    userAgent: 'curl/8.5.0',
    userArn: 'arn:aws:sts::123456789012:assumed-role/web/session',
    principalId: '-',
    authorizerError: '-',
    integrationRequestId: '8286a188-ba32-4475-8077-530cd35c09a9',
  },
  {
    requestId: '6a7d5c50-0000-4000-8000-000000000000',
    requestTimeEpoch: 1772442900123,
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    stage: 'prod',
    httpMethod: 'POST',
    resourcePath: '/pay',
    path: '/prod/pay',
    status: 403,
    responseLength: 23,
    responseLatency: 3,
    sourceIp: '203.0.113.9',
    userAgent: '-',
    apiKeyId: 'abc',
    authorizerError: 'The security token included in the request is expired',
    later: 'a variable that the format does not have yet',
  },
];
