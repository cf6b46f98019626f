import {
  DeleteInlinePolicyFromPermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { JsonObject, Operation } from '@portcullis/respond';
import { waitBeforeTry } from '../../wait.ts';
import { NotCarriedOutError } from '../not-carried-out-error.ts';
import { inputOf, type Operations } from './perform.ts';

/** Waits of up to 2 s each; provisioning takes seconds for an account. */
const MAX_TRIES = 60;

/** In the SDK's words, `sso` is `sso-admin`. */
export const SSO_OPERATIONS: Operations<'sso', Operation, SSOAdminClient> = {
  'sso:DeleteInlinePolicyFromPermissionSet': (sso, input) =>
    sso.send(new DeleteInlinePolicyFromPermissionSetCommand(inputOf(input))),
  'sso:DescribePermissionSetProvisioningStatus': (sso, input) =>
    sso.send(new DescribePermissionSetProvisioningStatusCommand(inputOf(input))),
  'sso:GetInlinePolicyForPermissionSet': (sso, input) =>
    sso.send(new GetInlinePolicyForPermissionSetCommand(inputOf(input))),
  'sso:ProvisionPermissionSet': provision,
  'sso:PutInlinePolicyToPermissionSet': (sso, input) =>
    sso.send(new PutInlinePolicyToPermissionSetCommand(inputOf(input))),
};

/** Asks for it and waits until it is so: what was only accepted stops nobody. */
async function provision(sso: SSOAdminClient, input: JsonObject): Promise<object> {
  const asked = await sso.send(new ProvisionPermissionSetCommand(inputOf(input)));
  let status = asked.PermissionSetProvisioningStatus;
  for (let attempt = 1; status?.Status === 'IN_PROGRESS' && attempt <= MAX_TRIES; attempt++) {
    await waitBeforeTry(attempt);
    const told = await sso.send(
      new DescribePermissionSetProvisioningStatusCommand({
        InstanceArn: String(input.InstanceArn),
        ProvisionPermissionSetRequestId: status.RequestId,
      }),
    );
    status = told.PermissionSetProvisioningStatus;
  }
  if (status?.Status === 'SUCCEEDED') return asked;
  const reason = status?.FailureReason ?? `it is ${status?.Status ?? 'unknown'} still`;
  throw new NotCarriedOutError('ProvisioningFailed', reason);
}
