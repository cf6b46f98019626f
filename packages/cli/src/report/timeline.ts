import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, EPOCH_MS, type EpochMs, epochStart } from '@portcullis/event';
import { type Html, html, scriptJson, trusted } from './html.ts';
import type { HourOfEvents, ReportInput } from './report-input.ts';
import { dayText, minuteText } from './utc-text.ts';

const WIDTH = 1000;
const HEIGHT = 210;
const LEFT = 34;
const BOTTOM = HEIGHT - 24;
const TOP = 8;
/** Steps of the activity's outline; more than pixels would show. */
const MAX_STEPS = 480;
const MAX_TICKS = 10;
const MAX_SCORE = 100;

/**
 * When it happened: alerts by score above, how much there was to see below.
 *
 * Drawn here as plain SVG, which needs no script and prints; the page's script puts a chart in its place that can be
 * zoomed, from the same figures.
 */
export function timeline({ hours, alertAfter }: ReportInput, shown: readonly AnomalyEvent[]): Html | undefined {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const from = epochStart(first.epoch);
  const to = epochStart(last.epoch) + EPOCH_MS;
  const x = (time: EpochMs) => LEFT + ((time - from) / (to - from)) * (WIDTH - LEFT - 6);
  const learned = alertAfter !== undefined && alertAfter > from ? Math.min(alertAfter, to) : undefined;
  return html`<section class="panel" aria-labelledby="timeline-heading">
<h2 id="timeline-heading">Time line</h2>
<p class="lead">Each mark is an alert, at the time it began and as high as its score. Behind: events per hour, at most ${peak(hours).toLocaleString('en-US')}.${learned === undefined ? '' : ' Shaded: learned from, not told.'}</p>
<div id="timeline-chart" class="chart" hidden></div>
<div class="still" role="region" aria-labelledby="timeline-heading" tabindex="0">
<svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT}">
${learned === undefined ? undefined : html`<rect class="learned" x="${LEFT}" y="${TOP}" width="${tenth(x(learned) - LEFT)}" height="${BOTTOM - TOP}"/>`}
<path class="activity" d="${outline(hours, from, to, x)}"/>
${[0, 50, MAX_SCORE].map((score) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - 6}" y1="${tenth(y(score))}" y2="${tenth(y(score))}"/><text x="${LEFT - 6}" y="${tenth(y(score) + 4)}" text-anchor="end">${score}</text>`)}
${dayTicks(from, to).map((day) => html`<text x="${tenth(x(day))}" y="${HEIGHT - 6}">${dayText(day)}</text><line class="tick" x1="${tenth(x(day))}" x2="${tenth(x(day))}" y1="${BOTTOM}" y2="${BOTTOM + 4}"/>`)}
${shown.toReversed().map((event) => alertMark(event, x))}
</svg>
</div>
<script type="application/json" id="timeline-data">${scriptJson(chartData(hours, shown, learned))}</script>
</section>`;
}

function alertMark({ detail: { data, metadata } }: AnomalyEvent, x: (time: EpochMs) => number): Html {
  const at = Date.parse(data.firstSeen);
  const label = `${data.severity} ${data.score}, ${minuteText(at)}: ${data.title}`;
  return html`<a href="#alert-${metadata.id}" aria-label="${label}"><circle class="mark-${data.severity}" cx="${tenth(x(at))}" cy="${tenth(y(data.score))}" r="5"><title>${label}</title></circle></a>`;
}

/** What the chart of the page's script is drawn from; times in seconds, the most severe last and on top. */
function chartData(hours: readonly HourOfEvents[], shown: readonly AnomalyEvent[], learned: EpochMs | undefined) {
  return {
    hours: hours.map(({ epoch, events }) => [epochStart(epoch) / 1000, events]),
    learnedUntil: learned === undefined ? null : learned / 1000,
    alerts: shown.toReversed().map(({ detail: { data, metadata } }) => ({
      id: metadata.id,
      at: Date.parse(data.firstSeen) / 1000,
      score: data.score,
      severity: data.severity,
      title: data.title,
    })),
  };
}

/** Hours joined to steps that can be told apart; a step is as high as its busiest hour. */
function outline(hours: readonly HourOfEvents[], from: EpochMs, to: EpochMs, x: (time: EpochMs) => number): Html {
  const steps = Math.min(MAX_STEPS, Math.round((to - from) / EPOCH_MS));
  const stepMs = (to - from) / steps;
  const highest = new Array<number>(steps).fill(0);
  for (const { epoch, events } of hours) {
    const step = Math.min(steps - 1, Math.floor((epochStart(epoch) - from) / stepMs));
    highest[step] = Math.max(highest[step] ?? 0, events);
  }
  const scale = (BOTTOM - TOP) / peak(hours);
  const path = highest.map(
    (events, step) => `V${(BOTTOM - events * scale).toFixed(1)}H${x(from + (step + 1) * stepMs).toFixed(1)}`,
  );
  return trusted(`M${LEFT} ${BOTTOM}${path.join('')}V${BOTTOM}z`);
}

function dayTicks(from: EpochMs, to: EpochMs): readonly EpochMs[] {
  const days = Math.ceil((to - from) / DAY_MS);
  const every = Math.max(1, Math.ceil(days / MAX_TICKS)) * DAY_MS;
  const ticks: EpochMs[] = [];
  for (let day = Math.ceil(from / DAY_MS) * DAY_MS; day < to; day += every) ticks.push(day);
  return ticks;
}

function y(score: number): number {
  return BOTTOM - (score / MAX_SCORE) * (BOTTOM - TOP);
}

function peak(hours: readonly HourOfEvents[]): number {
  return hours.reduce((most, { events }) => Math.max(most, events), 1);
}

function tenth(value: number): Html {
  return trusted(value.toFixed(1));
}
