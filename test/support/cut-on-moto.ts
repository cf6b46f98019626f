import {
  CreateRoleCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
  GetPolicyVersionCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { type DenyDocument, parseDenyDocument } from '@portcullis/iam';
import { executePlan, type PlannedCut, revertLease } from '@portcullis/respond';
import { aPlan, aPolicy, GUARD_OF, memoryPorts } from '@portcullis/respond/testing';
import { refusableCaller } from '../contracts/response-callers.ts';
import { accountClients } from '../local-aws/busy-account.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

/** Puts cuts in force in accounts on moto, reads back what is attached then, and takes them back. */
export function cutsOnMoto(endpoint: string) {
  const { call, credentialsOf } = refusableCaller(endpoint);
  const policy = aPolicy();
  return async (planned: PlannedCut, at: number): Promise<DenyDocument> => {
    const cut = { ...planned, start: 'rule' } as const;
    if (!('statements' in cut.details)) throw new RangeError('only denies have a document');
    const { entity } = cut.details;
    const { iam } = accountClients(endpoint, await credentialsOf(cut.account, 'edit'));
    await ensure(iam, entity);
    const ports = memoryPorts({ call }, at);
    const guard = { ...GUARD_OF(policy), own: { ownAccounts: new Set([cut.account]), ownPrincipals: [] } };
    const head = { account: cut.account, alert: { id: 'a1', revision: 1, lastSeen: at }, notBefore: at };
    const outcomes = await executePlan(aPlan([cut], head), policy, guard, ports);
    if (outcomes[0]?.outcome.kind !== 'verified') throw new Error(JSON.stringify(outcomes[0]));
    const document = await attachedDocument(iam, entity);
    const by = { arn: 'arn:aws:iam::111122223333:user/responder' };
    await revertLease(cut.restriction, cut.id, by, 'done', ports);
    return document;
  };
}

type Entity = Extract<PlannedCut['details'], { readonly statements: unknown }>['entity'];

async function ensure(iam: IAMClient, { kind, arn, name }: Entity): Promise<void> {
  const path = arn.slice(arn.indexOf(`:${kind}/`) + kind.length + 1, arn.length - name.length);
  const create =
    kind === 'role'
      ? iam.send(new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: TRUST }))
      : iam.send(new CreateUserCommand({ UserName: name, Path: path }));
  await create.catch((error: unknown) => {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  });
}

async function attachedDocument(iam: IAMClient, { kind, name }: Entity): Promise<DenyDocument> {
  const { AttachedPolicies = [] } =
    kind === 'role'
      ? await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }))
      : await iam.send(new ListAttachedUserPoliciesCommand({ UserName: name }));
  const PolicyArn = AttachedPolicies[0]?.PolicyArn;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  const parsed = parseDenyDocument(decodeURIComponent(PolicyVersion?.Document ?? ''));
  if (parsed.kind === 'refused') throw new Error(parsed.problems.join('; '));
  return parsed.document;
}
