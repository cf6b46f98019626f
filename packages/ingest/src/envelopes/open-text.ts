import { openFlowLog } from '../vpc-flow/open-flow-log.ts';
import { isObject, parseJson } from './json.ts';
import { openItems, openValue } from './open-envelope.ts';
import { indexed, inside, type Opening, type Place, startOf, within } from './opening.ts';
import { isRecord } from './recognize.ts';
import {
  afterSeparators,
  hasInk,
  isLineDelimited,
  lineEnd,
  nextSpan,
  parseLine,
  type Span,
  startsWithDocumentLine,
} from './split-json.ts';
import { note, takeRecord } from './take-record.ts';

/** Opens text: one JSON document, JSON lines, or documents that follow each other. */
export function openText(opening: Opening, text: string, place: Place): void {
  if (startsWithDocumentLine(text)) {
    openLines(opening, text, place);
    return;
  }
  if (openFlowLog(opening.tally, text, place.level === 0 ? opening.precedingLines : 0, place.at)) {
    return;
  }
  const value = parseJson(text);
  if (value !== undefined) {
    openValue(opening, value, place, text.length);
  } else if (!hasInk(text)) {
    opening.tally.skip('empty-container');
  } else if (isLineDelimited(text)) {
    openLines(opening, text, place);
  } else if (!openSpans(opening, text, place)) {
    rejectText(opening, text, place);
  }
}

/** The end of a `{"Records":[…]}`, from the record of this index on. */
export function openRemainingRecords(opening: Opening, text: string, place: Place, index: number): void {
  const rest = `[${text.slice(0, -1)}`;
  const value = parseJson(rest);
  const records = inside(place, 'Records');
  if (Array.isArray(value)) {
    openItems(opening, value, records, rest.length, index);
  } else if (!openDamagedItems(opening, rest, 0, records, index)) {
    opening.tally.breakOff('not-json', `records from ${index} on cannot be parsed`, place.at);
  }
}

/** The part of a text in front of a cut: whole lines or documents count, what the cut left over does not. */
export function openDamagedText(opening: Opening, text: string, place: Place): void {
  if (isLineDelimited(text)) {
    openLines(opening, text.slice(0, text.lastIndexOf('\n') + 1), place);
  } else {
    openSpans(opening, text, place, { endIsCut: true });
  }
}

/** Text that is not JSON at all: a foreign log line where one record was packed, else a broken container. */
function rejectText(opening: Opening, text: string, { at, level }: Place): void {
  const isPlainText = !/^\s*[[{]/.test(text) && !/[\0\ufffd]/.test(text);
  if (level > 0 && isPlainText) {
    opening.tally.skip('other-log');
  } else {
    opening.tally.breakOff('not-json', `neither JSON nor JSON lines; begins with ${startOf(text)}`, at);
  }
}

function openLines(opening: Opening, text: string, place: Place): void {
  const { tally, precedingLines } = opening;
  let line = place.level === 0 ? precedingLines : 0;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const content = text.slice(start, end);
    start = end + 1;
    line++;
    const value = parseLine(content);
    if (value === undefined) {
      if (hasInk(content)) {
        tally.reject(
          'not-json',
          `not a JSON object; begins with ${startOf(content)}`,
          within(place, `line ${line}`),
          content,
        );
      }
    } else {
      const atMost = content.length;
      if (!isObject(value) || !isRecord(value)) {
        openValue(opening, value, inside(place, `line ${line}`), atMost);
      } else {
        const problem = takeRecord(opening, value, atMost);
        if (problem !== undefined) {
          note(opening, problem, value, within(place, `line ${line}`));
        }
      }
    }
  }
}

/**
 * Opens documents that follow each other without line breaks, as Firehose joins them, or that are
 * pretty-printed. Where one is damaged, the whole items in front of the damage are kept; all that is lost
 * is one rejection together. False if there is nothing to open at all.
 *
 * @param endIsCut - the end of the text is known to be missing, and is accounted for elsewhere
 */
function openSpans(opening: Opening, text: string, place: Place, { endIsCut = false } = {}): boolean {
  const { tally } = opening;
  const readBefore = tally.read;
  let damageAt: number | undefined;
  let number = 0;
  let from = 0;
  for (let span = nextSpan(text, from); span !== undefined; span = nextSpan(text, from)) {
    number++;
    if (afterSeparators(text, from) !== span.start) {
      damageAt ??= from;
    }
    const value = span.end === undefined ? undefined : parseJson(text.slice(span.start, span.end));
    if (value !== undefined) {
      openValue(opening, value, inside(place, `document ${number}`), span.next - span.start);
    } else if (!openDamagedDocument(opening, text, span, place) && !(endIsCut && span.next >= text.length)) {
      damageAt ??= span.start;
    }
    from = span.next;
  }
  if (tally.read === readBefore) {
    return false;
  }
  if (damageAt === undefined && afterSeparators(text, from) < text.length) {
    damageAt = from;
  }
  if (damageAt !== undefined) {
    const message = `document cannot be parsed from character ${damageAt} on`;
    tally.breakOff('not-json', message, place.at);
  }
  return true;
}

const ITEMS_OPENING = /(?:\{\s*"(Records|Events)"\s*:\s*)?\[/y;

/** Opens the items of a damaged `[…]` or `{"Records": […]}` one by one; true if its end was reached. */
function openDamagedDocument(opening: Opening, text: string, { start }: Span, place: Place): boolean {
  ITEMS_OPENING.lastIndex = start;
  const head = ITEMS_OPENING.exec(text);
  if (head === null) {
    return false;
  }
  return openDamagedItems(opening, text, start + head[0].length - 1, inside(place, head[1] ?? ''), 0);
}

/** The same for the items of the array that opens at `start`, the first of which has the index `firstIndex`. */
function openDamagedItems(opening: Opening, text: string, start: number, inner: Place, firstIndex: number): boolean {
  let from = start + 1;
  for (let index = firstIndex; ; index++) {
    const next = afterSeparators(text, from);
    if (text[next] === ']') {
      return true;
    }
    const span = nextSpan(text, next);
    if (span?.end === undefined || span.start !== next) {
      return false;
    }
    const item = text.slice(span.start, span.end);
    const value = parseJson(item);
    if (value === undefined) {
      opening.tally.reject('not-json', `not a JSON object; begins with ${startOf(item)}`, indexed(inner, index), item);
    } else {
      openValue(opening, value, { at: indexed(inner, index), level: inner.level, region: inner.region }, item.length);
    }
    from = span.end;
  }
}
