import type { CutAction, CutDetails } from '../cut.ts';
import type { Action } from './action.ts';
import { attachDenyPolicy } from './attach-deny-policy.ts';
import { closeFunctionUrl } from './close-function-url.ts';
import { denyInPermissionSet } from './deny-in-permission-set.ts';
import { isolateNetwork } from './isolate-network.ts';
import { leaveGrantedGroup } from './leave-granted-group.ts';
import { pinByOrganization } from './pin-by-organization.ts';
import { removeFunctionPermission } from './remove-function-permission.ts';
import { restorePolicyVersion } from './restore-policy-version.ts';
import { restoreTrust } from './restore-trust.ts';
import { returnAlias } from './return-alias.ts';
import { stopEventSource } from './stop-event-source.ts';
import { stopFunction } from './stop-function.ts';
import { turnKeysOff } from './turn-keys-off.ts';
import { deleteGrantedPolicy, detachGrantedPolicy } from './undo-granted-policy.ts';
import { unshare } from './unshare.ts';

type Catalog = { readonly [Kind in CutAction]: Action<Extract<CutDetails, { readonly kind: Kind }>> };

/** Every way to cut. */
const ACTIONS: Catalog = {
  'deny-actions': attachDenyPolicy,
  'deny-session': attachDenyPolicy,
  'deny-elsewhere': attachDenyPolicy,
  'deny-addresses': attachDenyPolicy,
  'deny-category': attachDenyPolicy,
  'deny-older-sessions': attachDenyPolicy,
  'deny-console': attachDenyPolicy,
  'turn-keys-off': turnKeysOff,
  'remove-function-permission': removeFunctionPermission,
  'stop-function': stopFunction,
  'close-function-url': closeFunctionUrl,
  'stop-event-source': stopEventSource,
  'return-alias': returnAlias,
  'detach-granted-policy': detachGrantedPolicy,
  'delete-granted-policy': deleteGrantedPolicy,
  'leave-granted-group': leaveGrantedGroup,
  unshare,
  'restore-trust': restoreTrust,
  'restore-policy-version': restorePolicyVersion,
  'deny-in-permission-set': denyInPermissionSet,
  'isolate-network': isolateNetwork,
  'pin-by-organization': pinByOrganization,
};

/** The action of a cut, bound to its details. */
export function actionOf(details: CutDetails): Action {
  return ACTIONS[details.kind] as Action;
}
