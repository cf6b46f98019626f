import type { JsonObject } from '../api-call.ts';
import type { AccountModel } from './account-model.ts';
import { done, refusal, text } from './answers.ts';
import type { Perform } from './memory-account.ts';

/** Organizations and Identity Center. */
export const organizationOperations: Readonly<Record<string, Perform>> = {
  'organizations:ListPolicies': ({ controlPolicies }) =>
    done({ Policies: Object.entries(controlPolicies).map(([Id, { name }]) => ({ Id, Name: name })) }),
  'organizations:DescribePolicy': (model, { PolicyId }) => {
    const policy = model.controlPolicies[text(PolicyId)];
    return policy === undefined ? refusal('PolicyNotFoundException') : done({ Policy: { Content: policy.content } });
  },
  'organizations:ListTargetsForPolicy': (model, { PolicyId }) => {
    const policy = model.controlPolicies[text(PolicyId)];
    if (policy === undefined) return refusal('PolicyNotFoundException');
    return done({ Targets: policy.targets.map((TargetId) => ({ TargetId })) });
  },
  'organizations:CreatePolicy': (model, { Name, Content }) => {
    if (idOf(model, { Name }) !== undefined) return refusal('DuplicatePolicyException');
    const id = `p-${text(Name).slice(-8)}`;
    model.controlPolicies[id] = { name: text(Name), content: text(Content), targets: [] };
    return done({ Policy: { PolicySummary: { Id: id } } });
  },
  'organizations:AttachPolicy': (model, input) => {
    const policy = model.controlPolicies[idOf(model, input) ?? ''];
    if (policy === undefined) return refusal('PolicyNotFoundException');
    if (policy.targets.includes(text(input.TargetId))) return refusal('DuplicatePolicyAttachmentException');
    policy.targets.push(text(input.TargetId));
    return done();
  },
  'organizations:DetachPolicy': (model, input) => {
    const policy = model.controlPolicies[idOf(model, input) ?? ''];
    if (policy === undefined) return refusal('PolicyNotFoundException');
    if (!policy.targets.includes(text(input.TargetId))) return refusal('PolicyNotAttachedException');
    policy.targets = policy.targets.filter((target) => target !== input.TargetId);
    return done();
  },
  'organizations:DeletePolicy': (model, input) => {
    const id = idOf(model, input);
    if (id === undefined) return refusal('PolicyNotFoundException');
    if ((model.controlPolicies[id]?.targets.length ?? 0) > 0) return refusal('PolicyInUseException');
    delete model.controlPolicies[id];
    return done();
  },
  'sso:GetInlinePolicyForPermissionSet': (model, input) => {
    const set = model.permissionSets[text(input.PermissionSetArn)];
    return set === undefined ? refusal('ResourceNotFoundException') : done({ InlinePolicy: set.inline });
  },
  'sso:PutInlinePolicyToPermissionSet': (model, input) => setInline(model, input, text(input.InlinePolicy)),
  'sso:DeleteInlinePolicyFromPermissionSet': (model, input) => setInline(model, input, ''),
  'sso:ProvisionPermissionSet': (model, input) => {
    const set = model.permissionSets[text(input.PermissionSetArn)];
    if (set === undefined) return refusal('ResourceNotFoundException');
    set.provisioned = set.inline;
    return done();
  },
};

function setInline(model: AccountModel, input: JsonObject, inline: string) {
  const set = model.permissionSets[text(input.PermissionSetArn)];
  if (set === undefined) return refusal('ResourceNotFoundException');
  set.inline = inline;
  return done();
}

/** Whoever calls Organizations looks the id up by the name, which is ours. */
function idOf({ controlPolicies }: AccountModel, { Name }: JsonObject): string | undefined {
  return Object.entries(controlPolicies).find(([, { name }]) => name === Name)?.[0];
}
