import type { AnomalyEvent, Severity } from '@portcullis/contract';
import { DAY_MS, EPOCH_MS, epochStart } from '@portcullis/event';
import { amount } from '../amount.ts';
import { techniqueLink } from './alert-card.ts';
import { type Html, html, trusted } from './html.ts';
import type { ReportInput } from './report-input.ts';
import { minuteText } from './utc-text.ts';

/** Most severe first. */
export const SEVERITY_ORDER: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const MAX_TECHNIQUES = 12;
const DAYS_PER_WEEK = 7;
const ALL_READ = 'All read';

/** The period in one look: what was told, of how much, against what was accepted, and whether all was read. */
export function glance(input: ReportInput): Html {
  return html`<section class="glance" aria-label="At a glance">
${alertsTile(input.alerts)}
${eventsTile(input)}
${budgetTile(input)}
${readTile(input)}
</section>
${techniqueLine(input.alerts)}`;
}

/** `7 alerts, 3 of them critical`. */
export function headline({ alerts }: ReportInput): string {
  if (alerts.length === 0) return 'No alerts: nothing stood out';
  const worst = SEVERITY_ORDER.find((severity) => countOf(alerts, severity) > 0) ?? 'LOW';
  const count = countOf(alerts, worst);
  if (alerts.length === 1) return `One alert, ${worst.toLowerCase()}`;
  if (count === alerts.length) return `${amount(count, 'alert')}, all ${worst.toLowerCase()}`;
  return `${amount(alerts.length, 'alert')}, ${count} of them ${worst.toLowerCase()}`;
}

/** From the first hour with an event to the end of the last. */
export function periodText({ hours }: ReportInput): string {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return 'No event was read';
  return `${minuteText(epochStart(first.epoch))} to ${minuteText(epochStart(last.epoch) + EPOCH_MS)} UTC`;
}

function alertsTile(alerts: readonly AnomalyEvent[]): Html {
  if (alerts.length === 0) {
    return html`<div class="tile"><h2>Alerts</h2><p class="figure">0</p><p class="quiet">nothing got as far</p></div>`;
  }
  let at = 0;
  const segments = SEVERITY_ORDER.map((severity) => {
    const width = (countOf(alerts, severity) / alerts.length) * 100;
    const segment = html`<rect class="mark-${severity}" x="${trusted(at.toFixed(1))}" width="${trusted(Math.max(0, width - 0.8).toFixed(1))}" height="6"/>`;
    at += width;
    return width === 0 ? undefined : segment;
  });
  const legend = SEVERITY_ORDER.filter((severity) => countOf(alerts, severity) > 0);
  return html`<div class="tile"><h2>Alerts</h2><p class="figure">${alerts.length.toLocaleString('en-US')}</p>
<svg class="family-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">${segments}</svg>
<p class="quiet">${legend.map((severity, index) => html`${index === 0 ? '' : ', '}<span class="severity-${severity}"><b>${countOf(alerts, severity)}</b> ${severity.toLowerCase()}</span>`)}</p></div>`;
}

function eventsTile({ counts, alerts }: ReportInput): Html {
  const alerted = new Set(alerts.map(({ detail }) => detail.data.actor.id)).size;
  return html`<div class="tile"><h2>Judged</h2><p class="figure">${counts.unique.toLocaleString('en-US')} <small>events</small></p>
<p class="quiet">of ${amount(counts.actors, 'actor')}; ${alerted === 0 ? 'none' : alerted.toLocaleString('en-US')} with an alert</p></div>`;
}

/** What the accepted number of false alerts comes to here. */
function budgetTile({ budgetPer100ActorsPerWeek, counts, hours, alertAfter }: ReportInput): Html {
  const first = hours[0] === undefined ? 0 : epochStart(hours[0].epoch);
  const end = hours.at(-1) === undefined ? 0 : epochStart(hours.at(-1)?.epoch ?? 0) + EPOCH_MS;
  const toldDays = Math.max(0, end - Math.max(first, alertAfter ?? first)) / DAY_MS;
  const accepted = (budgetPer100ActorsPerWeek * counts.actors * toldDays) / (100 * DAYS_PER_WEEK);
  const share = accepted < 0.1 ? 'less than 0.1' : `about ${Number(accepted.toPrecision(2)).toLocaleString('en-US')}`;
  return html`<div class="tile"><h2>Alert budget</h2><p class="figure">${budgetPer100ActorsPerWeek} <small>per 100 actors a week</small></p>
<p class="quiet">false alerts that you accept: ${share} in the ${amount(Math.max(1, Math.round(toldDays)), 'day')} told of. The threshold follows from it.</p></div>`;
}

function readTile({ counts }: ReportInput): Html {
  const { read, duplicates, late, partial, interrupted } = counts;
  const rejected = totalOf(counts.rejected);
  const skipped = totalOf(counts.skipped);
  const verdict = interrupted ? 'Interrupted' : partial ? 'In part' : rejected > 0 ? 'Nearly all' : ALL_READ;
  const parts = [
    [duplicates, 'repeated'],
    [skipped, 'with nothing to judge'],
    [rejected, 'unreadable'],
    [late, 'late (judged, not learned)'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en-US')} ${what}`);
  const missing = partial || interrupted ? ' An unknown number of records is missing.' : '';
  return html`<div class="tile"><h2>Logs</h2><p class="figure${verdict === ALL_READ ? '' : ' severity-MEDIUM'}">${verdict}</p>
<p class="quiet">${amount(read, 'record')}${told.length === 0 ? '' : `: ${told.join(', ')}`}.${missing}</p></div>`;
}

function techniqueLine(alerts: readonly AnomalyEvent[]): Html | undefined {
  const counts = new Map<string, number>();
  for (const { detail } of alerts) {
    for (const id of detail.data.techniques) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const more = sorted.length - MAX_TECHNIQUES;
  return html`<p class="techniques">ATT&amp;CK techniques pointed at, by number of alerts: ${sorted.slice(0, MAX_TECHNIQUES).map(([id, count]) => html`<span>${techniqueLink(id)}<small>×${count}</small></span> `)}${more > 0 ? `and ${more} more` : undefined}</p>`;
}

export function countOf(alerts: readonly AnomalyEvent[], severity: Severity): number {
  return alerts.reduce((count, { detail }) => count + (detail.data.severity === severity ? 1 : 0), 0);
}

function totalOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
