import type { EpochMs } from '@portcullis/event';
import { type Html, html } from './html.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `9 Mar`. */
export function dayText(time: EpochMs): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `9 Mar 2026, 06:00`, UTC. */
export function minuteText(time: EpochMs): string {
  return `${dayText(time)} ${new Date(time).getUTCFullYear()}, ${new Date(time).toISOString().slice(11, 16)}`;
}

/** An ISO time as people read it, and as machines do. */
export function timeElement(iso: string): Html {
  return html`<time datetime="${iso}">${minuteText(Date.parse(iso))}</time>`;
}
