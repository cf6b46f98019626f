import type { Settings } from '@portcullis/config';
import type { LiveSettings } from './live-settings.ts';
import type { Canary } from './watch-pipeline.ts';

/** Where IAM's events appear, and those of others without a region. */
const GLOBAL_EVENTS = 'us-east-1';

/** Every account and region that should be heard of: our own, and those of the organization. */
export function expectedPlaces({ accounts, deploy }: Settings, home: LiveSettings['home']): readonly Canary[] {
  const members = deploy.scope === 'organization' ? accounts.own : [];
  const regions = new Set([home.region, GLOBAL_EVENTS, ...deploy.regions]);
  return [...new Set([home.account, ...members])].flatMap((account) =>
    [...regions].map((region) => ({ account, region })),
  );
}
