import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createIngest } from '../ingest.ts';
import { json, logsData, utf8 } from '../testing/containers.ts';
import { FLOW_HEADER_5, FLOW_LINE_5, FLOW_LINES } from '../testing/edge-logs.ts';

const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });
const opened = (bytes: Buffer, precedingLines = 0) => createIngest({ network }).container(bytes, precedingLines);
const [HEADER = '', ACCEPTED = ''] = FLOW_LINES;

describe('flow logs', () => {
  it('account for every line: flows, none, and what AWS dropped', () => {
    const result = opened(gzipSync(utf8(`${FLOW_LINES.join('\n')}\n`)));

    expect(result).toMatchObject({ read: 6, rejected: [], partial: false, events: [] });
    expect(Object.fromEntries(result.skipped)).toEqual({ 'flow-header': 1, 'flow-nodata': 1, 'flow-skipdata': 1 });
    expect(result.flowEvents.map(({ accepted, to }) => [accepted, to.port])).toEqual([
      [true, 22],
      [false, 3389],
      [true, 22],
    ]);
  });

  it('are read without a header where they are of version 2, also as lines of a log group', () => {
    const inGroup = opened(json(logsData([ACCEPTED, 'something else'], 'vpc')));

    expect(opened(utf8(ACCEPTED)).flowEvents).toHaveLength(1);
    expect(inGroup.flowEvents).toEqual(opened(utf8(ACCEPTED)).flowEvents);
    expect(Object.fromEntries(inGroup.skipped)).toEqual({ 'other-log': 1 });
  });

  it('have columns of any version in any order, known or not; packets know better than the interface', () => {
    const [flow] = opened(utf8(`${FLOW_HEADER_5}\n${FLOW_LINE_5}\n`)).flowEvents;

    expect(flow).toMatchObject({
      time: 1772442900000,
      end: 1772442960000,
      account: '123456789010',
      interfaceId: 'eni-1235b8ca123456789',
      from: { address: '10.20.33.164', port: 43416 },
      to: { address: '52.213.180.43', port: 443 },
      protocol: 6,
      packets: 5,
      bytes: 376,
      direction: 'egress',
      tcpFlags: 3,
      vpcId: 'vpc-abcdefab012345678',
      instanceId: 'i-0c50d5961bcb2d47b',
    });
  });

  it.each([
    { line: ACCEPTED.replace(' OK', ''), why: 'a column too few' },
    { line: ACCEPTED.replace('1772442960', 'soon'), why: 'no time' },
    { line: ACCEPTED.replace('1772442900', '1772442961'), why: 'over before it began' },
    { line: ACCEPTED.replace('ACCEPT', 'MAYBE'), why: 'another action' },
    { line: ACCEPTED.replace('172.31.16.139', 'host'), why: 'no address' },
    { line: 'x'.repeat(5000), why: 'endless' },
  ])('reject a line with its position: $why', ({ line }) => {
    const { rejected, flowEvents } = opened(utf8(`${HEADER}\n${ACCEPTED}\n${line}\n${ACCEPTED}\n`), 100);

    expect(rejected).toMatchObject([{ reason: 'invalid-flow-record', position: 'line 103' }]);
    expect(flowEvents).toHaveLength(2);
  });

  it('are told from other text', () => {
    expect(opened(utf8('a line about srcaddr\nand another')).flowEvents).toEqual([]);
    expect(opened(utf8('a line about srcaddr\nand another')).rejected).toMatchObject([{ reason: 'not-json' }]);
  });
});
