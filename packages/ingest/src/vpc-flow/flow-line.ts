import { createHash } from 'node:crypto';
import type { FlowEvent } from '@portcullis/event';
import { accountOf } from '../cloudtrail/record.ts';

/** Columns of a flow log by name, in their order: those of its header, else those of version 2. */
export type FlowLayout = ReadonlyMap<string, number>;

/** Source: "Flow log records", Amazon VPC user guide. */
const DEFAULT_COLUMNS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

const DEFAULT_LAYOUT = layoutOf(DEFAULT_COLUMNS.split(' '));

/** What tells a header from anything else: at least these, whatever others there are, known or not. */
const NEEDED = ['srcaddr', 'dstaddr', 'start', 'end', 'action'];

/** A line of version 2 that nothing announces: version, account, interface. */
const UNANNOUNCED = /^2 (?:\d{12}|unknown) eni-[0-9a-f]{8,17} (?:\S+ ){10}(?:OK|NODATA|SKIPDATA)\s*$/;

const MAX_COLUMNS = 64;
const MAX_LINE = 4096;

/** The columns that a header announces; `undefined` for a line that is none. */
export function flowHeader(line: string): FlowLayout | undefined {
  if (line.length > MAX_LINE || !line.includes('srcaddr')) return undefined;
  const names = line
    .trim()
    .split(/\s+/)
    .map((name) => name.replace(/^\$\{|\}$/g, ''));
  const isHeader = names.length <= MAX_COLUMNS && NEEDED.every((name) => names.includes(name));
  return isHeader ? layoutOf(names) : undefined;
}

/** The layout of a line that stands alone, as in a log group; `undefined` for what is no flow log. */
export function unannouncedFlow(line: string): FlowLayout | undefined {
  return line.length <= MAX_LINE && UNANNOUNCED.test(line) ? DEFAULT_LAYOUT : undefined;
}

function layoutOf(names: readonly string[]): FlowLayout {
  return new Map(names.map((name, index) => [name, index]));
}

/** `nodata`: nothing flowed. `skipdata`: something did, and AWS dropped it. Neither has anything to judge. */
export type FlowLine =
  | { readonly flow: FlowEvent }
  | { readonly empty: 'nodata' | 'skipdata' }
  | { readonly problem: string };

/** Reads one line by its columns; unknown ones are left alone, and what a line lacks it may lack unless it is needed. */
export function readFlowLine(line: string, layout: FlowLayout): FlowLine {
  if (line.length > MAX_LINE) return { problem: `a line of ${line.length} characters` };
  const cells = line.trim().split(/\s+/);
  if (cells.length !== layout.size) return { problem: `${cells.length} columns where ${layout.size} are announced` };
  const text = (name: string) => {
    const value = cells[layout.get(name) ?? -1];
    return value === undefined || value === '-' ? undefined : value;
  };
  const number = (name: string) => {
    const value = text(name);
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  };
  switch (text('log-status')) {
    case 'NODATA':
      return { empty: 'nodata' };
    case 'SKIPDATA':
      return { empty: 'skipdata' };
  }
  const [start, end] = [number('start'), number('end')];
  const [from, to] = [text('pkt-srcaddr') ?? text('srcaddr'), text('pkt-dstaddr') ?? text('dstaddr')];
  const action = text('action');
  if (start === undefined || end === undefined || end < start || start < EARLIEST || end > LATEST) {
    return { problem: 'start or end is no time' };
  }
  if (from === undefined || to === undefined || !ADDRESS.test(from) || !ADDRESS.test(to)) {
    return { problem: 'an end without an address' };
  }
  if (action !== 'ACCEPT' && action !== 'REJECT') return { problem: 'an action that is neither ACCEPT nor REJECT' };
  const direction = text('flow-direction');
  return {
    flow: {
      source: 'vpc-flow',
      id: `hash:${createHash('sha256').update(line.trim()).digest('hex').slice(0, 16)}`,
      time: start * 1000,
      end: end * 1000,
      account: accountOf(text('account-id')) || 'unknown',
      interfaceId: text('interface-id') ?? 'unknown',
      from: { address: from, port: number('srcport') ?? 0 },
      to: { address: to, port: number('dstport') ?? 0 },
      protocol: number('protocol') ?? 0,
      packets: number('packets') ?? 0,
      bytes: number('bytes') ?? 0,
      accepted: action === 'ACCEPT',
      direction: direction === 'ingress' || direction === 'egress' ? direction : undefined,
      tcpFlags: number('tcp-flags'),
      vpcId: text('vpc-id'),
      subnetId: text('subnet-id'),
      instanceId: text('instance-id'),
    },
  };
}

/** 2005 and 2100, in seconds. */
const EARLIEST = 1_104_537_600;
const LATEST = 4_102_444_800;

/** IPv4 or IPv6 in shape; whether it exists does not matter here. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]{2,45})$/;
