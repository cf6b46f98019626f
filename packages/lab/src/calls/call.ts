import type { Call, JsonObject } from '../record/cloudtrail-record.ts';

type Extra = Partial<Omit<Call, 'service' | 'name' | 'readOnly' | 'request'>>;

/** A call that changes nothing. */
export function read(service: string, name: string, request: JsonObject | null = null, extra: Extra = {}): Call {
  return { service, name, readOnly: true, request, ...extra };
}

/** A call that changes something. */
export function write(service: string, name: string, request: JsonObject | null = null, extra: Extra = {}): Call {
  return { service, name, readOnly: false, request, ...extra };
}

/** The same call, refused: AWS names the caller and the action, and gives no response. */
export function denied({ response: _, ...call }: Call, callerArn: string, code = 'AccessDenied'): Call {
  const message = `User: ${callerArn} is not authorized to perform: ${call.service}:${call.name.replace(/20\d{6}(v\d)?$/, '')} because no identity-based policy allows the ${call.service}:${call.name.replace(/20\d{6}(v\d)?$/, '')} action`;
  return { ...call, error: { code, message } };
}
