import type { ActivityEvent, Grant, NetworkLookup, Outcome } from '@portcullis/event';
import type { RejectReason } from '../outcome.ts';
import { type CallKind, createCallKinds } from './call-kinds.ts';
import { outcomeOf } from './call-outcome.ts';
import { type Caller, createReadCaller } from './caller.ts';
import { eventTimeOf } from './event-time.ts';
import type { NotAnEvent } from './not-an-event.ts';
import { accountOf, type CloudTrailRecord, cut, isTrue, MAX_TOKEN, objectOf, textOf } from './record.ts';
import { recordHash } from './record-hash.ts';
import { recordsAllManagement } from './recorded-events.ts';
import { resourcesOf } from './resources.ts';
import { createUserAgents } from './user-agent.ts';

const NO_GRANTS: readonly Grant[] = Object.freeze([]);

const INSIGHT: NotAnEvent = Object.freeze({ kind: 'skipped', reason: 'cloudtrail-insight' });

/**
 * Makes a normalizer of CloudTrail records: one record in, one activity event out, or the reason why not.
 *
 * Any object may come in, and nothing makes it throw. The result depends on the record alone; the normalizer
 * only remembers, within bounds, which actors, agents and calls it has already made objects of, so that
 * equal ones are shared. Unknown event versions are read like known ones: AWS adds fields under a new minor
 * version and moves none.
 */
export function createNormalizer({
  network,
}: {
  readonly network: NetworkLookup;
}): (record: object) => ActivityEvent | NotAnEvent {
  const readCaller = createReadCaller();
  const callKindOf = createCallKinds();
  const userAgentOf = createUserAgents();

  return function normalize(record: CloudTrailRecord): ActivityEvent | NotAnEvent {
    const { eventType, eventSource, eventName } = record;
    if (eventType === 'AwsCloudTrailInsight' || record.eventCategory === 'Insight') return INSIGHT;
    const writtenTime = record.eventTime ?? record['@timestamp'];
    const time = eventTimeOf(writtenTime);
    if (Number.isNaN(time)) return unreadableTime(writtenTime);
    if (typeof eventName !== 'string' || eventName === '') return rejected('missing-event-name', 'eventName');
    if (typeof eventSource !== 'string' || eventSource === '') return rejected('missing-event-source', 'eventSource');

    const recipient = accountOf(record.recipientAccountId ?? record.recipientAccountID);
    const caller = readCaller(record.userIdentity, recipient);
    const { account, actor } = caller;
    const { requestParameters, eventID } = record;
    const kind = callKindOf(eventSource, eventName);
    const agent = userAgentOf(record.userAgent);
    const errorCode = record.errorCode ? textOf(record.errorCode, MAX_TOKEN) : '';
    const outcome = errorCode === '' ? outcomeWithoutCode(record, kind) : outcomeOf(errorCode);
    const succeeded = outcome === 'success';

    return {
      id: (eventID ? textOf(eventID, MAX_TOKEN) : '') || recordHash(objectOf(record)),
      source: 'cloudtrail',
      account,
      region: textOf(record.awsRegion, MAX_TOKEN),
      time,
      actor,
      action: kind.action,
      outcome,
      errorCode: errorCode === '' ? undefined : errorCode,
      network: network(textOf(record.sourceIPAddress, MAX_TOKEN)),
      agent,
      accessKeyId: caller.accessKeyId,
      sessionName: caller.sessionName,
      sessionShape: caller.sessionShape,
      identityType: caller.identityType,
      mfa: caller.mfa || (kind.isConsoleLogin && signedInWithMfa(record)),
      console:
        agent.console ||
        kind.isConsoleLogin ||
        isTrue(record.sessionCredentialFromConsole) ||
        eventType === 'AwsConsoleSignIn' ||
        eventType === 'AwsConsoleAction',
      resources: resourcesOf(record.resources, requestParameters, kind.resourcePaths),
      grants: succeeded && kind.readGrants !== undefined ? grantsOf(record, kind, account, actor) : NO_GRANTS,
      minted:
        succeeded && kind.readMinted !== undefined
          ? kind.readMinted(requestParameters, record.responseElements)
          : undefined,
      recordsAllManagement: kind.setsTrail && recordsAllManagement(requestParameters) ? true : undefined,
    };
  };
}

function grantsOf(
  record: CloudTrailRecord,
  { readGrants }: CallKind,
  account: string,
  actor: Caller['actor'],
): readonly Grant[] {
  const grants = readGrants?.({
    request: objectOf(record.requestParameters),
    response: objectOf(record.responseElements),
    account,
    caller: actor.arn ?? actor.name,
    callerIsRoot: actor.root,
  });
  return grants === undefined || grants.length === 0 ? NO_GRANTS : grants;
}

/** A failed sign-in has no error code: the answer says `Failure`. Other calls may have a message alone. */
function outcomeWithoutCode(record: CloudTrailRecord, { isConsoleLogin }: CallKind): Outcome {
  if (isConsoleLogin && objectOf(record.responseElements).ConsoleLogin === 'Failure') return 'denied';
  return record.errorMessage ? 'error' : 'success';
}

function signedInWithMfa(record: CloudTrailRecord): boolean {
  return objectOf(record.additionalEventData).MFAUsed === 'Yes';
}

function unreadableTime(written: unknown): NotAnEvent {
  if (written === undefined || written === null || written === '') return rejected('missing-event-time', 'eventTime');
  return {
    kind: 'rejected',
    reason: 'invalid-event-time',
    message: `eventTime ${shown(written)} is no time between 2005 and 2100; expected ISO 8601 or epoch`,
  };
}

function rejected(reason: RejectReason, field: string): NotAnEvent {
  return { kind: 'rejected', reason, message: `${field} is missing; every CloudTrail record has one` };
}

function shown(written: unknown): string {
  if (typeof written === 'string') return `"${cut(written, 80)}"`;
  return typeof written === 'number' ? String(written) : `(a JSON ${typeof written})`;
}
