import type { FindingSeverity } from '@portcullis/event';
import { isTrue, type JsonObject, listOf, partOf, textOf } from '../cloudtrail/record.ts';
import { field } from './finding-form.ts';
import { type ReadForm, type Subject, skipped } from './raw-finding.ts';

/** Reads a finding as GuardDuty sends, exports and lists it. Source: "GuardDuty finding format", GuardDuty user guide. */
export function readGuardDuty(finding: JsonObject): ReadForm {
  const service = partOf(field(finding, 'service'));
  if (isTrue(field(service, 'archived'))) return skipped('archived-finding');
  if (isSample(finding, service)) return skipped('sample-finding');
  return {
    id: field(finding, 'arn') ?? field(finding, 'id'),
    updatedAt: field(finding, 'updatedAt'),
    account: field(finding, 'accountId'),
    region: field(finding, 'region'),
    product: 'GuardDuty',
    type: field(finding, 'type'),
    severity: severityOfNumber(field(finding, 'severity')),
    subjects: subjectsOf(finding, service),
  };
}

/** Made on request to try things out. */
function isSample(finding: JsonObject, service: JsonObject): boolean {
  if (textOf(field(finding, 'title'), 16).startsWith('[SAMPLE]')) return true;
  return isTrue(field(partOf(field(service, 'additionalInfo')), 'sample'));
}

/** By GuardDuty's own bands: low below 4, medium below 7, high below 9. */
function severityOfNumber(value: unknown): FindingSeverity | undefined {
  if (typeof value !== 'number' || !(value > 0 && value <= 10)) return undefined;
  if (value < 4) return value < 1 ? 'informational' : 'low';
  if (value < 7) return 'medium';
  return value < 9 ? 'high' : 'critical';
}

function subjectsOf(finding: JsonObject, service: JsonObject): readonly Subject[] {
  const resource = partOf(field(finding, 'resource'));
  const account = field(finding, 'accountId');
  return [
    ...callersOf(partOf(field(resource, 'accessKeyDetails')), account),
    ...functionsOf(partOf(field(resource, 'lambdaDetails'))),
    ...instancesOf(partOf(field(resource, 'instanceDetails'))),
    ...sequenceActors(partOf(field(partOf(field(service, 'detection')), 'sequence'))),
  ];
}

function callersOf(key: JsonObject, account: unknown): readonly Subject[] {
  const principalId = field(key, 'principalId');
  const userName = field(key, 'userName');
  const type = field(key, 'userType');
  if ((principalId ?? userName) === undefined) return [];
  return [{ kind: 'caller', identity: { type, principalId, userName, accountId: account } }];
}

function functionsOf(details: JsonObject): readonly Subject[] {
  const arn = field(details, 'functionArn');
  return arn === undefined ? [] : [{ kind: 'function', arn }];
}

function instancesOf(details: JsonObject): readonly Subject[] {
  const id = field(details, 'instanceId');
  return id === undefined ? [] : [{ kind: 'instance', id }];
}

/** An attack sequence names its actors apart from its resources. */
function sequenceActors(sequence: JsonObject): readonly Subject[] {
  return listOf(field(sequence, 'actors')).flatMap((actor): Subject[] => {
    const user = partOf(field(partOf(actor), 'user'));
    const principalId = field(user, 'uid');
    if (principalId === undefined) return [];
    const identity = {
      type: field(user, 'type'),
      principalId,
      userName: field(user, 'name'),
      accountId: field(partOf(field(user, 'account')), 'uid'),
    };
    return [{ kind: 'caller', identity }];
  });
}
