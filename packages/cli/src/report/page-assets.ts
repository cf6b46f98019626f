import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import type { PageAssets } from './report-input.ts';

const FOLDER = path.join(import.meta.dirname, 'page');

/** Reads what a report brings along: our styles and scripts, and the chart library with its licence. */
export async function readPageAssets(): Promise<PageAssets> {
  const library = path.dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
  const [style, chartStyle, chart, licence, theme, filters, timeline] = await Promise.all([
    readFile(path.join(FOLDER, 'report.css'), 'utf8'),
    readFile(path.join(library, 'dist/uPlot.min.css'), 'utf8'),
    readFile(path.join(library, 'dist/uPlot.iife.min.js'), 'utf8'),
    readFile(path.join(library, 'LICENSE'), 'utf8'),
    script('theme.ts'),
    script('alert-filters.ts'),
    script('timeline-chart.ts'),
  ]);
  return {
    style: chartStyle + style,
    headScript: theme,
    scripts: [chart, filters, timeline],
    notices: `uPlot\n\n${licence.trim()}\n`,
  };
}

/** A script of the page as browsers take it. Not a module: those see each other's names only through files. */
async function script(file: string): Promise<string> {
  return stripTypeScriptTypes(await readFile(path.join(FOLDER, file), 'utf8'));
}
