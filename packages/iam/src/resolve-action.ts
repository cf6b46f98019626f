import type { Action } from '@portcullis/event';
import { findAction } from './action-table.ts';
import { isPermissionless } from './permissionless-calls.ts';
import { renamedCall } from './renamed-calls.ts';
import { servicePrefix } from './service-prefixes.ts';

/** Pairs remembered; AWS itself has some 20,000. Beyond it, made-up names are resolved each time. */
const MAX_REMEMBERED = 40_000;

/** Longest service and call name kept; AWS stays below 100. */
const MAX_NAME_LENGTH = 128;

/** `CreateFunction20150331`, `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`; not `ListObjectsV2`. */
const VERSION_SUFFIX = /(?:20\d{6}|20\d\d_\d\d_\d\d)(?:v\d+)?$/;

const bySource = new Map<string, Map<string, Action>>();
let remembered = 0;

/**
 * The IAM action behind a CloudTrail event: one shared object for each (event source, event name).
 *
 * A mapped action is always one that IAM documents. What depends on more than the name, such as the
 * statement text of DynamoDB's PartiQL calls, stays unmapped: an unmapped action never yields a
 * targeted deny. Never throws.
 */
export function resolveAction(eventSource: string, eventName: string): Action {
  const known = bySource.get(eventSource)?.get(eventName);
  if (known !== undefined) return known;
  const action = resolve(eventSource, eventName);
  if (remembered < MAX_REMEMBERED) remember(eventSource, eventName, action);
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
  if (isPermissionless(own)) return { name: own, service, mapping: 'permissionless', alsoNeeds: [] };
  const [main = own, ...alsoNeeds] = renamedCall(service, call) ?? [];
  const colon = main.indexOf(':');
  const action = findAction(main.slice(0, colon), main.slice(colon + 1));
  if (action === undefined) return { name: own, service, mapping: 'unmapped', alsoNeeds: [] };
  return {
    name: `${main.slice(0, colon)}:${action.name}`,
    service: main.slice(0, colon),
    mapping: 'mapped',
    accessLevel: action.accessLevel,
    alsoNeeds,
  };
}
