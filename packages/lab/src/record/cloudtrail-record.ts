import { type EpochMs, isoTime } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { Caller } from './caller.ts';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A CloudTrail record as written to S3, fields in AWS's order. */
export interface CloudTrailRecord extends JsonObject {
  readonly eventVersion: string;
  readonly userIdentity: JsonObject;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly eventID: string;
  readonly recipientAccountId: string;
}

/** One API call, apart from who makes it and when. */
export interface Call {
  /** First label of the event source: `iam` for `iam.amazonaws.com`. */
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly request: JsonObject | null;
  readonly response?: JsonObject;
  /** Where it differs from the caller's region. */
  readonly region?: string;
  readonly resources?: readonly { readonly type: string; readonly ARN: string }[];
  readonly error?: { readonly code: string; readonly message: string };
  /** Data event: logged only where the trail selects it. */
  readonly data?: boolean;
  readonly additional?: JsonObject;
  /** `AwsApiCall` unless said otherwise. */
  readonly type?: 'AwsServiceEvent' | 'AwsConsoleSignIn';
  readonly serviceDetails?: JsonObject;
}

/** Services with one endpoint for all regions; CloudTrail files their events under us-east-1. */
const GLOBAL_SERVICES = new Set(['iam', 'cloudfront', 'route53', 'organizations', 'signin', 'ce', 'health']);

/** Cipher suites that AWS endpoints negotiate with current clients. */
const TLS = { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' };

/** Writes the record that CloudTrail would keep of a call. `time` is cut to whole seconds, as CloudTrail does. */
export function cloudTrailRecord(caller: Caller, call: Call, time: EpochMs, random: Random): CloudTrailRecord {
  const global = GLOBAL_SERVICES.has(call.service);
  const region = global ? 'us-east-1' : (call.region ?? caller.region);
  const host = global ? `${call.service}.amazonaws.com` : `${call.service}.${region}.amazonaws.com`;
  const serviceEvent = call.type === 'AwsServiceEvent';
  return {
    eventVersion: '1.11',
    userIdentity: caller.identity,
    eventTime: isoTime(time - (time % 1000)),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: region,
    sourceIPAddress: caller.address,
    userAgent: caller.userAgent,
    ...(call.error && { errorCode: call.error.code, errorMessage: call.error.message }),
    requestParameters: call.request,
    responseElements: call.response ?? null,
    ...(call.additional && { additionalEventData: call.additional }),
    ...(!serviceEvent && { requestID: random.uuid() }),
    eventID: random.uuid(),
    readOnly: call.readOnly,
    ...(call.resources && {
      resources: call.resources.map(({ type, ARN }) => ({ accountId: caller.account, type, ARN })),
    }),
    eventType: call.type ?? 'AwsApiCall',
    managementEvent: !call.data,
    recipientAccountId: caller.account,
    ...(call.serviceDetails && { serviceEventDetails: call.serviceDetails }),
    ...(caller.vpcEndpointId && { vpcEndpointId: caller.vpcEndpointId, vpcEndpointAccountId: caller.account }),
    eventCategory: call.data ? 'Data' : 'Management',
    ...(caller.direct && { tlsDetails: { ...TLS, clientProvidedHostHeader: host } }),
    ...(caller.console && { sessionCredentialFromConsole: 'true' }),
  };
}
