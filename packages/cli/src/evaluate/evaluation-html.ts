import { createHash } from 'node:crypto';
import { html, trusted } from '../report/html.ts';
import type { Section } from './evaluation-sections.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .3rem .7rem; text-align: left; vertical-align: top; }
th { font-weight: 600; }
td:first-child { white-space: nowrap; }
p { margin: .4rem 0; }
`;

/** The tables as a page that needs nothing else: no script, no font, no picture, and a policy that allows none. */
export function evaluationHtml(sections: readonly Section[]): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portcullis evaluation</title>
<style>${trusted(STYLE)}</style>
<h1>Portcullis evaluation</h1>
${sections.map(sectionHtml)}
</html>
`.markup;
}

function sectionHtml({ title, head, rows, notes }: Section) {
  return html`<section>
<h2>${title}</h2>
<div class="wide"><table>
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>
${notes.map((note) => html`<p>${note}</p>`)}
</section>`;
}
