import type { AnomalyEvent } from '@portcullis/contract';
import { amount } from '../amount.ts';
import { rarityText } from '../replay/rarity-text.ts';
import { evidenceList, familyBar, familySum } from './evidence-list.ts';
import { type Html, html } from './html.ts';
import { planList } from './plan.ts';
import type { ReportInput } from './report-input.ts';
import { rhythmPicture } from './rhythm.ts';
import { timeElement } from './utc-text.ts';

/** Detectors whose next steps are shown: those that add most. */
const MAX_GUIDES = 2;
/** Event ids shown; the rest are in `--json`. */
const MAX_EVENT_IDS = 20;

/** One alert: a line that can be skimmed, and below it everything needed to decide. */
export function alertCard(event: AnomalyEvent, input: ReportInput): Html {
  const { data, metadata } = event.detail;
  const { actor, severity, score } = data;
  const { id } = metadata;
  return html`<li class="alert" id="alert-${id}" data-severity="${severity}" data-kind="${actor.kind}" data-score="${score}" data-risk="${data.risk}" data-first="${Date.parse(data.firstSeen)}" data-actor="${actor.name}">
<details>
<summary>
<span class="mark severity-${severity}"><b>${score}</b><span>${severity.toLowerCase()}</span></span>
<span class="headline"><h3>${data.title}</h3>
<span class="byline">${actor.kind} in ${data.account} · ${timeElement(data.firstSeen)} UTC · ${amount(data.eventCount, 'event')}</span></span>
<span class="weight">${familyBar(data)}<span class="byline">risk ${data.risk.toFixed(1)}</span></span>
</summary>
<div class="body">
${notes(input.notes?.get(id))}
<section><h4>Why</h4>${familySum(data)}${evidenceList(data)}</section>
<div class="columns">
<section><h4>Who, when, how sure</h4>${facts(event)}</section>
${rhythm(event, input)}
</div>
<div class="columns">
<section><h4>What to do next</h4>${guides(event, input)}</section>
<section><h4>What a response would do <span class="tag">${data.response.mode}</span></h4>${planList(data.response)}</section>
</div>
<details class="ids"><summary>Event ids (${data.eventIds.length})</summary>${eventIds(data.eventIds)}</details>
</div>
</details>
</li>`;
}

function facts(event: AnomalyEvent): Html {
  const { data, metadata } = event.detail;
  const { actor, baseline } = data;
  const state = event['detail-type'] === 'Anomaly Closed' ? 'closed' : 'open at the end of this period';
  return html`<dl class="facts">
<dt>actor</dt><dd>${actor.name} <span class="quiet">(${actor.kind})</span>${actor.arn === undefined ? undefined : html`<br><code>${actor.arn}</code>`}</dd>
<dt>when</dt><dd>${timeElement(data.firstSeen)} to ${timeElement(data.lastSeen)} UTC, ${state}</dd>
<dt>where</dt><dd>account ${data.account}, ${data.region}</dd>
<dt>how rare</dt><dd>${rarityText(data.expectedPerWeek)}</dd>
<dt>history</dt><dd>${amount(baseline.events, 'event')} in ${amount(baseline.days, 'day')}; confidence <b>${data.confidence}</b></dd>
<dt>ATT&amp;CK</dt><dd>${data.techniques.length === 0 ? 'no technique is known for it' : data.techniques.map(techniqueLink)} <span class="quiet">v${data.attackVersion}</span></dd>
<dt>episode</dt><dd><code>${metadata.id}</code> <span class="quiet">revision ${metadata.revision}</span></dd>
</dl>`;
}

function rhythm({ detail: { data } }: AnomalyEvent, { rhythms }: ReportInput): Html | undefined {
  const known = rhythms.get(data.actor.id);
  if (known === undefined) return undefined;
  const picture = rhythmPicture(known, Date.parse(data.firstSeen), Date.parse(data.lastSeen));
  return html`<section><h4>When ${data.actor.name} works</h4>${picture}</section>`;
}

function guides({ detail: { data } }: AnomalyEvent, { guides: known }: ReportInput): Html {
  const detectors = [...new Set(data.evidence.map(({ detector }) => detector))].slice(0, MAX_GUIDES);
  return html`${detectors.map((detector) => {
    const guide = known.get(detector);
    if (guide === undefined) return undefined;
    return html`<h5>${detector}</h5><ol class="steps">${guide.triage.map((step) => html`<li>${step}</li>`)}</ol>`;
  })}`;
}

function notes(lines: readonly string[] | undefined): Html | undefined {
  if (lines === undefined || lines.length === 0) return undefined;
  return html`<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function eventIds(ids: readonly string[]): Html {
  const more = ids.length - MAX_EVENT_IDS;
  return html`<ul>${ids.slice(0, MAX_EVENT_IDS).map((id) => html`<li><code>${id}</code></li>`)}${more > 0 ? html`<li class="quiet">and ${more} more, in the output of --json</li>` : undefined}</ul>`;
}

/** A plain link: nothing is asked of anybody until it is followed. */
export function techniqueLink(id: string): Html {
  return html`<a class="technique" href="https://attack.mitre.org/techniques/${id.replace('.', '/')}/" rel="noreferrer">${id}</a> `;
}
