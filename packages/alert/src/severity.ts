import type { Severity } from '@portcullis/contract';

/**
 * Severity by harm and rarity: the first row whose impact and score are both reached.
 *
 * Impact is the largest of the evidence that contributes: 1.8 changes permissions, 3 blinds logs.
 */
const ROWS: readonly { readonly impact: number; readonly score: number; readonly severity: Severity }[] = [
  { impact: 3, score: 55, severity: 'CRITICAL' },
  { impact: 1.8, score: 60, severity: 'CRITICAL' },
  { impact: 3, score: 0, severity: 'HIGH' },
  { impact: 1.8, score: 40, severity: 'HIGH' },
  { impact: 1, score: 65, severity: 'HIGH' },
  { impact: 0, score: 80, severity: 'HIGH' },
  { impact: 1, score: 0, severity: 'MEDIUM' },
  { impact: 0, score: 60, severity: 'MEDIUM' },
];

/** @param always - on the short list of what is told regardless, which is never below HIGH */
export function severityOf(impact: number, score: number, always: boolean): Severity {
  const severity = ROWS.find((row) => impact >= row.impact && score >= row.score)?.severity ?? 'LOW';
  return always && (severity === 'LOW' || severity === 'MEDIUM') ? 'HIGH' : severity;
}
