import type { ActivityEvent } from '@portcullis/event';
import type { Entity } from './cut.ts';
import type { DraftCut } from './draft-cut.ts';
import type { Trail } from './follow-attacker.ts';
import type { ResponseState } from './response-state.ts';

/**
 * What the actor granted in the episode, taken back: newest first, each with the event that proves it.
 *
 * All of it edits what is the customer's, so a person decides; what proves a grant is checked against the live state again.
 */
export function chooseUndoCuts(
  { events }: Trail,
  state: Pick<ResponseState, 'principals' | 'policyVersions'>,
): readonly DraftCut[] {
  return events
    .filter(({ outcome }) => outcome === 'success')
    .toReversed()
    .flatMap((event) => undoOf(event, state));
}

type UndoState = Pick<ResponseState, 'principals' | 'policyVersions'>;

function undoOf(event: ActivityEvent, state: UndoState): readonly DraftCut[] {
  const [, kind, verb] = /^iam:(?:Attach|Put)(Role|User|Group)(Policy)$/.exec(event.action.name) ?? [];
  if (kind !== undefined && verb !== undefined) return policyUndo(event, kind);
  switch (event.action.name) {
    case 'iam:AddUserToGroup':
      return groupUndo(event);
    case 'ec2:ModifySnapshotAttribute':
      return shareUndo(event, 'snapshot');
    case 'ec2:ModifyImageAttribute':
      return shareUndo(event, 'image');
    case 'iam:UpdateAssumeRolePolicy':
      return trustUndo(event, state);
    case 'iam:CreatePolicyVersion':
    case 'iam:SetDefaultPolicyVersion':
      return versionUndo(event, state);
    default:
      return [];
  }
}

function policyUndo({ id, account, action, grants }: ActivityEvent, kind: string): readonly DraftCut[] {
  const attached = action.name.startsWith('iam:Attach');
  return grants
    .filter(({ form }) => form === 'identity-policy')
    .map(({ grantee, resource }) => {
      const entity = entityNamed(account, kind, grantee);
      return {
        ...common(entity.arn, account),
        action: attached ? 'detach-granted-policy' : 'delete-granted-policy',
        details: attached
          ? { kind: 'detach-granted-policy', entity, policyArn: resource, proof: id }
          : { kind: 'delete-granted-policy', entity, policyName: resource, proof: id },
        reason: `${resource}, given to ${entity.name} in the episode`,
      };
    });
}

function groupUndo({ id, account, grants }: ActivityEvent): readonly DraftCut[] {
  return grants.flatMap(({ grantee: user, resource }) => {
    const [, group] = /^group\/(.+)$/.exec(resource) ?? [];
    if (group === undefined) return [];
    return {
      ...common(`arn:aws:iam::${account}:user/${user}`, account),
      action: 'leave-granted-group',
      details: { kind: 'leave-granted-group', user, group, proof: id },
      reason: `group ${group}, joined in the episode`,
    };
  });
}

function shareUndo({ id, account, region, grants }: ActivityEvent, what: 'snapshot' | 'image'): readonly DraftCut[] {
  return grants.map(({ grantee, resource }) => ({
    ...common(`arn:aws:ec2:${region}:${account}:${what}/${resource}`, account),
    region,
    action: 'unshare',
    details: { kind: 'unshare', what, id: resource, with: grantee === '*' ? 'all' : grantee, proof: id },
    reason: `shared with ${grantee === '*' ? 'everybody' : grantee} in the episode`,
  }));
}

/** CloudTrail shows the new document only, so the one before has to have been kept. */
function trustUndo({ id, account, grants }: ActivityEvent, { principals }: UndoState): readonly DraftCut[] {
  const roles = new Set(grants.filter(({ form }) => form === 'trust-policy').map(({ resource }) => resource));
  return [...roles].flatMap((name) => {
    const known = [...principals.values()].find(
      ({ arn }) => arn.endsWith(`/${name}`) && arn.includes(`::${account}:role/`),
    );
    if (known?.trust === undefined) return [];
    return {
      ...common(known.arn, account),
      action: 'restore-trust',
      details: { kind: 'restore-trust', role: name, document: known.trust, proof: id },
      reason: 'the trust policy of before the episode',
    };
  });
}

function versionUndo({ id, account, resources }: ActivityEvent, { policyVersions }: UndoState): readonly DraftCut[] {
  return resources.flatMap((policyArn) => {
    const version = policyVersions?.get(policyArn);
    if (version === undefined) return [];
    return {
      ...common(policyArn, account),
      action: 'restore-policy-version',
      details: { kind: 'restore-policy-version', policyArn, version, proof: id },
      reason: `default version ${version}, as before the episode`,
    };
  });
}

function common(target: string, account: string) {
  return { target, account, actions: [] };
}

function entityNamed(account: string, kind: string, grantee: string): Entity {
  const name = grantee.slice(grantee.lastIndexOf('/') + 1);
  const lowered = kind === 'Role' ? 'role' : kind === 'User' ? 'user' : 'group';
  return { kind: lowered, name, arn: `arn:aws:iam::${account}:${lowered}/${name}` };
}
