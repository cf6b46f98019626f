import { lineEnd } from '../envelopes/split-json.ts';
import type { Tally } from '../envelopes/tally.ts';
import { type FlowLayout, flowHeader, readFlowLine, unannouncedFlow } from './flow-line.ts';

/**
 * Opens a text of flow logs, line by line: under a header, as S3 objects have it, or of version 2 without one. False for any other text.
 *
 * @param precedingLines - of the same file, so that positions count on
 */
export function openFlowLog(tally: Tally, text: string, precedingLines: number, at: string): boolean {
  let layout = layoutAt(text, 0);
  if (layout === undefined) return false;
  let line = precedingLines;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const content = text.slice(start, end);
    start = end + 1;
    line++;
    if (content.trim() === '') continue;
    const header = flowHeader(content);
    if (header !== undefined) {
      layout = header;
      tally.skip('flow-header');
    } else {
      takeFlowLine(tally, content, layout, `${at}${at === '' ? '' : '.'}line ${line}`);
    }
  }
  return true;
}

function layoutAt(text: string, start: number): FlowLayout | undefined {
  const first = text.slice(start, lineEnd(text, start));
  return flowHeader(first) ?? unannouncedFlow(first);
}

/** Counts one line as what it is. */
export function takeFlowLine(tally: Tally, line: string, layout: FlowLayout, at: string): void {
  const read = readFlowLine(line, layout);
  if ('flow' in read) tally.flow(read.flow);
  else if ('empty' in read) tally.skip(read.empty === 'nodata' ? 'flow-nodata' : 'flow-skipdata');
  else tally.reject('invalid-flow-record', read.problem, at, line);
}
