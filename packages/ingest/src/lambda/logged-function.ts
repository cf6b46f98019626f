import type { LoggedFunction } from '@portcullis/event';
import { accountOf, MAX_TOKEN } from '../cloudtrail/record.ts';

/** The packaging of a log line, as a subscription of CloudWatch Logs gives it. */
export interface LogPlace {
  readonly owner: unknown;
  readonly logGroup: unknown;
  readonly logStream: unknown;
  /** Region of what carried it here, where that tells. */
  readonly region: string | undefined;
}

const GROUP = '/aws/lambda/';

/** `2026/03/02/[$LATEST]8f…`; in a group of any other name the function's own name stands in front of its version. */
const STREAM = /^\d{4}\/\d\d\/\d\d\/(.*)\[(?:\$LATEST|\d{1,20})\][0-9a-f]{8,64}$/;

/** `us-east-1.name`: a function at the edge, which logs in the region it ran in under the region it belongs to. */
const AT_THE_EDGE = /^([a-z]{2}(?:-[a-z]+)+-\d)\.(.+)$/;

const MAX_FUNCTIONS = 10_000;

/**
 * Makes a reader of which function a log belongs to: by the group that Lambda makes for it, else by the name of the stream,
 * which Lambda writes. `undefined` for every other log.
 */
export function createLoggedFunctions(): (place: LogPlace) => LoggedFunction | undefined {
  const known = new Map<string, LoggedFunction>();
  return ({ owner, logGroup, logStream, region }) => {
    const written = functionName(logGroup, logStream);
    if (written === '' || written.length > MAX_TOKEN) return undefined;
    const [, edge, atEdge] = AT_THE_EDGE.exec(written) ?? [];
    const account = accountOf(owner) || 'unknown';
    const name = atEdge ?? written;
    const place = edge ?? region ?? 'unknown';
    const id = `${account}/${place}/${name}`;
    const shared = known.get(id);
    if (shared !== undefined) return shared;
    const made = { id, account, region: place, name };
    if (known.size < MAX_FUNCTIONS) known.set(id, made);
    return made;
  };
}

function functionName(logGroup: unknown, logStream: unknown): string {
  if (typeof logGroup === 'string' && logGroup.startsWith(GROUP)) return logGroup.slice(GROUP.length);
  return typeof logStream === 'string' ? (STREAM.exec(logStream)?.[1] ?? '') : '';
}
