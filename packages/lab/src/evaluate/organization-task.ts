import type { OrganizationOptions } from './evaluate-organization.ts';
import type { OrganizationFigures } from './figures.ts';

/** What a thread is given to do. */
export interface OrganizationTask {
  readonly seed: number;
  readonly half: 'tuning' | 'test';
  readonly actors: number;
  /** Only these stories; empty for all of the half. */
  readonly storyIds: readonly string[];
  readonly options: OrganizationOptions;
}

/** What it says meanwhile, and at the end. */
export type OrganizationMessage = { readonly share: number } | { readonly figures: OrganizationFigures };
