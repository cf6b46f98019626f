import type { Story } from '../organization.ts';
import { bucketRansom } from './stories/bucket-ransom.ts';
import { colleagueSession } from './stories/colleague-session.ts';
import { consoleByFederationToken } from './stories/console-by-federation-token.ts';
import { foreignLoginProvider } from './stories/foreign-login-provider.ts';
import { functionCodeSwapped } from './stories/function-code-swapped.ts';
import { functionCredentialsAbroad } from './stories/function-credentials-abroad.ts';
import { gpuFleet } from './stories/gpu-fleet.ts';
import { leakedKeySpray } from './stories/leaked-key-spray.ts';
import { listAndReadEverything } from './stories/list-and-read-everything.ts';
import { metadataBucketSweep } from './stories/metadata-bucket-sweep.ts';
import { offHours } from './stories/off-hours.ts';
import { passRoleFunction } from './stories/pass-role-function.ts';
import { poisonedWorkflow } from './stories/poisoned-workflow.ts';
import { policyVersionRewritten } from './stories/policy-version-rewritten.ts';
import { roleChainAccounts } from './stories/role-chain-accounts.ts';
import { secretBySecret } from './stories/secret-by-secret.ts';
import { snapshotSharedAway } from './stories/snapshot-shared-away.ts';
import { trailAndDetectorSilenced } from './stories/trail-and-detector-silenced.ts';
import { trustOpenedAbroad } from './stories/trust-opened-abroad.ts';
import { userMadeAndUsed } from './stories/user-made-and-used.ts';
import { usualCallsMoreOfThem } from './stories/usual-calls-more-of-them.ts';
import { workGrownSlowly } from './stories/work-grown-slowly.ts';

/** All stories, tuning half first. */
export const STORIES: readonly Story[] = [
  // tuning
  bucketRansom,
  colleagueSession,
  consoleByFederationToken,
  foreignLoginProvider,
  functionCodeSwapped,
  functionCredentialsAbroad,
  gpuFleet,
  leakedKeySpray,
  listAndReadEverything,
  metadataBucketSweep,
  offHours,
  passRoleFunction,
  poisonedWorkflow,
  policyVersionRewritten,
  roleChainAccounts,
  secretBySecret,
  snapshotSharedAway,
  trailAndDetectorSilenced,
  trustOpenedAbroad,
  userMadeAndUsed,
  usualCallsMoreOfThem,
  workGrownSlowly,
  // test
];
