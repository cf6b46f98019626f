export type { AccessLevel, Action, ActionMapping, Effect } from './action.ts';
export type { ActivityEvent, MintedCredential, Outcome } from './activity-event.ts';
export { type Actor, type ActorKind, preferredActor } from './actor.ts';
export type { Agent } from './agent.ts';
export type { ApiEvent } from './api-event.ts';
export type { FindingEvent, FindingSeverity } from './finding-event.ts';
export type { FlowEnd, FlowEvent } from './flow-event.ts';
export type {
  FunctionEvent,
  FunctionMoment,
  InvocationReport,
  InvocationStatus,
  LineShape,
  LoggedFunction,
  LogLevel,
} from './function-event.ts';
export type { Grant, GrantForm, GrantReach } from './grant.ts';
export type { Network, NetworkKind, NetworkLookup } from './network.ts';
export { ipv4MappedIn, parseIpv4, parseIpv6 } from './parse-address.ts';
export {
  DAY_MS,
  dayOf,
  EPOCH_MS,
  type EpochIndex,
  type EpochMs,
  epochOf,
  epochStart,
  HOUR_MS,
  isoTime,
  MINUTE_MS,
  SECOND_MS,
} from './time.ts';
