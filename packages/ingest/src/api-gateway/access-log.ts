import type { ApiEvent } from '@portcullis/event';
import { eventTimeOf } from '../cloudtrail/event-time.ts';
import { accountOf, MAX_TOKEN, textOf } from '../cloudtrail/record.ts';
import type { JsonObject } from '../envelopes/json.ts';
import type { RejectReason } from '../outcome.ts';

/**
 * Whether an object is an access log in the format of docs/api-gateway.md, whole or damaged. Its own names are told from those
 * of others by these four together.
 */
export function isApiAccess({ apiId, stage, requestId, httpMethod, eventSource }: JsonObject): boolean {
  return (
    typeof apiId === 'string' &&
    typeof stage === 'string' &&
    typeof requestId === 'string' &&
    typeof httpMethod === 'string' &&
    eventSource === undefined
  );
}

export interface UnreadAccess {
  readonly reason: RejectReason;
  readonly message: string;
}

/** Reads one access log. API Gateway writes `-` for what it does not know, and numbers as texts where the format quotes them. */
export function apiEventOf(log: JsonObject): ApiEvent | UnreadAccess {
  const text = (name: string, most = MAX_TOKEN) => {
    const value = textOf(log[name], most);
    return value === '-' ? '' : value;
  };
  const number = (name: string) => {
    const value = log[name];
    const read = typeof value === 'string' && /^\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : value;
    return typeof read === 'number' && read >= 0 && read <= Number.MAX_SAFE_INTEGER ? read : undefined;
  };
  const written = log.requestTimeEpoch;
  const time = eventTimeOf(written);
  if (Number.isNaN(time)) {
    return written === undefined || written === '-'
      ? { reason: 'missing-event-time', message: 'access log without requestTimeEpoch' }
      : { reason: 'invalid-event-time', message: 'requestTimeEpoch is no time between 2005 and 2100' };
  }
  const id = text('requestId') || text('extendedRequestId');
  const status = number('status');
  if (id === '' || status === undefined || status > 999) {
    return { reason: 'invalid-access-log', message: 'access log without request id or status' };
  }
  const resource = text('resourcePath');
  return {
    source: 'api-gateway',
    id,
    time,
    account: accountOf(text('accountId')) || 'unknown',
    apiId: text('apiId'),
    stage: text('stage'),
    route: text('routeKey') || (resource === '' ? '$default' : `${text('httpMethod')} ${resource}`),
    path: text('path'),
    status,
    sourceIp: text('sourceIp'),
    userAgent: text('userAgent'),
    caller: text('userArn') || text('principalId') || undefined,
    apiKeyId: text('apiKeyId') || undefined,
    authorizerError: text('authorizerError') || undefined,
    responseBytes: number('responseLength'),
    latencyMs: number('responseLatency'),
    integrationRequestId: text('integrationRequestId') || undefined,
  };
}

export function isUnreadAccess(outcome: ApiEvent | UnreadAccess): outcome is UnreadAccess {
  return 'reason' in outcome;
}
