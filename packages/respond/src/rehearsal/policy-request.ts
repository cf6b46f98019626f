import { type ActivityEvent, type EpochMs, isoTime } from '@portcullis/event';
import { ABSENT, type PolicyRequest, type RequestContext } from '@portcullis/iam';
import { resourcesFor } from '../resource-scopes.ts';

/**
 * What IAM would have been asked for a call, as far as a log tells: one request for each action that the call needs.
 *
 * What the log leaves open is left out of the context, so a policy that depends on it comes out `undecided`.
 *
 * @param issuedBy - a time by which the credentials certainly existed; absent where unknown
 */
export function policyRequestsOf(event: ActivityEvent, issuedBy: EpochMs | undefined): readonly PolicyRequest[] {
  const { action, resources } = event;
  if (action.mapping !== 'mapped') return [];
  const context = contextOf(event, issuedBy);
  return [action.name, ...action.alsoNeeds].flatMap((name): readonly PolicyRequest[] => {
    // Logs name a bucket or table; any object in it stands for the one that was touched
    const touched = resourcesFor(name, resources)?.map((pattern) => pattern.replaceAll('*', '-'));
    if (touched === undefined) return [{ action: name, context }];
    return touched.map((resource) => ({ action: name, resource, context }));
  });
}

function contextOf(
  { actor, network, accessKeyId, sessionName }: ActivityEvent,
  issuedBy: EpochMs | undefined,
): RequestContext {
  const context = new Map<string, string | typeof ABSENT>();
  context.set('aws:ViaAWSService', actor.via === undefined ? 'false' : 'true');
  if (network.kind === 'public' || network.kind === 'private') context.set('aws:SourceIp', network.address);
  // Only calls through an endpoint carry a VPC, and they come from private addresses
  if (network.kind === 'public') {
    context.set('aws:SourceVpc', ABSENT);
    context.set('aws:SourceVpce', ABSENT);
  }
  if (accessKeyId?.startsWith('AKIA')) context.set('aws:TokenIssueTime', ABSENT);
  else if (issuedBy !== undefined) context.set('aws:TokenIssueTime', isoTime(issuedBy));
  const [, , key = ''] = actor.id.split('/');
  if (key.startsWith('AROA') && sessionName) context.set('aws:userid', `${key}:${sessionName}`);
  else if (key.startsWith('AIDA')) context.set('aws:userid', key);
  if (actor.kind === 'function' && actor.arn !== undefined) context.set('lambda:SourceFunctionArn', actor.arn);
  return context;
}
