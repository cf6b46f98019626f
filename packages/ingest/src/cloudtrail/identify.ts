import type { Actor } from '@portcullis/event';
import { actorFromUserIdentity } from './actor-from-user-identity.ts';
import { type Identity, identityOf } from './identity.ts';
import { isObject, type JsonObject, MAX_TEXT, objectOf, partOf } from './record.ts';
import { sessionShapeOf } from './session-shape.ts';

/** Most actors kept for sharing. Beyond it the memory is emptied: equal actors are then made anew, nothing else changes. */
const MAX_ACTORS = 65_536;
/** Most identities remembered as written. */
const MAX_IDENTITIES = 16_384;

/** Who acted, and what of the identity is not part of the actor. */
export interface Identified {
  readonly actor: Actor;
  /** Absent where the actor is keyed by it. */
  readonly sessionName: string | undefined;
  /** How the name is built; absent with it. */
  readonly sessionShape: string | undefined;
  readonly identityType: string;
}

/** An identity as it was last written under one principal id, with what came of it. */
interface Remembered {
  readonly type: unknown;
  readonly accountId: unknown;
  readonly arn: unknown;
  readonly userName: unknown;
  readonly invokedBy: unknown;
  readonly identityProvider: unknown;
  readonly issuerType: unknown;
  readonly issuerArn: unknown;
  readonly issuerId: unknown;
  readonly issuerAccount: unknown;
  readonly issuerName: unknown;
  readonly scopeType: unknown;
  readonly issuedTo: unknown;
  readonly sourceArn: unknown;
  readonly federatedProvider: unknown;
  readonly ec2RoleDelivery: unknown;
  readonly onBehalfOf: unknown;
  readonly recipient: string;
  readonly identified: Identified;
}

/**
 * Makes a reader of identities that hands out one shared `Actor` object per distinct actor.
 *
 * Sessions repeat one identity over many records, so the last one written under each principal id is
 * remembered and compared field by field: every field that goes into the actor is in that comparison.
 * Memory is bounded however many identities appear.
 */
export function createIdentify(): (userIdentity: unknown, recipient: string) => Identified {
  const remembered = new Map<string, Remembered>();
  const actors = new Map<string, Actor>();
  const sharedRoles = new Map<string, Actor>();

  function intern(made: Actor): Actor {
    const sharedRole = made.sharedRole && internIn(sharedRoles, made.sharedRole);
    return internIn(actors, made, sharedRole);
  }

  return function identify(userIdentity, recipient) {
    const raw = isObject(userIdentity) ? userIdentity : objectOf(userIdentity);
    const key = memoryKey(raw);
    const seen = key === undefined ? undefined : remembered.get(key);
    if (seen !== undefined && isSame(seen, raw, recipient)) return seen.identified;

    const identity = identityOf(raw, recipient);
    const identified = identifiedAs(identity, intern(actorFromUserIdentity(identity)));
    if (key !== undefined) {
      const memory = remember(raw, recipient, identified);
      if (remembered.size >= MAX_IDENTITIES) remembered.clear();
      if (isShort(memory)) remembered.set(key, memory);
    }
    return identified;
  };
}

function identifiedAs({ type, sessionName }: Identity, actor: Actor): Identified {
  const name = sessionName === '' || actor.sharedRole !== undefined ? undefined : sessionName;
  return {
    actor,
    sessionName: name,
    sessionShape: name === undefined ? undefined : sessionShapeOf(name),
    identityType: type === '' ? 'Unknown' : type,
  };
}

/** Actors are shared by all of their fields rather than by id alone, so that the first one seen decides nothing. */
function internIn(shared: Map<string, Actor>, made: Actor, sharedRole?: Actor): Actor {
  const { id, arn, name, peerGroup, revocable } = made;
  const key = `${id}\n${arn}\n${name}\n${peerGroup}\n${revocable}\n${sharedRole?.arn}\n${sharedRole?.name}`;
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size >= MAX_ACTORS) shared.clear();
  const actor = sharedRole === undefined ? made : { ...made, sharedRole };
  shared.set(key, actor);
  return actor;
}

/** One principal acts by itself and through services in turn: both are remembered. */
function memoryKey({ principalId, invokedBy }: JsonObject): string | undefined {
  if (invokedBy === undefined) return typeof principalId === 'string' && isKept(principalId) ? principalId : undefined;
  if (typeof invokedBy !== 'string' || !isKept(invokedBy)) return undefined;
  if (principalId === undefined) return invokedBy;
  return typeof principalId === 'string' && isKept(principalId) ? `${principalId} ${invokedBy}` : undefined;
}

function isKept(text: string): boolean {
  return text.length <= MAX_TEXT;
}

function remember(raw: JsonObject, recipient: string, identified: Identified): Remembered {
  const context = partOf(raw.sessionContext);
  const issuer = partOf(context.sessionIssuer);
  const scope = partOf(raw.inScopeOf);
  return {
    type: raw.type,
    accountId: raw.accountId,
    arn: raw.arn,
    userName: raw.userName,
    invokedBy: raw.invokedBy,
    identityProvider: raw.identityProvider,
    issuerType: issuer.type,
    issuerArn: issuer.arn,
    issuerId: issuer.principalId,
    issuerAccount: issuer.accountId,
    issuerName: issuer.userName,
    scopeType: scope.issuerType,
    issuedTo: scope.credentialsIssuedTo,
    sourceArn: scope.sourceArn,
    federatedProvider: partOf(context.webIdFederationData).federatedProvider,
    ec2RoleDelivery: context.ec2RoleDelivery,
    onBehalfOf: partOf(raw.onBehalfOf).userId,
    recipient,
    identified,
  };
}

function isSame(seen: Remembered, raw: JsonObject, recipient: string): boolean {
  if (
    seen.arn !== raw.arn ||
    seen.type !== raw.type ||
    seen.accountId !== raw.accountId ||
    seen.userName !== raw.userName ||
    seen.invokedBy !== raw.invokedBy ||
    seen.identityProvider !== raw.identityProvider ||
    seen.recipient !== recipient
  ) {
    return false;
  }
  const context = partOf(raw.sessionContext);
  const issuer = partOf(context.sessionIssuer);
  const scope = partOf(raw.inScopeOf);
  return (
    seen.issuerArn === issuer.arn &&
    seen.issuerId === issuer.principalId &&
    seen.issuerName === issuer.userName &&
    seen.issuerAccount === issuer.accountId &&
    seen.issuerType === issuer.type &&
    seen.scopeType === scope.issuerType &&
    seen.issuedTo === scope.credentialsIssuedTo &&
    seen.sourceArn === scope.sourceArn &&
    seen.federatedProvider === partOf(context.webIdFederationData).federatedProvider &&
    seen.ec2RoleDelivery === context.ec2RoleDelivery &&
    seen.onBehalfOf === partOf(raw.onBehalfOf).userId
  );
}

/** Whether an identity may be remembered: long texts would make the memory unbounded, and objects never compare equal. */
function isShort({ identified: _, ...fields }: Remembered): boolean {
  return Object.values(fields).every((field) => (typeof field === 'string' ? isKept(field) : !isObject(field)));
}
