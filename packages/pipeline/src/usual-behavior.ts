import { type Feature, valueHash } from '@portcullis/baseline';
import { dayOf, type EpochMs } from '@portcullis/event';
import type { UsualBehavior } from '@portcullis/respond';
import type { PipelineState } from './pipeline-state.ts';

/**
 * What an actor did before a day, as its baseline remembers it: what a cut must leave alone.
 *
 * Values of the day itself do not count, whoever made them. That its calls are all private cannot be told from
 * hashes, so cuts by VPC need the deployment's word.
 */
export function usualBehavior(
  { baselines }: Pick<PipelineState, 'baselines'>,
  actorId: string,
  before: EpochMs,
): UsualBehavior {
  const features = baselines.get(actorId)?.features;
  const day = dayOf(before);
  const knows = (feature: Feature, value: string): boolean => {
    const memory = features?.[feature].values.get(valueHash(value));
    return memory !== undefined && memory.firstDay < day;
  };
  return {
    onlyPrivate: false,
    hasAction: (action) => knows('action', action),
    hasNetwork: (prefix) => knows('network', prefix),
    hasOwner: (owner) => knows('owner', owner),
    hasResource: (resource) => knows('data', resource) || knows('target', resource),
  };
}
