import type { Actor, ActorKind } from '@portcullis/event';
import { type Identity, splitAt } from './identity.ts';
import { accountOf, accountOfArn } from './record.ts';

const SSO_ROLE = 'AWSReservedSSO_';

/** CloudTrail writes this in place of the name at a failed sign-in: often a password typed into the wrong field. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

type ActorRule = (identity: Identity) => Actor;

const RULES: ReadonlyMap<string, ActorRule> = new Map<string, ActorRule>([
  ['Root', rootActor],
  ['IAMUser', userActor],
  ['AssumedRole', assumedRoleActor],
  ['Role', roleActor],
  ['FederatedUser', federatedUserActor],
  ['SAMLUser', samlUserActor],
  ['WebIdentityUser', webIdentityActor],
  ['IdentityCenterUser', identityCenterActor],
  ['Directory', directoryActor],
  ['AWSAccount', accountActor],
  ['AWSService', serviceActor],
  ['Unknown', unknownActor],
]);

/**
 * Finds the actor behind a CloudTrail identity, under a key that survives renames, sessions and rotated keys.
 *
 * The result depends on nothing but this one identity, never on what was seen before. Records of one
 * actor may differ in what they show (an older record lacks the issuer's ARN), and then give actors of
 * equal `id` that differ in `arn`, `name` or `peerGroup`; whoever merges them picks with
 * `preferredActor`, whatever order they came in.
 *
 * The user agent has no say: the caller writes it. Neither has the session name, except for people
 * behind IAM Identity Center, where AWS sets it to the user's own name.
 */
export function actorFromUserIdentity(identity: Identity): Actor {
  const rule = RULES.get(identity.type) ?? RULES.get(inferredType(identity)) ?? unknownActor;
  return rule(identity);
}

/** What an identity without a known type must be, judged by its ARN and ids. */
function inferredType({ arn, principalId, invokedBy, identityCenterUser }: Identity): string {
  if (arn.includes(':assumed-role/') || principalId.startsWith('AROA')) return 'AssumedRole';
  if (arn.includes(':user/') || principalId.startsWith('AIDA')) return 'IAMUser';
  if (arn.endsWith(':root')) return 'Root';
  if (arn.includes(':federated-user/')) return 'FederatedUser';
  if (arn.includes(':role/')) return 'Role';
  if (identityCenterUser !== '') return 'IdentityCenterUser';
  return invokedBy === '' ? 'Unknown' : 'AWSService';
}

function rootActor(identity: Identity): Actor {
  const account = identity.account || identity.recipient;
  return actor(identity, {
    account,
    kind: 'user',
    key: 'root',
    arn: identity.arn || `arn:aws:iam::${account}:root`,
    name: 'root',
    peerGroup: 'root',
    revocable: false,
    root: true,
  });
}

function userActor(identity: Identity): Actor {
  const { principalId, arn, userName } = identity;
  const name = userName || lastPart(arn) || principalId;
  if (name === '' || (principalId === '' && name === HIDDEN)) return unknownActor(identity);
  return actor(identity, { kind: 'user', key: principalId || `name:${name}`, arn, name, peerGroup: 'user' });
}

/** The role, unless AWS itself vouches for something narrower: the Lambda function, or the person behind the role. */
function assumedRoleActor(identity: Identity): Actor {
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
  });
}

/** Without version or alias: `arn:aws:lambda:eu-west-1:123456789012:function:pay`. `''` where it is no function's ARN. */
function unqualifiedFunctionArn(arn: string): string {
  const parts = arn.split(':', 7);
  return parts[2] === 'lambda' && parts[5] === 'function' && parts[6] ? parts.join(':') : '';
}

function roleActor(identity: Identity): Actor {
  const { arn, principalId } = identity;
  const key = arn || principalId;
  if (key === '') return unknownActor(identity);
  return actor(identity, { kind: 'role', key, arn, name: lastPart(arn) || key, peerGroup: roleFamily(identity, arn) });
}

/** A `GetFederationToken` session: the user who made it, apart from the user's own calls. The session's name is free to choose. */
function federatedUserActor(identity: Identity): Actor {
  const { issuer, account, recipient } = identity;
  const root = issuer.type === 'Root' || issuer.arn.endsWith(':root');
  const name = issuer.userName || lastPart(issuer.arn) || (root ? 'root' : 'unknown');
  return actor(identity, {
    account: issuer.account || account || recipient,
    kind: 'user',
    key: `${issuer.principalId || `name:${name}`}:federated`,
    arn: issuer.arn,
    name,
    peerGroup: 'user/federated',
    revocable: !root,
    root,
  });
}

function samlUserActor(identity: Identity): Actor {
  return externalActor(identity, 'person', 'person/saml');
}

function webIdentityActor(identity: Identity): Actor {
  return externalActor(identity, 'user', 'user/web-identity');
}

/**
 * Somebody an identity provider vouches for, before any role is assumed. There is no principal of ours to cut.
 * Subjects are many (a CI provider has one per branch), hence capped like sessions, at the provider.
 */
function externalActor(identity: Identity, kind: 'person' | 'user', peerGroup: string): Actor {
  const { identityProvider, principalId, sessionName, userName, account, recipient } = identity;
  const provider = identityProvider || principalId;
  const subject = userName || sessionName;
  if (provider === '') return unknownActor(identity);
  const common = {
    account: account || accountOfArn(provider) || recipient,
    kind,
    key: provider,
    arn: provider.startsWith('arn:') ? provider : '',
    peerGroup,
    revocable: false,
  };
  const shared = actor(identity, { ...common, name: lastPart(provider) || provider });
  if (subject === '') return shared;
  return actor(identity, { ...common, session: subject, name: subject, sharedRole: shared });
}

function identityCenterActor(identity: Identity): Actor {
  const key = identity.identityCenterUser || identity.principalId;
  if (key === '') return unknownActor(identity);
  const name = identity.userName || key;
  return actor(identity, { kind: 'person', key, name, peerGroup: 'person/identity-center' });
}

function directoryActor(identity: Identity): Actor {
  const name = identity.userName || identity.principalId;
  if (name === '') return unknownActor(identity);
  return actor(identity, {
    kind: 'person',
    key: `directory:${name}`,
    name,
    peerGroup: 'person/directory',
    revocable: false,
  });
}

/** Somebody of another account, seen by ids alone; anonymous callers of S3 come under this type too. */
function accountActor(identity: Identity): Actor {
  const { account, principalId, rawAccount } = identity;
  if (account === '' || rawAccount === 'ANONYMOUS_PRINCIPAL') return unknownActor(identity);
  return actor(identity, {
    kind: 'account',
    key: principalId || account,
    name: account,
    peerGroup: 'account',
    revocable: false,
  });
}

/** Kept per receiving account: what Lambda does in one account says nothing about another. */
function serviceActor(identity: Identity): Actor {
  const name = identity.invokedBy || identity.principalId || 'unknown';
  return actor(
    { ...identity, invokedBy: '' },
    { kind: 'service', key: name, name, peerGroup: 'service', revocable: false },
  );
}

/** The one bucket, per receiving account, of callers without a name. */
function unknownActor(identity: Identity): Actor {
  return actor(
    { ...identity, invokedBy: '' },
    {
      account: identity.recipient,
      kind: 'account',
      key: 'unknown',
      name: 'unknown',
      peerGroup: 'unknown',
      revocable: false,
    },
  );
}

interface ActorParts {
  /** The identity's own account, else the receiving one, unless given. */
  readonly account?: string;
  readonly kind: ActorKind;
  readonly key: string;
  readonly session?: string;
  readonly arn?: string;
  readonly name: string;
  readonly peerGroup: string;
  readonly sharedRole?: Actor;
  readonly revocable?: boolean;
  readonly root?: boolean;
}

/** Puts the parts together and adds `via`. All fields are always present, so that all actors have one hidden class. */
function actor(identity: Identity, parts: ActorParts): Actor {
  const { kind, key, session, name, sharedRole, root = false } = parts;
  const account = accountOf(parts.account || identity.account || identity.recipient) || 'unknown';
  const arn = parts.arn || undefined;
  const via = identity.invokedBy || undefined;
  const serviceLinked = arn?.includes(':role/aws-service-role/') ?? false;
  const inSession = session === undefined ? '' : `/${segment(session)}`;
  const onBehalf = via === undefined ? '' : `/via/${segment(via)}`;
  return {
    id: `${account}/${kind}/${segment(key)}${inSession}${onBehalf}`,
    kind,
    account,
    arn,
    name,
    peerGroup: via === undefined || root ? parts.peerGroup : `${kind}/service`,
    via,
    sharedRole,
    revocable: !serviceLinked && (parts.revocable ?? true),
    root,
  };
}

/** A slash inside a part must not read as the boundary between two. */
function segment(text: string): string {
  return text.includes('/') || text.includes('%') ? text.replaceAll('%', '%25').replaceAll('/', '%2F') : text;
}

/** `AWSReservedSSO_AdministratorAccess_0123456789abcdef` is the permission set `AdministratorAccess`. */
function permissionSetOf(roleName: string): string {
  const end = roleName.lastIndexOf('_');
  return end > SSO_ROLE.length ? roleName.slice(SSO_ROLE.length, end) : roleName.slice(SSO_ROLE.length);
}

function partitionOf(arn: string): string {
  return splitAt(splitAt(arn, ':')[1], ':')[0] || 'aws';
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
