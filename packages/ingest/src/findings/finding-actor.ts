import type { Actor } from '@portcullis/event';
import { createIdentify } from '../cloudtrail/identify.ts';
import { splitAt } from '../cloudtrail/identity.ts';
import { type JsonObject, partOf, textOf } from '../cloudtrail/record.ts';
import type { Subject } from './raw-finding.ts';

/** Whom a finding is about. */
interface FoundActor {
  readonly actor: Actor;
  readonly sessionName: string | undefined;
}

/** Subjects looked at; the surest come first. */
const MAX_SUBJECTS = 16;

/**
 * Makes a reader of whom findings are about, under the ids that CloudTrail's records give: by the principal of a key, else the function,
 * else the instance as flow logs know it; what names nobody is about the account.
 */
export function createFindingActor(): (subjects: readonly Subject[], account: string) => FoundActor {
  const identify = createIdentify();

  function identified(identity: JsonObject, account: string): FoundActor | undefined {
    const { actor } = identify(identity, account);
    if (actor.name === 'unknown') return undefined;
    const sessionName = splitAt(textOf(identity.principalId), ':')[1];
    return { actor, sessionName: sessionName === '' ? undefined : textOf(sessionName, 64) };
  }

  function found(subject: Subject, account: string): FoundActor | undefined {
    switch (subject.kind) {
      case 'caller':
        return identified(asCloudTrail(subject.identity, account), account);
      case 'function':
        return identified(inScopeOfFunction(subject.arn), account);
      case 'instance':
        return instanceOf(subject.id, account);
      default:
        return subject satisfies never;
    }
  }

  return function findingActor(subjects, account) {
    for (const subject of subjects.slice(0, MAX_SUBJECTS)) {
      const known = found(subject, account);
      if (known !== undefined) return known;
    }
    return { actor: identify({ type: 'AWSAccount', accountId: account }, account).actor, sessionName: undefined };
  };
}

/** A role is called by what CloudTrail has in the session's issuer; findings have no more than its name. */
function asCloudTrail(identity: JsonObject, account: string): JsonObject {
  const { type, principalId, userName } = identity;
  const issuer = partOf(partOf(identity.sessionContext).sessionIssuer);
  const [id, session] = splitAt(textOf(principalId), ':');
  const isRole = type === 'AssumedRole' || id.startsWith('AROA');
  if (!isRole || textOf(issuer.userName) !== '' || textOf(userName) === '') return identity;
  const sessionIssuer = { ...issuer, type: 'Role', principalId: id, userName };
  const arn = `arn:aws:sts::${account}:assumed-role/${textOf(userName)}/${session}`;
  return { arn, ...identity, sessionContext: { sessionIssuer } };
}

function inScopeOfFunction(arn: unknown): JsonObject {
  return { type: 'AssumedRole', inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: arn } };
}

/** The party that flow logs tell of. */
function instanceOf(id: unknown, account: string): FoundActor | undefined {
  const name = textOf(id, 32);
  if (!/^i-[0-9a-f]{8,17}$/.test(name)) return undefined;
  return {
    actor: {
      id: `${account}/instance/${name}`,
      kind: 'service',
      account,
      arn: undefined,
      name,
      peerGroup: 'network',
      via: undefined,
      sharedRole: undefined,
      role: undefined,
      revocable: false,
      root: false,
    },
    sessionName: undefined,
  };
}
