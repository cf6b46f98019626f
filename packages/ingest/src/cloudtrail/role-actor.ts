import type { Actor } from '@portcullis/event';
import { type Identity, splitAt } from './identity.ts';
import { actor, lastPart, unknownActor } from './make-actor.ts';
import { accountOfArn } from './record.ts';

const SSO_ROLE = 'AWSReservedSSO_';

/** The role, unless AWS itself vouches for something narrower: the Lambda function, or the person behind the role. */
export function assumedRoleActor(identity: Identity): Actor {
  const { scope } = identity;
  if (scope.issuerType === 'AWS::Lambda::Function') {
    const arn = unqualifiedFunctionArn(scope.issuedTo);
    if (arn !== '') return functionActor(identity, arn);
  }
  const role = sessionRole(identity);
  if (role === undefined) return unknownActor(identity);
  if (!role.name.startsWith(SSO_ROLE)) {
    return actor(identity, { ...role, kind: 'role', peerGroup: roleFamily(identity, role.arn) });
  }
  const peerGroup = `person/${permissionSetOf(role.name)}`;
  const shared = actor(identity, { ...role, kind: 'role', peerGroup });
  if (identity.sessionName === '') return shared;
  return actor(identity, {
    account: role.account,
    kind: 'person',
    key: role.key,
    session: identity.sessionName,
    arn: `${role.arn.replace(':iam:', ':sts:').replace(/:role\/.*$/, `:assumed-role/${role.name}/`)}${identity.sessionName}`,
    name: identity.sessionName,
    peerGroup,
    sharedRole: shared,
  });
}

interface SessionRole {
  readonly account: string;
  readonly key: string;
  readonly arn: string;
  readonly name: string;
}

/** The role of a session: by the issuer, else by `principalId`, else by the session's own ARN, which drops the role's path. */
function sessionRole({ issuer, principalId, arn, account, recipient }: Identity): SessionRole | undefined {
  const owner = issuer.account || account || recipient;
  const nameInArn = arn.includes(':assumed-role/') ? (arn.split('/')[1] ?? '') : '';
  const name = issuer.userName || lastPart(issuer.arn) || nameInArn || issuer.principalId || principalId;
  if (name === '') return undefined;
  return {
    account: owner,
    key: issuer.principalId || principalId || `name:${name}`,
    arn: issuer.arn || `arn:${partitionOf(arn)}:iam::${owner}:role/${name}`,
    name,
  };
}

/** What roles of this sort share at first sight, told by marks that AWS, not the caller, puts on the session. */
function roleFamily({ webIdentity, instanceProfile, scope }: Identity, roleArn: string): string {
  if (roleArn.includes(':role/aws-service-role/')) return 'role/service-linked';
  if (scope.issuerType === 'AWS::Lambda::Function') return 'role/lambda';
  if (scope.issuerType === 'AWS::EC2::Instance' || instanceProfile) return 'role/ec2';
  if (webIdentity) return 'role/oidc';
  return 'role';
}

function functionActor(identity: Identity, arn: string): Actor {
  return actor(identity, {
    account: accountOfArn(arn) || identity.account || identity.recipient,
    kind: 'function',
    key: arn,
    arn,
    name: arn.split(':')[6] ?? arn,
    peerGroup: 'function',
    role: sessionRole(identity)?.arn ?? '',
  });
}

/** Without version or alias: `arn:aws:lambda:eu-west-1:123456789012:function:pay`. `''` where it is no function's ARN. */
function unqualifiedFunctionArn(arn: string): string {
  const parts = arn.split(':', 7);
  return parts[2] === 'lambda' && parts[5] === 'function' && parts[6] ? parts.join(':') : '';
}

/** A role that acts without a session; rare, and by services only. */
export function roleActor(identity: Identity): Actor {
  const { arn, principalId } = identity;
  const key = arn || principalId;
  if (key === '') return unknownActor(identity);
  return actor(identity, { kind: 'role', key, arn, name: lastPart(arn) || key, peerGroup: roleFamily(identity, arn) });
}

/** `AWSReservedSSO_AdministratorAccess_0123456789abcdef` is the permission set `AdministratorAccess`. */
function permissionSetOf(roleName: string): string {
  const end = roleName.lastIndexOf('_');
  return end > SSO_ROLE.length ? roleName.slice(SSO_ROLE.length, end) : roleName.slice(SSO_ROLE.length);
}

function partitionOf(arn: string): string {
  return splitAt(splitAt(arn, ':')[1], ':')[0] || 'aws';
}
