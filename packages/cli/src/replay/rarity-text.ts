import type { AnomalyData } from '@portcullis/contract';

const WEEKS_PER_YEAR = 52.18;

/**
 * How often normal operation gets as far as this alert, in words.
 *
 * An interval that starts at 0 means that the history is too short to tell, so only its upper end is said.
 */
export function rarityText({ value, low, high }: AnomalyData['expectedPerWeek']): string {
  if (low === 0 || value === 0) {
    return `normal operation gets this far less than ${frequency(high)}; how much less, the history cannot tell`;
  }
  return `normal operation gets this far about ${frequency(value)} (from ${frequency(low)} to ${frequency(high)})`;
}

function frequency(perWeek: number): string {
  if (perWeek >= 1) return `${rounded(perWeek)} times a week`;
  const weeks = 1 / perWeek;
  return weeks < WEEKS_PER_YEAR
    ? `once in ${rounded(weeks)} weeks`
    : `once in ${rounded(weeks / WEEKS_PER_YEAR)} years`;
}

function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}
