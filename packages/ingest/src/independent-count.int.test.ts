import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIngest } from './ingest.ts';
import { logsData } from './testing/containers.ts';
import { API_ACCESS, FLOW_HEADER_5, FLOW_LINE_5, FLOW_LINES } from './testing/edge-logs.ts';
import {
  GUARDDUTY,
  GUARDDUTY_IN_ASFF,
  GUARDDUTY_IN_OCSF,
  guardDutyEvent,
  PARTNER_IN_ASFF,
  securityHubEvent,
} from './testing/findings.ts';
import { FUNCTION_LINES, functionLogs } from './testing/function-logs.ts';

const RECORDINGS = new URL('../../../../shared/data/dev/', import.meta.url).pathname;
const COUNTER = new URL('../../../test/independent-count.py', import.meta.url).pathname;

function logFiles(): string[] {
  return readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ndjson|gz)$/.test(name))
    .map((name) => join(RECORDINGS, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Containers of sources of which there are no recordings, counted from their documentation on both sides. */
function madeUp(folder: string): string[] {
  const lines = [...FUNCTION_LINES, 'REPORT RequestId: 1', ''];
  const logs: Record<string, object | string> = {
    'group.json': functionLogs(lines),
    'stream.json': { ...functionLogs(lines), logGroup: '/shared', logStream: '2026/03/02/orders[7]20bddfd5a2dc4c6b' },
    'flow.log': FLOW_LINES.concat(`${FLOW_LINES[1]} x`, '').join('\n'),
    'flow-5.log': [FLOW_HEADER_5, FLOW_LINE_5, FLOW_LINE_5.replace('ACCEPT', 'NONE')].join('\n'),
    'api.json': [...API_ACCESS, { ...API_ACCESS[0], status: '-' }],
    'edge.json': { ...logsData([FLOW_LINES[1] ?? '', FLOW_LINES[3] ?? '', JSON.stringify(API_ACCESS[0])], 'a') },
    'guardduty.json': [guardDutyEvent(GUARDDUTY), guardDutyEvent({ ...GUARDDUTY, severity: 0 }), guardDutyEvent(7)],
    'guardduty.jsonl': `${JSON.stringify(GUARDDUTY)}\n${JSON.stringify({ ...GUARDDUTY, service: { archived: true } })}\n`,
    'hub.json': securityHubEvent([GUARDDUTY_IN_ASFF, PARTNER_IN_ASFF, { ...PARTNER_IN_ASFF, Id: 'portcullis/1' }]),
    'hub-2.json': securityHubEvent(
      [GUARDDUTY_IN_OCSF, { ...GUARDDUTY_IN_OCSF, class_uid: 2003 }],
      'Findings Imported V2',
    ),
    'listed.json': { Findings: [GUARDDUTY_IN_ASFF, { ...PARTNER_IN_ASFF, UpdatedAt: 'noon' }] },
    'other.json': { ...functionLogs(lines), logGroup: '/shared', logStream: 'a' },
  };
  return Object.entries(logs).map(([name, data]) => {
    const file = join(folder, name);
    writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data));
    return file;
  });
}

it('counts lines of functions, flows, requests and findings as the independent counter does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-count-'));
  try {
    const files = madeUp(folder);
    expect(ours(files)).toEqual(theirs(files));
    expect(ours(files)[0]?.functions).toBe(FUNCTION_LINES.length + 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Needs Python 3, hence not among the unit tests. */
it.skipIf(!existsSync(RECORDINGS))('counts every file as the independent counter does', () => {
  const files = logFiles();

  expect(ours(files)).toEqual(theirs(files));
});

function ours(files: readonly string[]) {
  const ingest = createIngest({ network: (address) => ({ kind: 'unknown', address, prefix: address }) });
  return files.map((file) => {
    const { read, events, functionEvents, flowEvents, apiEvents, findingEvents, rejected } = ingest.container(
      readFileSync(file),
    );
    return {
      file,
      read,
      events: events.length,
      flows: flowEvents.length,
      requests: apiEvents.length,
      findings: findingEvents.length,
      functions: functionEvents.length + rejected.filter(({ reason }) => reason === 'invalid-platform-event').length,
      unique: new Set(events.map(({ account, id }) => `${account} ${id}`)).size,
    };
  });
}

function theirs(files: readonly string[]) {
  return execFileSync('python3', [COUNTER, ...files], { encoding: 'utf8', maxBuffer: 1e8 })
    .split('\n')
    .filter((line) => line.startsWith('{"file"'))
    .map((line) => JSON.parse(line))
    .map(({ file, read, unique, kinds }) => ({
      file,
      read,
      events: kinds.event ?? 0,
      flows: kinds.flow ?? 0,
      requests: kinds.api ?? 0,
      findings: kinds.finding ?? 0,
      functions: kinds.function ?? 0,
      unique,
    }));
}
