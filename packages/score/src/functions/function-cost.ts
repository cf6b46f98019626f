import type { FunctionBaseline, FunctionDelta } from '@portcullis/baseline';
import type { FunctionPrices } from './function-detector.ts';

const MB_PER_GB = 1024;

/** What an hour of a function costs, in dollars: its invocations and the memory it held while it ran. */
export function hourlyCost(
  { invocations, billedMbMs }: Pick<FunctionDelta, 'invocations' | 'billedMbMs'>,
  { perMillionInvocations, perGbSecond }: FunctionPrices,
): number {
  return (invocations / 1e6) * perMillionInvocations + (billedMbMs / MB_PER_GB / 1000) * perGbSecond;
}

/** The same for an hour as the function usually has it when it has any. */
export function usualHourlyCost(
  { counts: { hour } }: FunctionBaseline,
  memoryMb: number,
  prices: FunctionPrices,
): number {
  const mean = ({ sum, windows }: { readonly sum: number; readonly windows: number }) =>
    windows > 0 ? sum / windows : 0;
  const billedMbMs = mean(hour.billedSeconds) * 1000 * memoryMb;
  return hourlyCost({ invocations: mean(hour.invocations), billedMbMs }, prices);
}

/** `$0.04`, `$310`; three digits are plenty. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) return 'less than $0.01';
  return `$${amount < 100 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en-US')}`;
}
