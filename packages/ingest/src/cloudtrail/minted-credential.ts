import type { MintedCredential } from '@portcullis/event';
import { firstText, isObject, type JsonObject, objectOf, textOf } from './record.ts';

/** Reads the credential that a successful call handed out; only its key id, never its secret. */
export type MintedReader = (requestParameters: unknown, responseElements: unknown) => MintedCredential | undefined;

const MINTING: Readonly<Record<string, Readonly<Record<string, MintedReader>>>> = {
  'sts.amazonaws.com': {
    AssumeRole: ofRole,
    AssumeRoleWithSAML: ofRole,
    AssumeRoleWithWebIdentity: ofRole,
    AssumeRoot: ofRole,
    GetFederationToken: ofFederatedUser,
    GetSessionToken: ofCaller,
  },
  'iam.amazonaws.com': { CreateAccessKey: ofUser },
  'cognito-identity.amazonaws.com': { GetCredentialsForIdentity: ofCaller },
};

const READERS: ReadonlyMap<string, MintedReader> = new Map(
  Object.entries(MINTING).flatMap(([source, calls]) =>
    Object.entries(calls).map(([name, reader]): [string, MintedReader] => [`${source} ${name}`, reader]),
  ),
);

/** The reader of calls that hand out credentials; `undefined` for all other calls. */
export function mintedReaderOf(eventSource: string, eventName: string): MintedReader | undefined {
  return READERS.get(`${eventSource} ${eventName}`);
}

function ofRole(requestParameters: unknown, responseElements: unknown): MintedCredential | undefined {
  const request = objectOf(requestParameters);
  return minted(objectOf(responseElements).credentials, firstText(request, 'roleArn', 'targetPrincipal'));
}

function ofFederatedUser(_: unknown, responseElements: unknown): MintedCredential | undefined {
  const response = objectOf(responseElements);
  return minted(response.credentials, textOf(objectOf(response.federatedUser).arn));
}

function ofCaller(_: unknown, responseElements: unknown): MintedCredential | undefined {
  return minted(objectOf(responseElements).credentials, '');
}

function ofUser(_: unknown, responseElements: unknown): MintedCredential | undefined {
  return minted(objectOf(responseElements).accessKey, '');
}

function minted(credentials: unknown, principalArn: string): MintedCredential | undefined {
  const accessKeyId = isObject(credentials) ? keyIdOf(credentials) : '';
  if (accessKeyId === '') return undefined;
  return principalArn === '' ? { accessKeyId } : { accessKeyId, principalArn };
}

function keyIdOf(credentials: JsonObject): string {
  return textOf(credentials.accessKeyId ?? credentials.accessKeyID, 128);
}
