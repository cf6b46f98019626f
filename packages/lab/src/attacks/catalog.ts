import type { Story } from '../organization.ts';
import { colleagueSession } from './stories/colleague-session.ts';
import { functionCredentialsAbroad } from './stories/function-credentials-abroad.ts';
import { leakedKeySpray } from './stories/leaked-key-spray.ts';
import { metadataBucketSweep } from './stories/metadata-bucket-sweep.ts';
import { passRoleFunction } from './stories/pass-role-function.ts';
import { policyVersionRewritten } from './stories/policy-version-rewritten.ts';
import { roleChainAccounts } from './stories/role-chain-accounts.ts';
import { secretBySecret } from './stories/secret-by-secret.ts';
import { snapshotSharedAway } from './stories/snapshot-shared-away.ts';
import { trailAndDetectorSilenced } from './stories/trail-and-detector-silenced.ts';
import { trustOpenedAbroad } from './stories/trust-opened-abroad.ts';

/** All stories, tuning half first. */
export const STORIES: readonly Story[] = [
  functionCredentialsAbroad,
  metadataBucketSweep,
  leakedKeySpray,
  secretBySecret,
  roleChainAccounts,
  passRoleFunction,
  trustOpenedAbroad,
  policyVersionRewritten,
  trailAndDetectorSilenced,
  snapshotSharedAway,
  colleagueSession,
];
