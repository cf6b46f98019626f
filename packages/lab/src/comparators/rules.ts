import { firstSeenAction } from './first-seen-action.ts';
import { hourlyVolume } from './hourly-volume.ts';
import { newOrMuch } from './new-or-much.ts';
import { rareAction } from './rare-action.ts';
import type { Rule } from './rule.ts';

/** Plain rules that people write first; what the product has to beat on the same data. */
export const RULES: readonly Rule[] = [firstSeenAction, hourlyVolume, newOrMuch, rareAction];
