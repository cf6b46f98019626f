import type { LoggedFunction } from '@portcullis/event';
import { apiEventOf, isApiAccess, isUnreadAccess } from '../api-gateway/access-log.ts';
import type { LogPlace } from '../lambda/logged-function.ts';
import { functionEventOf, isUnread } from '../lambda/take-log-line.ts';
import { unannouncedFlow } from '../vpc-flow/flow-line.ts';
import { takeFlowLine } from '../vpc-flow/open-flow-log.ts';
import { decodeBase64 } from './decode-text.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import type { LogGroupOf } from './log-group-of.ts';
import { logLineKind } from './log-line.ts';
import { indexed, inside, nameOf, type Opening, type Place, startOf, within } from './opening.ts';
import { type Envelope, isRecord, recognize } from './recognize.ts';
import { note, takeFinding, takeRecord } from './take-record.ts';

/** @param atMost - bytes of the text around this value, which no record in it can exceed */
export function openValue(opening: Opening, value: unknown, place: Place, atMost: number): void {
  const { tally, limits } = opening;
  if (place.level > limits.envelopeDepth) {
    tally.reject(
      'too-deep',
      `packed more than ${limits.envelopeDepth} levels deep (limit envelopeDepth)`,
      place.at,
      value,
    );
  } else if (Array.isArray(value)) {
    openItems(opening, value, place, atMost);
  } else if (!isObject(value)) {
    tally.reject('not-an-object', `expected a JSON object, got ${nameOf(value)}`, place.at, value);
  } else {
    openEnvelope(opening, value, recognize(value), place, atMost);
  }
}

function openEnvelope(opening: Opening, object: JsonObject, envelope: Envelope, place: Place, atMost: number): void {
  switch (envelope.kind) {
    case 'record': {
      const problem = takeRecord(opening, object, atMost);
      if (problem !== undefined) {
        note(opening, problem, object, place.at);
      }
      return;
    }
    case 'api-access':
      openApiAccess(opening, object, place.at);
      return;
    case 'finding':
      openFinding(opening, object, place.at, atMost);
      return;
    case 'findings':
      openFindings(opening, envelope.findings, inside(place, envelope.key), atMost);
      return;
    case 'items':
      openItems(opening, envelope.items, inside(place, envelope.key), atMost);
      return;
    case 'log-events': {
      const source = opening.logSources?.find((known) => isFrom(known, envelope.log));
      if (opening.logSources !== undefined && source === undefined) {
        const { owner, logGroup } = envelope.log;
        const message = `logs of ${JSON.stringify(logGroup)} of ${JSON.stringify(owner)}, which are not taken here`;
        opening.tally.reject('foreign-log-source', message, place.at);
        return;
      }
      opening.tally.only(source?.holds, () => {
        openLogEvents(opening, envelope.items, { ...envelope.log, region: place.region }, inside(place, 'logEvents'));
      });
      return;
    }
    case 'packed':
      openPacked(opening, envelope.base64, { ...inside(place, envelope.key), region: envelope.region ?? place.region });
      return;
    case 'carrier':
      openCarrier(opening, envelope.content, inside(place, envelope.key), atMost);
      return;
    case 'record-text':
      openRecordText(opening, envelope.text, within(place, envelope.key));
      return;
    case 'nothing':
      opening.tally.skip(envelope.reason);
      return;
    default:
      envelope satisfies never;
  }
}

function isFrom(
  source: LogGroupOf,
  { owner, logGroup }: { readonly owner: unknown; readonly logGroup: unknown },
): boolean {
  return source.owner === owner && source.logGroup === logGroup;
}

/** @param firstIndex - index of the first item in its document, where others were opened before it */
export function openItems(
  opening: Opening,
  items: readonly unknown[],
  place: Place,
  atMost: number,
  firstIndex = 0,
): void {
  if (items.length === 0) {
    opening.tally.skip('empty-container');
    return;
  }
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!isObject(item) || !isRecord(item)) {
      openValue(
        opening,
        item,
        { at: indexed(place, firstIndex + index), level: place.level + 1, region: place.region },
        atMost,
      );
      continue;
    }
    const problem = takeRecord(opening, item, atMost);
    if (problem !== undefined) {
      note(opening, problem, item, indexed(place, firstIndex + index));
    }
  }
}

/** CloudWatch Logs hands over lines: of a function, or CloudTrail records and events among others. */
function openLogEvents(opening: Opening, items: readonly unknown[], log: LogPlace, place: Place): void {
  if (items.length === 0) {
    opening.tally.skip('empty-container');
    return;
  }
  const of = opening.functionOf(log);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!isObject(item) || typeof item.message !== 'string') {
      opening.tally.reject('not-an-object', 'log event without a message', indexed(place, index), item);
    } else if (of !== undefined) {
      openFunctionLine(opening, of, item, item.message, indexed(place, index));
    } else {
      openLogLine(opening, item.message, log.logGroup, place, index);
    }
  }
}

/** Whatever a function writes is its log: it may write what its callers send, CloudTrail records among it. */
function openFunctionLine({ tally }: Opening, of: LoggedFunction, item: JsonObject, line: string, at: string): void {
  const outcome = functionEventOf(of, item, line);
  if (isUnread(outcome)) tally.reject(outcome.reason, outcome.message, at, line);
  else tally.functionEvent(outcome);
}

function openLogLine(opening: Opening, line: string, logGroup: unknown, place: Place, index: number): void {
  const { tally } = opening;
  const kind = logLineKind(line, logGroup);
  if (kind === 'lambda-log') {
    tally.skip(kind);
    return;
  }
  const layout = unannouncedFlow(line);
  if (layout !== undefined) {
    takeFlowLine(tally, line, layout, indexed(place, index));
    return;
  }
  const value = line.trimStart().startsWith('{') ? parseJson(line) : undefined;
  const atMost = line.length;
  if (!isObject(value)) {
    if (isCutRecord(line)) {
      tally.reject('not-json', 'CloudTrail record that is cut or damaged', indexed(place, index), line);
    } else {
      tally.skip(kind);
    }
  } else if (isRecord(value)) {
    const problem = takeRecord(opening, value, atMost);
    if (problem !== undefined) {
      note(opening, problem, value, indexed(place, index));
    }
  } else if (isApiAccess(value)) {
    openApiAccess(opening, value, indexed(place, index));
  } else if (typeof value['detail-type'] === 'string') {
    openValue(opening, value, { at: indexed(place, index), level: place.level + 1, region: place.region }, atMost);
  } else {
    tally.skip(logLineKind(value, logGroup));
  }
}

function openApiAccess({ tally }: Opening, log: JsonObject, at: string): void {
  const outcome = apiEventOf(log);
  if (isUnreadAccess(outcome)) tally.reject(outcome.reason, outcome.message, at, log);
  else tally.api(outcome);
}

function openFinding(opening: Opening, finding: unknown, at: string, atMost: number): void {
  if (!isObject(finding)) {
    opening.tally.reject('invalid-finding', `expected a finding, got ${nameOf(finding)}`, at, finding);
    return;
  }
  const problem = takeFinding(opening, finding, atMost);
  if (problem !== undefined) {
    note(opening, problem, finding, at);
  }
}

function openFindings(opening: Opening, findings: unknown, place: Place, atMost: number): void {
  if (!Array.isArray(findings)) {
    openFinding(opening, findings, place.at, atMost);
  } else if (findings.length === 0) {
    opening.tally.skip('empty-container');
  } else {
    findings.forEach((finding, index) => {
      openFinding(opening, finding, indexed(place, index), atMost);
    });
  }
}

function openPacked(opening: Opening, base64: string, place: Place): void {
  const bytes = decodeBase64(base64);
  if (place.level > opening.limits.envelopeDepth) {
    opening.tally.reject(
      'too-deep',
      `packed more than ${opening.limits.envelopeDepth} levels deep (limit envelopeDepth)`,
      place.at,
    );
  } else if (bytes === undefined) {
    opening.tally.reject('invalid-base64', `expected base64, got text that begins with ${startOf(base64)}`, place.at);
  } else {
    opening.openPayload(opening, bytes, place);
  }
}

function openCarrier(opening: Opening, content: unknown, place: Place, atMost: number): void {
  if (typeof content !== 'string') {
    openValue(opening, content, place, atMost);
    return;
  }
  const value = parseJson(content);
  if (value !== undefined) {
    openValue(opening, value, place, atMost);
  } else if (isCutRecord(content)) {
    opening.tally.reject('not-json', 'CloudTrail record that is cut or damaged', place.at, content);
  } else {
    opening.tally.skip('not-cloudtrail');
  }
}

function openRecordText(opening: Opening, text: string, at: string): void {
  const value = parseJson(text);
  if (value === undefined) {
    opening.tally.reject('not-json', `expected a record as JSON text; begins with ${startOf(text)}`, at, text);
  } else if (!isObject(value)) {
    opening.tally.reject('not-an-object', `expected a record, got ${nameOf(value)}`, at, value);
  } else {
    const problem = takeRecord(opening, value, text.length);
    if (problem !== undefined) {
      note(opening, problem, value, at);
    }
  }
}

function isCutRecord(text: string): boolean {
  return text.trimStart().startsWith('{') && (text.includes('"eventVersion"') || text.includes('"eventSource"'));
}
