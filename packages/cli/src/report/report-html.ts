import { createHash } from 'node:crypto';
import type { AnomalyEvent } from '@portcullis/contract';
import { amount } from '../amount.ts';
import { alertCard } from './alert-card.ts';
import { countOf, glance, headline, periodText, SEVERITY_ORDER } from './glance.ts';
import { type Html, html, trusted } from './html.ts';
import type { PageAssets, ReportInput } from './report-input.ts';
import { timeline } from './timeline.ts';

/** Alerts shown in full; a page of more would be read by nobody, nor opened by every browser. */
export const MAX_ALERTS = 500;

/**
 * The report of a replay: one page that needs nothing else and asks nobody.
 *
 * Its policy lets only the styles and scripts run that it came with, by their hash, so markup from a log would do
 * nothing even if it got in. Readable without scripts. Pure: the same input gives the same page.
 */
export function reportHtml(input: ReportInput, assets: PageAssets): string {
  const shown = mostSevere(input.alerts);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headline(input)} · Portcullis</title>
<style>${trusted(assets.style)}</style>
<script>${trusted(assets.headScript)}</script>
</head>
<body>
<a class="skip" href="#alerts">Skip to the alerts</a>
<header class="page">
<p class="brand">${LOGO}<span>Portcullis</span><span class="quiet">replay report</span></p>
<button type="button" id="theme" class="needs-script" aria-pressed="false">Dark</button>
</header>
<main>
<h1>${headline(input)}</h1>
<p class="period">${periodText(input)}</p>
${glance(input)}
${timeline(input, shown)}
${alertsSection(input, shown)}
${GUIDE}
</main>
<footer><p>${metaLine(input)}</p><details><summary>Licences</summary><pre>${assets.notices}</pre></details></footer>
${assets.scripts.map((script) => html`<script>${trusted(script)}</script>`)}
</body>
</html>
`;
  return page.markup;
}

/** Most severe first, then by score, then the earlier. */
function mostSevere(alerts: readonly AnomalyEvent[]): readonly AnomalyEvent[] {
  const rank = ({ detail: { data } }: AnomalyEvent) => SEVERITY_ORDER.indexOf(data.severity);
  const sorted = [...alerts].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      b.detail.data.score - a.detail.data.score ||
      Date.parse(a.detail.data.firstSeen) - Date.parse(b.detail.data.firstSeen),
  );
  return sorted.slice(0, MAX_ALERTS);
}

function alertsSection(input: ReportInput, shown: readonly AnomalyEvent[]): Html {
  if (shown.length === 0) {
    return html`<section id="alerts" class="panel"><h2>Alerts</h2><p>No episode got as far as the alert budget lets through. That says that nothing unusual enough was seen, not that nothing happened: each detector's page lists what it cannot see.</p></section>`;
  }
  const left = input.alerts.length - shown.length;
  return html`<section id="alerts" aria-labelledby="alerts-heading">
<h2 id="alerts-heading">Alerts</h2>
${left > 0 ? html`<p class="notes">The ${shown.length} most severe of ${input.alerts.length.toLocaleString('en-US')} alerts are shown; all of them are in the output of <code>--json</code>.</p>` : undefined}
${toolbar(shown)}
<div id="list-head"><p id="count" class="quiet" role="status">${amount(shown.length, 'alert')}</p><button type="button" id="toggle-all" class="needs-script">Open all</button></div>
<ol id="alert-list" class="alerts">${shown.map((event) => alertCard(event, input))}</ol>
</section>`;
}

function toolbar(shown: readonly AnomalyEvent[]): Html {
  const severities = SEVERITY_ORDER.filter((severity) => countOf(shown, severity) > 0);
  const kinds = [...new Set(shown.map(({ detail }) => detail.data.actor.kind))].sort();
  return html`<form id="filters" class="needs-script" aria-label="Filter and sort alerts">
<input type="search" name="text" autocomplete="off" aria-label="Search in alerts" placeholder="Actor, action, network …">
<fieldset><legend>Severity</legend>${severities.map((severity) => html`<label class="chip severity-${severity}"><input type="checkbox" name="severity" value="${severity}" checked>${severity.toLowerCase()} <b>${countOf(shown, severity)}</b></label>`)}</fieldset>
<label>Actor <select name="kind"><option value="">of any kind</option>${kinds.map((kind) => html`<option>${kind}</option>`)}</select></label>
<label>Sort <select name="sort"><option value="severity">most severe first</option><option value="newest">newest first</option><option value="oldest">oldest first</option><option value="risk">highest risk first</option><option value="actor">by actor</option></select></label>
</form>`;
}

/** `'sha256-…'` of each part that may run, and nothing else. */
function policy({ style, headScript, scripts }: PageAssets): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${[headScript, ...scripts].map(hash).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function metaLine({ alerts }: ReportInput): string {
  const first = alerts[0]?.detail.metadata;
  const versions = first === undefined ? '' : ` Settings ${first.configVersion}, baseline ${first.baselineVersion}.`;
  return `All times are UTC. Nothing was changed in any account.${versions}`;
}

const LOGO = html`<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M3 18V8a7 7 0 0 1 14 0v10M7.5 2v16M12.5 2v16M3 8h14M3 13h14"/></svg>`;

const GUIDE = html`<section class="panel guide" aria-labelledby="guide-heading">
<h2 id="guide-heading">How to read this</h2>
<dl>
<dt>bits</dt><dd>How surprising a finding is. Ten bits: one active day of this actor in a thousand holds anything like it.</dd>
<dt>impact</dt><dd>How much harm the action can do, whatever its surprise. 0.6 reads names, 1 reads data, 1.8 gives power, 3 blinds logs.</dd>
<dt>adds</dt><dd>Bits beyond those an ordinary day explains, times impact; faded with age, and less for each further finding of one family.</dd>
<dt>risk</dt><dd>The sum of what is added, exactly. Not a probability.</dd>
<dt>score</dt><dd>0 to 100 by how rarely normal operation gets as far: 50 is once a week among 100 actors, every 12.5 more a tenth of that.</dd>
<dt>confidence</dt><dd>How much history of the actor stands behind it: low below 3 active days, high from 14.</dd>
</dl>
</section>`;
