import { hash } from 'node:crypto';
import type { FlowEvent } from '@portcullis/event';
import { accountOf } from '../cloudtrail/record.ts';

/** Columns that are read, whatever others there are. */
const READ = [
  ...([
    'log-status',
    'start',
    'end',
    'srcaddr',
    'dstaddr',
    'pkt-srcaddr',
    'pkt-dstaddr',
    'srcport',
    'dstport',
  ] as const),
  ...(['protocol', 'packets', 'bytes', 'action', 'account-id', 'interface-id', 'flow-direction', 'tcp-flags'] as const),
  ...(['vpc-id', 'subnet-id', 'instance-id'] as const),
];

/** Columns of a flow log, those of its header or else of version 2: how many, and where what is read is found; -1 for what is not there. */
export interface FlowLayout {
  readonly columns: number;
  readonly at: Readonly<Record<(typeof READ)[number], number>>;
}

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
  const at = Object.fromEntries(READ.map((name) => [name, names.lastIndexOf(name)])) as FlowLayout['at'];
  return { columns: new Set(names).size, at };
}

/** `nodata`: nothing flowed. `skipdata`: something did, and AWS dropped it. Neither has anything to judge. */
export type FlowLine =
  | { readonly flow: FlowEvent }
  | { readonly empty: 'nodata' | 'skipdata' }
  | { readonly problem: string };

/** Reads one line by its columns; unknown ones are left alone, and what a line lacks it may lack unless it is needed. */
export function readFlowLine(line: string, { columns, at }: FlowLayout): FlowLine {
  if (line.length > MAX_LINE) return { problem: `a line of ${line.length} characters` };
  const content = line.trim();
  const cells = cellsOf(content);
  if (cells.length !== columns) return { problem: `${cells.length} columns where ${columns} are announced` };
  switch (cells[at['log-status']]) {
    case 'NODATA':
      return { empty: 'nodata' };
    case 'SKIPDATA':
      return { empty: 'skipdata' };
  }
  const [start, end] = [numberOf(cells[at.start]), numberOf(cells[at.end])];
  if (start === undefined || end === undefined || end < start || start < EARLIEST || end > LATEST) {
    return { problem: 'start or end is no time' };
  }
  const from = textOf(cells[at['pkt-srcaddr']]) ?? textOf(cells[at.srcaddr]);
  const to = textOf(cells[at['pkt-dstaddr']]) ?? textOf(cells[at.dstaddr]);
  if (from === undefined || to === undefined || !ADDRESS.test(from) || !ADDRESS.test(to)) {
    return { problem: 'an end without an address' };
  }
  const action = cells[at.action];
  if (action !== 'ACCEPT' && action !== 'REJECT') return { problem: 'an action that is neither ACCEPT nor REJECT' };
  const direction = cells[at['flow-direction']];
  return {
    flow: {
      source: 'vpc-flow',
      id: `hash:${hash('sha256', content).slice(0, 16)}`,
      time: start * 1000,
      end: end * 1000,
      account: accountOf(textOf(cells[at['account-id']])) || 'unknown',
      interfaceId: textOf(cells[at['interface-id']]) ?? 'unknown',
      from: { address: from, port: numberOf(cells[at.srcport]) ?? 0 },
      to: { address: to, port: numberOf(cells[at.dstport]) ?? 0 },
      protocol: numberOf(cells[at.protocol]) ?? 0,
      packets: numberOf(cells[at.packets]) ?? 0,
      bytes: numberOf(cells[at.bytes]) ?? 0,
      accepted: action === 'ACCEPT',
      direction: direction === 'ingress' || direction === 'egress' ? direction : undefined,
      tcpFlags: numberOf(cells[at['tcp-flags']]),
      vpcId: textOf(cells[at['vpc-id']]),
      subnetId: textOf(cells[at['subnet-id']]),
      instanceId: textOf(cells[at['instance-id']]),
    },
  };
}

/** AWS parts columns by one blank; whatever else does it is tolerated, at a price. */
function cellsOf(content: string): readonly string[] {
  const cells = content.split(' ');
  return content.includes('\t') || cells.includes('') ? content.split(/\s+/) : cells;
}

function textOf(cell: string | undefined): string | undefined {
  return cell === '-' ? undefined : cell;
}

function numberOf(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d{1,15}$/.test(cell) ? Number(cell) : undefined;
}

/** 2005 and 2100, in seconds. */
const EARLIEST = 1_104_537_600;
const LATEST = 4_102_444_800;

/** IPv4 or IPv6 in shape; whether it exists does not matter here. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]{2,45})$/;
