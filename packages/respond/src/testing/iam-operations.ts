import type { Answer, JsonObject } from '../api-call.ts';
import type { AccountModel, Principal } from './account-model.ts';
import { done, refusal, text } from './answers.ts';
import type { Perform } from './memory-account.ts';

const ABSENT = refusal('NoSuchEntity');
const MAX_ATTACHED = 10;
const KINDS = { Role: 'roles', User: 'users', Group: 'groups' } as const;
type Kind = keyof typeof KINDS;

export const iamOperations: Readonly<Record<string, Perform>> = {
  ...Object.fromEntries((Object.keys(KINDS) as Kind[]).flatMap((kind) => Object.entries(principalOperations(kind)))),
  'iam:GetRole': (model, input) =>
    withOne(model.roles[text(input.RoleName)], ({ arn, trust }) =>
      done({ Role: { Arn: arn, AssumeRolePolicyDocument: encodeURIComponent(trust) } }),
    ),
  'iam:GetUser': (model, input) =>
    withOne(model.users[text(input.UserName)], ({ arn }) => done({ User: { Arn: arn } })),
  'iam:UpdateAssumeRolePolicy': (model, input) =>
    withOne(model.roles[text(input.RoleName)], (role) => {
      role.trust = text(input.PolicyDocument);
      return done();
    }),
  'iam:ListAccessKeys': (model, input) =>
    withOne(model.users[text(input.UserName)], ({ keys }) =>
      done({ AccessKeyMetadata: Object.entries(keys).map(([AccessKeyId, Status]) => ({ AccessKeyId, Status })) }),
    ),
  'iam:UpdateAccessKey': (model, input) =>
    withOne(model.users[text(input.UserName)], ({ keys }) => {
      const id = text(input.AccessKeyId);
      if (keys[id] === undefined) return ABSENT;
      keys[id] = input.Status === 'Active' ? 'Active' : 'Inactive';
      return done();
    }),
  'iam:ListGroupsForUser': (model, input) =>
    withOne(model.users[text(input.UserName)], ({ groups }) =>
      done({ Groups: groups.map((GroupName) => ({ GroupName })) }),
    ),
  'iam:AddUserToGroup': (model, input) =>
    withOne(model.users[text(input.UserName)], (user) => {
      user.groups = [...new Set([...user.groups, text(input.GroupName)])].sort();
      return done();
    }),
  'iam:RemoveUserFromGroup': (model, input) =>
    withOne(model.users[text(input.UserName)], (user) => {
      user.groups = user.groups.filter((group) => group !== input.GroupName);
      return done();
    }),
  'iam:CreatePolicy': (model, input) => {
    const arn = `arn:aws:iam::${model.account}:policy${text(input.Path) || '/'}${text(input.PolicyName)}`;
    if (model.policies[arn] !== undefined) return refusal('EntityAlreadyExists');
    model.policies[arn] = { versions: { v1: text(input.PolicyDocument) }, defaultVersion: 'v1' };
    return done({ Policy: { Arn: arn } });
  },
  'iam:GetPolicy': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)], ({ defaultVersion }) =>
      done({ Policy: { Arn: input.PolicyArn, DefaultVersionId: defaultVersion } }),
    ),
  'iam:GetPolicyVersion': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)]?.versions[text(input.VersionId)], (document) =>
      done({ PolicyVersion: { Document: encodeURIComponent(document) } }),
    ),
  'iam:ListPolicyVersions': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)], ({ versions, defaultVersion }) =>
      done({
        Versions: Object.keys(versions).map((VersionId) => ({
          VersionId,
          IsDefaultVersion: VersionId === defaultVersion,
        })),
      }),
    ),
  'iam:SetDefaultPolicyVersion': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)], (policy) => {
      if (policy.versions[text(input.VersionId)] === undefined) return ABSENT;
      policy.defaultVersion = text(input.VersionId);
      return done();
    }),
  'iam:DeletePolicyVersion': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)], (policy) => {
      const id = text(input.VersionId);
      if (policy.versions[id] === undefined) return ABSENT;
      if (policy.defaultVersion === id) return refusal('DeleteConflict');
      delete policy.versions[id];
      return done();
    }),
  'iam:DeletePolicy': (model, input) =>
    withOne(model.policies[text(input.PolicyArn)], ({ versions }) => {
      const arn = text(input.PolicyArn);
      const attached = Object.values(KINDS).some((kind) =>
        Object.values(model[kind]).some((one) => one.attached.includes(arn)),
      );
      if (attached || Object.keys(versions).length > 1) return refusal('DeleteConflict');
      delete model.policies[arn];
      return done();
    }),
};

/** What IAM does alike for roles, users and groups. */
function principalOperations(kind: Kind): Readonly<Record<string, Perform>> {
  const found = (model: AccountModel, input: JsonObject): Principal | undefined =>
    model[KINDS[kind]][text(input[`${kind}Name`])];
  return {
    [`iam:ListAttached${kind}Policies`]: (model, input) =>
      withOne(found(model, input), ({ attached }) =>
        done({ AttachedPolicies: attached.map((PolicyArn) => ({ PolicyArn })) }),
      ),
    [`iam:Attach${kind}Policy`]: (model, input) =>
      withOne(found(model, input), (principal) => {
        const arn = text(input.PolicyArn);
        const exists = model.policies[arn] !== undefined || arn.startsWith('arn:aws:iam::aws:policy/');
        if (!exists) return ABSENT;
        if (principal.attached.includes(arn)) return done();
        if (principal.attached.length >= MAX_ATTACHED) return refusal('LimitExceeded');
        principal.attached = [...principal.attached, arn].sort();
        return done();
      }),
    [`iam:Detach${kind}Policy`]: (model, input) =>
      withOne(found(model, input), (principal) => {
        if (!principal.attached.includes(text(input.PolicyArn))) return ABSENT;
        principal.attached = principal.attached.filter((arn) => arn !== input.PolicyArn);
        return done();
      }),
    [`iam:Get${kind}Policy`]: (model, input) =>
      withOne(found(model, input)?.inline[text(input.PolicyName)], (document) =>
        done({ PolicyDocument: encodeURIComponent(document) }),
      ),
    [`iam:Put${kind}Policy`]: (model, input) =>
      withOne(found(model, input), (principal) => {
        principal.inline[text(input.PolicyName)] = text(input.PolicyDocument);
        return done();
      }),
    [`iam:Delete${kind}Policy`]: (model, input) =>
      withOne(found(model, input), (principal) => {
        if (principal.inline[text(input.PolicyName)] === undefined) return ABSENT;
        delete principal.inline[text(input.PolicyName)];
        return done();
      }),
  };
}

function withOne<T>(one: T | undefined, perform: (one: T) => Answer): Answer {
  return one === undefined ? ABSENT : perform(one);
}
