import { accountOf, accountOfArn, isObject, type JsonObject, partOf, textOf } from './record.ts';

/** Longest part of an identity that is kept: AWS ends role session names at 64, user names at 64, emails at 256. */
const MAX_NAME = 256;

/** CloudTrail's `userIdentity`, read into plain texts; `''` stands for absent. */
export interface Identity {
  /** As written; may be a type that did not exist when this was built. */
  readonly type: string;
  /** 12 digits or `''`. */
  readonly account: string;
  /** As written, since anonymous callers are told by the text `ANONYMOUS_PRINCIPAL` here. */
  readonly rawAccount: string;
  readonly arn: string;
  /** `AROA...`, `AIDA...`: the part of `principalId` before its first colon. */
  readonly principalId: string;
  /** What follows that colon, else the last part of an `assumed-role` or `federated-user` ARN. Chosen by the caller. */
  readonly sessionName: string;
  readonly userName: string;
  readonly invokedBy: string;
  readonly issuer: SessionIssuer;
  /** The session was federated by OpenID Connect or another web identity. */
  readonly webIdentity: boolean;
  /** Delivered by the instance metadata service. */
  readonly instanceProfile: boolean;
  readonly scope: CredentialScope;
  readonly identityProvider: string;
  readonly identityCenterUser: string;
  /** Account that received the event, where the identity names none of its own. */
  readonly recipient: string;
}

/** The role or user whose credentials the session was made with. */
interface SessionIssuer {
  readonly type: string;
  readonly principalId: string;
  readonly arn: string;
  readonly account: string;
  readonly userName: string;
}

/** `inScopeOf`: the function or instance that AWS itself issued the credentials to. */
interface CredentialScope {
  readonly issuerType: string;
  readonly issuedTo: string;
}

/** Reads a `userIdentity` of any shape. */
export function identityOf(userIdentity: JsonObject, recipient: string): Identity {
  const context = partOf(userIdentity.sessionContext);
  const issuer = issuerOf(partOf(context.sessionIssuer));
  const arn = textOf(userIdentity.arn);
  const [principalId, sessionName] = splitAt(textOf(userIdentity.principalId), ':');
  return {
    type: textOf(userIdentity.type, 64),
    account: accountOf(userIdentity.accountId) || issuer.account || accountOfArn(arn),
    rawAccount: textOf(userIdentity.accountId, 64),
    arn,
    principalId,
    sessionName: textOf(sessionName || sessionNameOfArn(arn), MAX_NAME),
    userName: textOf(userIdentity.userName, MAX_NAME),
    invokedBy: textOf(userIdentity.invokedBy, MAX_NAME),
    issuer,
    webIdentity: textOf(partOf(context.webIdFederationData).federatedProvider) !== '',
    instanceProfile: textOf(context.ec2RoleDelivery, 16) !== '',
    scope: scopeOf(partOf(userIdentity.inScopeOf)),
    identityProvider: textOf(userIdentity.identityProvider),
    identityCenterUser: textOf(partOf(userIdentity.onBehalfOf).userId, MAX_NAME),
    recipient,
  };
}

function issuerOf(issuer: JsonObject): SessionIssuer {
  const arn = textOf(issuer.arn);
  return {
    type: textOf(issuer.type, 64),
    principalId: textOf(issuer.principalId, MAX_NAME),
    arn,
    account: accountOf(issuer.accountId) || accountOfArn(arn),
    userName: textOf(issuer.userName, MAX_NAME),
  };
}

function scopeOf(scope: JsonObject): CredentialScope {
  return {
    issuerType: textOf(scope.issuerType, 64),
    issuedTo: textOf(scope.credentialsIssuedTo) || textOf(scope.sourceArn),
  };
}

/** `arn:aws:sts::123456789012:assumed-role/Role/Session` and `.../federated-user/Name`. */
function sessionNameOfArn(arn: string): string {
  const parts = arn.split('/');
  const form = parts[0] ?? '';
  if (form.endsWith(':assumed-role')) return parts[2] ?? '';
  return form.endsWith(':federated-user') ? (parts[1] ?? '') : '';
}

export function splitAt(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** MFA was given when the session began; for users with long-lived keys it never is. */
export function usedMfa(userIdentity: unknown): boolean {
  if (!isObject(userIdentity) || !isObject(userIdentity.sessionContext)) return false;
  const { attributes } = userIdentity.sessionContext;
  if (!isObject(attributes)) return false;
  const mfa = attributes.mfaAuthenticated;
  return mfa === true || mfa === 'true';
}
