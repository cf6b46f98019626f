import type { Action, ApiEvent, NetworkLookup } from '@portcullis/event';
import { valueHash } from '../value-hash.ts';
import type { Witness } from '../witness.ts';
import { askerOf, countEvent, seeValue, type TrafficDelta } from './traffic-delta.ts';

const INVOKE: Action = {
  name: 'execute-api:Invoke',
  service: 'execute-api',
  mapping: 'mapped',
  accessLevel: 'Write',
  effect: 'changes',
  alsoNeeds: [],
};

/** Adds one request to the delta of its API's stage. Changes the delta in place. */
export function observeRequest(
  delta: TrafficDelta,
  event: ApiEvent,
  lookup: NetworkLookup,
  rank = valueHash(event.id),
): void {
  const network = lookup(event.sourceIp);
  const { account, status, route, path } = event;
  const witness: Witness = {
    id: event.id,
    time: event.time,
    account,
    region: 'unknown',
    action: INVOKE,
    network,
    grants: [],
  };
  countEvent(delta, witness, rank);
  const { counts, values } = delta;
  counts.requests += 1;
  if (status === 401 || status === 403 || event.authorizerError !== undefined) counts.refused += 1;
  else if (status >= 400 && status < 500) counts.clientErrors += 1;
  if (status >= 500) counts.serverErrors += 1;
  const caller = callerOf(event);
  const asker = askerOf(delta, caller ?? network.address);
  if (status < 300) asker?.read.at(valueHash(path), () => true);
  else if (status >= 400 && status < 500) asker?.probed.at(valueHash(path), () => true);
  if (event.integrationRequestId !== undefined) delta.requests.at(valueHash(event.integrationRequestId), () => true);
  // Who is turned away tells nothing of who usually comes
  if (status >= 300) return;
  if (caller === undefined) {
    seeValue(values.open, route, witness);
    return;
  }
  seeValue(values.guarded, route, witness);
  seeValue(values.caller, caller, witness);
  seeValue(values['caller-network'], `${caller} from ${network.owner ?? network.prefix}`, witness);
  seeValue(values['caller-agent'], `${caller} with ${productOf(event.userAgent)}`, witness);
}

/** Sessions of one role are one caller; a key stands for whoever holds it where nobody else is named. */
function callerOf({ caller, apiKeyId }: ApiEvent): string | undefined {
  if (caller === undefined) return apiKeyId === undefined ? undefined : `key ${apiKeyId}`;
  return caller.includes(':assumed-role/') ? caller.slice(0, caller.lastIndexOf('/')) : caller;
}

/** The program, without its version: `curl`. */
function productOf(userAgent: string): string {
  return /^[^/\s(]{1,64}/.exec(userAgent)?.[0] ?? 'no program';
}
