import type { AttackResult } from './figures.ts';
import { type Recall, recall } from './recall-and-rate.ts';

export function recallOf(results: readonly AttackResult[]): Recall {
  return recall(results.filter(isFound).length, results.length);
}

export function isFound({ found }: AttackResult): boolean {
  return found !== 'missed';
}
