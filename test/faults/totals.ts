import { faultsOf, type SeedResult } from './run-seed.ts';

/** What many seeds add up to. */
export interface Totals {
  readonly from: number;
  seeds: number;
  events: number;
  fewestEvents: number;
  late: number;
  alerts: number;
  faults: number;
  fewestFaults: number;
  readonly faultsByKind: Record<string, number>;
  /** Seeds with an hour of late events only, where states are not compared. */
  incomparable: number;
  readonly violated: number[];
}

export function emptyTotals(from: number): Totals {
  return {
    from,
    seeds: 0,
    events: 0,
    fewestEvents: Number.POSITIVE_INFINITY,
    late: 0,
    alerts: 0,
    faults: 0,
    fewestFaults: Number.POSITIVE_INFINITY,
    faultsByKind: {},
    incomparable: 0,
    violated: [],
  };
}

/** Changes `totals` in place. */
export function addResult(totals: Totals, result: SeedResult): void {
  totals.seeds += 1;
  totals.events += result.events;
  totals.fewestEvents = Math.min(totals.fewestEvents, result.events);
  totals.late += result.late;
  totals.alerts += result.alerts;
  totals.faults += faultsOf(result);
  totals.fewestFaults = Math.min(totals.fewestFaults, faultsOf(result));
  for (const [kind, count] of result.faults) totals.faultsByKind[kind] = (totals.faultsByKind[kind] ?? 0) + count;
  if (result.incomparable) totals.incomparable += 1;
  if (result.violations.length > 0) totals.violated.push(result.seed);
}
