import type { Rate, Recall } from '@portcullis/lab';

/** `.86 [.79, .91] of 120`: a share with its 95 % interval. */
export function shareText({ share, interval: { low, high }, tried }: Recall): string {
  return tried === 0 ? '–' : `${short(share)} [${short(low)}, ${short(high)}] of ${tried}`;
}

/** `.86 (103/120)`: a share where an interval would be too much. */
export function countText(recall: Recall | undefined): string {
  if (recall === undefined || recall.tried === 0) return '–';
  return `${short(recall.share)} (${recall.found}/${recall.tried})`;
}

/** `2.4 [1.6, 3.4]`: a rate with its 95 % interval, and how many were counted. */
export function rateText({ count, perWeek, interval: { low, high }, hundredActorWeeks }: Rate): string {
  if (hundredActorWeeks === 0) return count === 0 ? '–' : `${count} by nobody else active`;
  return `${perWeek.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** `+.03`, `−.12`: a change of a share. */
export function changeText(change: number): string {
  if (Math.abs(change) < 0.0005) return '0';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(3).replace(/^0/, '')}`;
}

export function durationText(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1440).toFixed(1)} d`;
}

function short(share: number): string {
  return share === 1 ? '1' : share.toFixed(2).replace(/^0/, '');
}
