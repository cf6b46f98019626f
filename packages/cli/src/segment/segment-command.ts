import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import {
  createFlowCollector,
  createInvokeCollector,
  DEFAULT_SEGMENT,
  meansGroup,
  type NetworkExport,
  ReviewInputError,
  readNetworkExport,
  reviewFunctions,
  segment,
  trafficGraph,
} from '@portcullis/review';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { parseNumber } from '../number-option.ts';
import { type ObserveArguments, observeLogs } from '../observe/observe-logs.ts';
import { isSystemError } from '../read-state.ts';
import { openNetworks } from '../replay/networks.ts';
import { requireWritable } from '../replay/output-file.ts';
import { jsonLine } from '../terminal-text.ts';
import { functionJson, groupJson } from './segment-json.ts';
import { segmentDetail, segmentOverview } from './segment-text.ts';
import { segmentationHtml } from './segmentation-html.ts';

/** The options as typed. */
export interface SegmentArguments extends ObserveArguments {
  readonly logs: readonly string[];
  readonly dataEvents?: boolean;
  readonly minDays: string;
  readonly keep?: readonly string[];
  readonly show?: string;
  readonly report?: string;
  readonly json?: boolean;
}

/** `portcullis segment`: proposals on standard output, the graph in the report; what the record holds on standard error. */
export async function segmentCommand(files: readonly string[], options: SegmentArguments): Promise<ExitCode> {
  const { keep = [], report, show, json } = options;
  const settings = {
    ...DEFAULT_SEGMENT,
    minDays: parseNumber(options.minDays, '--min-days', { min: 1, max: 400 }),
    keep: [...DEFAULT_SEGMENT.keep, ...keep],
  };
  if (report !== undefined) await requireWritable(report, '--report');
  const network = await readNetwork(files);
  const [flows, invokes] = [createFlowCollector(network.interfaces), createInvokeCollector()];
  const { partial } = await observeLogs(options.logs, options, invokes.observe, {
    onFlow: flows.observe,
    onRequest: invokes.observeRequest,
  });
  const record = flows.record();
  const segmentation = segment(network, record, settings);
  const functions = reviewFunctions(network.functions, invokes.record(), settings, options.dataEvents === true);
  const shown =
    show === undefined ? segmentation.groups : segmentation.groups.filter(({ group }) => meansGroup(group, show));
  if (show !== undefined && shown.length === 0) throw new UsageError(`--show: no security group is called ${show}`);
  const names = new Map(network.groups.map(({ id, name }) => [id, name]));
  if (json) {
    for (const one of shown) process.stdout.write(jsonLine(groupJson(one)));
    for (const one of functions) process.stdout.write(jsonLine(functionJson(one)));
  } else if (show === undefined) {
    process.stdout.write(segmentOverview({ segmentation, record, functions }, process.stdout.columns ?? 120));
  } else {
    for (const one of shown) process.stdout.write(segmentDetail(one, names));
  }
  if (report !== undefined) {
    const graph = trafficGraph(record, network, await openNetworks());
    await writeFile(report, segmentationHtml({ graph, groups: segmentation.groups, names }));
    process.stderr.write(`report written to ${report}; nothing was changed in any account\n`);
  }
  return partial ? ExitCode.partial : ExitCode.done;
}

/** @throws {UsageError} naming the file that is none */
async function readNetwork(files: readonly string[]): Promise<NetworkExport> {
  const documents: unknown[] = [];
  for (const file of files) {
    try {
      const document: unknown = JSON.parse(await readFile(file, 'utf8'));
      readNetworkExport([document]);
      documents.push(document);
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new UsageError(`${file}: not JSON`, { cause });
      if (!(cause instanceof ReviewInputError) && !isSystemError(cause)) throw cause;
      throw new UsageError(`${file}: ${cause.message}`, { cause });
    }
  }
  const network = readNetworkExport(documents);
  if (network.groups.length > 0 && network.interfaces.length === 0) {
    throw new UsageError('segment needs the network interfaces too: aws ec2 describe-network-interfaces');
  }
  return network;
}
