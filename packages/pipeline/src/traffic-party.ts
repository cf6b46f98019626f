import type { TrafficParty } from '@portcullis/baseline';
import type { Actor, ApiEvent, FlowEvent } from '@portcullis/event';
import type { KnownActor, PipelineState } from './pipeline-state.ts';

/** ARNs of what owns interfaces, by their ids. */
export type InterfaceOwners = Readonly<Record<string, string>>;

const FUNCTION_ARN = /^arn:[\w-]+:lambda:[\w-]+:(\d{12}):function:([\w-]+)/;

/**
 * Whom a flow is about: the owner of its interface where the settings name one, else the instance where the log does, else the interface
 * itself, which one that is replaced does not outlive.
 */
export function partyOfFlow({ account, interfaceId, instanceId }: FlowEvent, owners: InterfaceOwners): TrafficParty {
  const arn = owners[interfaceId];
  const kind = 'network';
  if (arn !== undefined) {
    const [base, of, name = arn.slice(arn.lastIndexOf('/') + 1)] = FUNCTION_ARN.exec(arn) ?? [];
    if (base === undefined) return { id: `${account}/owner/${arn}`, kind, account, name, arn };
    return { id: `${of}/function/${base}`, kind, account, name, arn: base };
  }
  if (instanceId !== undefined) {
    return { id: `${account}/instance/${instanceId}`, kind, account, name: instanceId, arn: undefined };
  }
  return { id: `${account}/interface/${interfaceId}`, kind, account, name: interfaceId, arn: undefined };
}

/** A stage of an API. */
export function partyOfRequest({ account, apiId, stage }: ApiEvent): TrafficParty {
  return { id: `${account}/api/${apiId}/${stage}`, kind: 'api', account, name: `${apiId}/${stage}`, arn: undefined };
}

/** The actor whose episode tells of a party: the one that CloudTrail knows by its ARN, where there is one. */
export function actorOfParty({ names }: PipelineState, { id, kind, account, name, arn }: TrafficParty): Actor {
  const known = names.get(id);
  const role = known?.role;
  const shared = { account, via: undefined, sharedRole: undefined, root: false } as const;
  if (id.startsWith(`${account}/function/`)) {
    return { ...shared, id, kind: 'function', arn, name, peerGroup: 'function', role, revocable: true };
  }
  const owner = arn === undefined ? undefined : knownByArn(names, arn);
  if (owner !== undefined) {
    const [ownerId, one] = owner;
    return {
      ...shared,
      id: ownerId,
      kind: one.kind,
      arn,
      name: one.name,
      peerGroup: one.kind,
      role: one.role,
      revocable: true,
    };
  }
  return { ...shared, id, kind: 'service', arn, name, peerGroup: kind, role: undefined, revocable: false };
}

/** Of several the first by id, since names come in any order. */
function knownByArn(names: PipelineState['names'], arn: string): readonly [id: string, known: KnownActor] | undefined {
  let first: readonly [string, KnownActor] | undefined;
  for (const entry of names) {
    if (entry[1].arn === arn && (first === undefined || entry[0] < first[0])) first = entry;
  }
  return first;
}
