import type { Story } from '../organization.ts';
import { agentsLateral } from './stories/agents-lateral.ts';
import { anywhereTrustAnchor } from './stories/anywhere-trust-anchor.ts';
import { backdoorRoleMade } from './stories/backdoor-role-made.ts';
import { browserFromSession } from './stories/browser-from-session.ts';
import { bucketRansom } from './stories/bucket-ransom.ts';
import { colleagueSession } from './stories/colleague-session.ts';
import { consoleByFederationToken } from './stories/console-by-federation-token.ts';
import { destructionDay } from './stories/destruction-day.ts';
import { execIntoTasks } from './stories/exec-into-tasks.ts';
import { foreignLoginProvider } from './stories/foreign-login-provider.ts';
import { formerUserReturns } from './stories/former-user-returns.ts';
import { frontendTampered } from './stories/frontend-tampered.ts';
import { functionCodeSwapped } from './stories/function-code-swapped.ts';
import { functionCredentialsAbroad } from './stories/function-credentials-abroad.ts';
import { functionFlawFromWithin } from './stories/function-flaw-from-within.ts';
import { gpuFleet } from './stories/gpu-fleet.ts';
import { grantToSelf } from './stories/grant-to-self.ts';
import { layerAndTrigger } from './stories/layer-and-trigger.ts';
import { leakedKeyPatient } from './stories/leaked-key-patient.ts';
import { leakedKeySpray } from './stories/leaked-key-spray.ts';
import { listAndReadEverything } from './stories/list-and-read-everything.ts';
import { mailHijack } from './stories/mail-hijack.ts';
import { metadataBucketSweep } from './stories/metadata-bucket-sweep.ts';
import { modelHijack } from './stories/model-hijack.ts';
import { offHours } from './stories/off-hours.ts';
import { parametersByPath } from './stories/parameters-by-path.ts';
import { passRoleFunction } from './stories/pass-role-function.ts';
import { passRoleInstance } from './stories/pass-role-instance.ts';
import { permissionProbing } from './stories/permission-probing.ts';
import { poisonedWorkflow } from './stories/poisoned-workflow.ts';
import { policyForStrangers } from './stories/policy-for-strangers.ts';
import { policyVersionRewritten } from './stories/policy-version-rewritten.ts';
import { reachGrownSlowly } from './stories/reach-grown-slowly.ts';
import { roleChainAccounts } from './stories/role-chain-accounts.ts';
import { rulesAndLogsThinned } from './stories/rules-and-logs-thinned.ts';
import { secretBySecret } from './stories/secret-by-secret.ts';
import { sisterWorkload } from './stories/sister-workload.ts';
import { snapshotSharedAway } from './stories/snapshot-shared-away.ts';
import { tableExportedOut } from './stories/table-exported-out.ts';
import { trailAndDetectorSilenced } from './stories/trail-and-detector-silenced.ts';
import { trustOpenedAbroad } from './stories/trust-opened-abroad.ts';
import { userMadeAndUsed } from './stories/user-made-and-used.ts';
import { usualCallsFromElsewhere } from './stories/usual-calls-from-elsewhere.ts';
import { usualCallsMoreOfThem } from './stories/usual-calls-more-of-them.ts';
import { usualCallsOtherThings } from './stories/usual-calls-other-things.ts';
import { vendorRoleTurned } from './stories/vendor-role-turned.ts';
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
  agentsLateral,
  anywhereTrustAnchor,
  backdoorRoleMade,
  browserFromSession,
  destructionDay,
  execIntoTasks,
  formerUserReturns,
  frontendTampered,
  functionFlawFromWithin,
  grantToSelf,
  layerAndTrigger,
  leakedKeyPatient,
  mailHijack,
  modelHijack,
  parametersByPath,
  passRoleInstance,
  permissionProbing,
  policyForStrangers,
  reachGrownSlowly,
  rulesAndLogsThinned,
  sisterWorkload,
  tableExportedOut,
  usualCallsFromElsewhere,
  usualCallsOtherThings,
  vendorRoleTurned,
];
