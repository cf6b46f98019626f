import type { NetworkUse } from '../../../record/network-blocks.ts';
import type { Catalog } from '../operations/catalog.ts';
import type { ToolKind } from '../tools.ts';

/** What a team is there for; decides its work, its rights and its hours. */
export type Flavour = 'product' | 'platform' | 'data' | 'security' | 'support' | 'finance';

/** A country where staff live. */
export interface Country {
  readonly code: string;
  /** Standard time; clocks are not changed. */
  readonly utcOffsetHours: number;
}

/** Where hosted build runners come from, and how their sessions look. */
export interface BuildHost {
  readonly id: string;
  readonly weight: number;
  readonly issuer: string;
  readonly use: NetworkUse;
  readonly place: string;
  /** `{repository}` and `{run}` stand for the run's own. */
  readonly session: string;
  readonly subject: string;
  readonly tool: ToolKind;
}

/** Share of a day's work by UTC hour. */
export type Rhythm = 'audience' | 'even' | 'nightly' | 'office' | 'bursts' | 'hourly';

/** A sort of function, by what it is for. */
export interface Workload {
  readonly id: string;
  readonly weight: number;
  readonly rhythm: Rhythm;
  readonly callsPerDay: number;
  /** Operations in proportion, `[id, weight]`. */
  readonly calls: readonly (readonly [operation: string, weight: number])[];
  /** What a new environment does first. */
  readonly start: readonly string[];
  readonly invokedBy?: string;
}

/** A firm that reads its customers' accounts from its own. */
export interface ScannerVendor {
  readonly id: string;
  readonly roleName: string;
  readonly use: NetworkUse;
  readonly place: string;
  readonly tool: ToolKind;
}

/** What organizations of one half are drawn from. */
export interface Pool {
  readonly catalog: Catalog;
  readonly companies: readonly string[];
  /** What products and teams are about. */
  readonly subjects: readonly string[];
  readonly suffixes: readonly string[];
  readonly countries: readonly Country[];
  readonly regions: readonly string[];
  /** Names of permission sets by flavour. */
  readonly permissionSets: Readonly<Record<Flavour, readonly string[]>>;
  readonly teamNames: Readonly<Record<Flavour, readonly string[]>>;
  readonly workloads: readonly Workload[];
  /** Ways to bring out software: what a run of a pipeline calls. */
  readonly builds: readonly (readonly string[])[];
  readonly buildHosts: readonly BuildHost[];
  readonly vendors: readonly ScannerVendor[];
  readonly gateways: readonly string[];
  readonly shells: readonly ToolKind[];
  readonly scripts: readonly ToolKind[];
  readonly browsers: readonly ToolKind[];
  readonly provisioners: readonly ToolKind[];
  readonly runtimes: readonly ToolKind[];
}
