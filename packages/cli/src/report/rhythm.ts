import type { EpochMs } from '@portcullis/event';
import { hourOfWeek } from './collect-activity.ts';
import { type Html, html, trusted } from './html.ts';
import type { Rhythm } from './report-input.ts';
import { WEEKDAYS } from './utc-text.ts';

const CELL = 11;
const GAP = 2;
const PITCH = CELL + GAP;
const LEFT = 30;
const TOP = 16;
const HOURS = 24;
const LEVELS = 4;

/**
 * When an actor works: one cell an hour of the week, UTC, darker for more events on a logarithmic scale.
 *
 * The hours in which the alert began and was last added to are outlined. One path per shade keeps a page of hundreds of them small.
 */
export function rhythmPicture(rhythm: Rhythm, from: EpochMs, to: EpochMs): Html {
  const most = rhythm.reduce((max, events) => Math.max(max, events), 0);
  if (most === 0) return html``;
  const cells: number[][] = Array.from({ length: LEVELS + 1 }, () => []);
  rhythm.forEach((events, hour) => {
    cells[Math.ceil((LEVELS * Math.log1p(events)) / Math.log1p(most))]?.push(hour);
  });
  const alerted = [...new Set([hourOfWeek(from), hourOfWeek(to)])];
  const width = LEFT + HOURS * PITCH;
  const height = TOP + WEEKDAYS.length * PITCH;
  return html`<figure class="rhythm">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${describe(rhythm, hourOfWeek(from))}">
${[0, 6, 12, 18].map((hour) => html`<text x="${LEFT + hour * PITCH}" y="10">${String(hour).padStart(2, '0')}</text>`)}
${WEEKDAYS.map((day, row) => html`<text x="0" y="${TOP + row * PITCH + 9}">${day}</text>`)}
${cells.map((hours, level) => (hours.length === 0 ? undefined : html`<path class="heat-${level}" d="${squares(hours, 0)}"/>`))}
<path class="heat-alert" d="${squares(alerted, -1)}"/>
</svg>
<figcaption>Events by hour of the week, UTC. Outlined: when this episode began and was last added to.</figcaption>
</figure>`;
}

function squares(hours: readonly number[], inset: number): Html {
  const size = CELL - 2 * inset;
  return trusted(
    hours
      .map((hour) => {
        const x = LEFT + (hour % HOURS) * PITCH + inset;
        const y = TOP + Math.floor(hour / HOURS) * PITCH + inset;
        return `M${x} ${y}h${size}v${size}h-${size}z`;
      })
      .join(''),
  );
}

function describe(rhythm: Rhythm, began: number): string {
  const active = rhythm.reduce((sum, events) => sum + (events > 0 ? 1 : 0), 0);
  const busiest = rhythm.indexOf(rhythm.reduce((max, events) => Math.max(max, events), 0));
  return (
    `Active in ${active} of 168 hours of the week, most on ${hourText(busiest)}; ` +
    `this episode began on ${hourText(began)}, UTC`
  );
}

function hourText(hour: number): string {
  return `${WEEKDAYS[Math.floor(hour / HOURS)]} ${String(hour % HOURS).padStart(2, '0')}:00`;
}
