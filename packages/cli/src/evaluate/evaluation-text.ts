import Table from 'cli-table3';
import { printable } from '../terminal-text.ts';
import type { Section } from './evaluation-sections.ts';

/** Longer cells are wrapped, so that a table fits a wide terminal. */
const MAX_CELL = 64;
const MAX_HEAD = 16;

/** The tables for a terminal. */
export function evaluationText(sections: readonly Section[]): string {
  return `${sections.map(sectionText).join('\n\n')}\n`;
}

function sectionText({ title, head, rows, notes }: Section): string {
  const table = new Table({
    head: head.map(printable),
    colWidths: head.map((name, column) => widthOf(name, rows, column)),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map(printable)));
  return [title, rows.length === 0 ? '  none' : table.toString(), ...notes].join('\n');
}

function widthOf(name: string, rows: readonly (readonly string[])[], column: number): number {
  const widest = Math.max(Math.min(name.length, MAX_HEAD), ...rows.map((row) => printable(row[column] ?? '').length));
  return Math.min(MAX_CELL, widest) + 2;
}
