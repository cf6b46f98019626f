import type { Actor } from '@portcullis/event';
import type { Identity } from './identity.ts';
import { actor, lastPart, unknownActor } from './make-actor.ts';
import { accountOfArn } from './record.ts';
import { assumedRoleActor, roleActor } from './role-actor.ts';

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
