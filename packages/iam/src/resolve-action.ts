import type { Action } from '@portcullis/event';
import { findAction } from './action-table.ts';
import { apiGatewayActions } from './api-gateway-calls.ts';
import { effectOf } from './effect.ts';
import { isPermissionless } from './permissionless-calls.ts';
import { renamedCall } from './renamed-calls.ts';
import { ROLE_PASSING } from './role-passing-calls.ts';
import { servicePrefix } from './service-prefixes.ts';
import { UNDECIDED } from './undecided-calls.ts';

/** Pairs remembered; an account uses some thousands, so what is beyond is made up, and resolved each time. */
const MAX_REMEMBERED = 20_000;

/** Longest service and call name kept; AWS stays below 100. Longer ones are cut, and not remembered. */
const MAX_NAME_LENGTH = 128;

/** `CreateFunction20150331`, `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`; not `ListObjectsV2`. */
const VERSION_SUFFIX = /(?:20\d{6}|20\d\d_\d\d_\d\d)(?:v\d+)?$/;

const bySource = new Map<string, Map<string, Action>>();
let remembered = 0;

/**
 * The IAM action behind a CloudTrail event: one shared object for each (event source, event name).
 *
 * A mapped action is always one that IAM documents. What depends on more than the name stays unmapped
 * (see `undecided-calls.ts`), as do service events and console actions: an unmapped action never yields
 * a targeted deny. Never throws.
 */
export function resolveAction(eventSource: string, eventName: string): Action {
  const known = bySource.get(eventSource)?.get(eventName);
  if (known !== undefined) return known;
  const action = resolve(eventSource, eventName);
  const isPlausible = eventSource.length <= MAX_NAME_LENGTH && eventName.length <= MAX_NAME_LENGTH;
  if (isPlausible && remembered < MAX_REMEMBERED) remember(eventSource, eventName, action);
  return action;
}

function remember(eventSource: string, eventName: string, action: Action): void {
  let byName = bySource.get(eventSource);
  if (byName === undefined) {
    byName = new Map();
    bySource.set(eventSource, byName);
  }
  byName.set(eventName, action);
  remembered += 1;
}

function resolve(eventSource: string, eventName: string): Action {
  const service = servicePrefix(eventSource.slice(0, MAX_NAME_LENGTH));
  const call = eventName.slice(0, MAX_NAME_LENGTH).replace(VERSION_SUFFIX, '');
  const own = `${service}:${call}`;
  if (isPermissionless(own))
    return { name: own, service, mapping: 'permissionless', effect: effectOf(own), alsoNeeds: [] };
  const [main = '', ...alsoNeeds] = actionsOf(service, call);
  const action = findAction(main);
  if (action === undefined) return { name: own, service, mapping: 'unmapped', effect: effectOf(own), alsoNeeds: [] };
  return { ...action, mapping: 'mapped', effect: effectOf(action.name, action.accessLevel), alsoNeeds };
}

/** What the call would need, main action first; whether IAM knows it is for the table to say. */
function actionsOf(service: string, call: string): readonly string[] {
  const own = `${service}:${call}`;
  if (UNDECIDED.has(own)) return [];
  if (service === 'apigateway') return apiGatewayActions(call);
  if (ROLE_PASSING.has(own)) return [own, 'iam:PassRole'];
  return renamedCall(service, call) ?? [own];
}
