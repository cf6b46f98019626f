import { createHash } from 'node:crypto';
import type { GroupReview, TrafficGraph } from '@portcullis/review';
import { amount, grouped } from '../amount.ts';
import { type Html, html, trusted } from '../report/html.ts';
import { bytesText } from './bytes-text.ts';
import { ruleText } from './segment-text.ts';
import { MAX_DRAWN, trafficDrawing } from './traffic-drawing.ts';

/** Edges of the table and groups of the list; all of them are in the output of `--json`. */
const MAX_ROWS = 300;

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#161a20, #e8ebf0); --paper: light-dark(#fff, #0d1015); --muted: light-dark(#59626f, #9ba5b3); --line: light-dark(#dfe2e7, #2a313b); --accent: light-dark(#2b50c8, #93abff); --outside: light-dark(#b3430c, #ff9c64); --gone: light-dark(#a8123e, #ff7d9c); --made: light-dark(#0b6d44, #4cc48a); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; background: var(--paper); color: var(--ink); }
a { color: var(--accent); }
.skip:not(:focus) { position: absolute; left: -100rem; }
.wide { overflow-x: auto; }
.graph { width: 100%; min-width: 44rem; height: auto; font-size: 13px; }
.graph path { fill: none; stroke: var(--accent); opacity: .45; }
.graph path.unsure { stroke-dasharray: 4 4; }
.graph a:hover path, .graph a:focus path { opacity: 1; stroke: var(--outside); }
.graph circle { fill: var(--accent); }
.graph .internet circle { fill: var(--outside); }
.graph text { fill: var(--ink); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .7rem; text-align: left; vertical-align: top; }
tr:target { outline: 2px solid var(--accent); outline-offset: -2px; }
ul.rules { list-style: none; padding: 0; font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; }
.gone { color: var(--gone); }
.made { color: var(--made); }
.quiet { color: var(--muted); }
@media print { :root { color-scheme: light; } .skip { display: none; } .wide { overflow: visible; } .graph { min-width: 0; } tr, li { break-inside: avoid; } }
`;

export interface SegmentationPage {
  readonly graph: TrafficGraph;
  readonly groups: readonly GroupReview[];
  /** Names of groups, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** The graph and the proposals as a page that needs nothing else: no script, and a policy that allows none. */
export function segmentationHtml({ graph, groups, names }: SegmentationPage): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const proposed = groups.filter(({ kind }) => kind === 'proposed');
  const shown = proposed.slice(0, MAX_ROWS);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Who talks to whom · Portcullis</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#proposals">Skip to the proposals</a>
<main>
<h1>Who talks to whom</h1>
<p>${amount(graph.edges.length, 'edge')} between ${grouped(graph.parties.length)} parties; drawn are the ${Math.min(MAX_DRAWN, graph.edges.length)} that carried most. Who opened the connection is on the left. Dashed: the log does not tell who opened. Nothing was changed in any account.</p>
<div class="wide" tabindex="0" role="region" aria-label="Graph">${trafficDrawing(graph)}</div>
${edgeTable(graph)}
<section id="proposals"><h2>Proposals</h2>
<p>${proposed.length === 0 ? 'None.' : `${amount(proposed.length, 'security group')} can be narrower; every conversation seen goes on working.`}</p>
${shown.map((one) => groupSection(one, names))}
</section>
${refusals(groups)}
</main>
</body>
</html>
`.markup;
}

function edgeTable({ edges, parties }: TrafficGraph): Html {
  const names = new Map(parties.map(({ id, name }) => [id, name]));
  const rows = edges.slice(0, MAX_ROWS);
  return html`<h2>Edges</h2>
<div class="wide" tabindex="0" role="region" aria-label="Edges"><table>
<thead><tr><th scope="col">opened by</th><th scope="col">to</th><th scope="col">port</th><th scope="col">carried</th><th scope="col">flows</th><th scope="col">days</th></tr></thead>
<tbody>${rows.map(({ from, to, port, bytes, flows, days, unsure }, index) => html`<tr id="edge-${index + 1}"><td>${names.get(from)}${unsure ? ' (or the other end)' : ''}</td><td>${names.get(to)}</td><td>${port}</td><td>${bytesText(bytes)}</td><td>${grouped(flows)}</td><td>${days}</td></tr>`)}</tbody>
</table></div>
${edges.length > rows.length ? html`<p class="quiet">${grouped(edges.length - rows.length)} more carried less.</p>` : undefined}`;
}

function groupSection(one: GroupReview, names: ReadonlyMap<string, string>): Html | undefined {
  if (one.kind === 'refused') return undefined;
  return html`<h3>${one.group.name} <span class="quiet">${one.group.id}</span></h3>
<p class="quiet">takes ${grouped(one.exposureRemoved)} of ${grouped(one.exposureBefore)} exposure; ${amount(one.checked.kept, 'conversation')} kept, 0 broken, 0 undecided</p>
<ul class="rules">${one.changes.flatMap(({ rule, kind, by }) => [
    html`<li class="${kind === 'keep' ? 'quiet' : 'gone'}">${kind === 'keep' ? 'keep' : 'remove'} ${ruleText(rule, names)}</li>`,
    ...by.map((made) => html`<li class="made">add ${ruleText(made, names)}</li>`),
  ])}</ul>`;
}

function refusals(groups: readonly GroupReview[]): Html | undefined {
  const refused = groups.filter((one) => one.kind === 'refused');
  if (refused.length === 0) return undefined;
  return html`<section><h2>Nothing is said of</h2><ul>${[...Map.groupBy(refused, ({ reason }) => reason)].map(([reason, all]) => html`<li>${amount(all.length, 'group')}: ${reason} (${all[0]?.detail})</li>`)}</ul></section>`;
}
