import type { Action, EpochMs, FlowEvent, Network, NetworkLookup } from '@portcullis/event';
import { EPOCH_MS, MINUTE_MS } from '@portcullis/event';
import { valueHash } from '../value-hash.ts';
import { earliestWith, type Witness } from '../witness.ts';
import { countEvent, type TrafficDelta } from './traffic-delta.ts';

/** All flows of an hour between a client and a port of a server, both ways. */
export interface Conversation {
  readonly interfaceId: string;
  /** Private address; `undefined` for anybody on the internet. */
  readonly client: string | undefined;
  /** Private address, or the network that a public one is in. */
  readonly server: string | Network;
  /** `tcp/443`. */
  readonly port: string;
  readonly accepted: boolean;
  flows: number;
  /** Minutes of the hour in which it was heard of, as two halves of bits. */
  early: number;
  late: number;
  first: EpochMs;
  last: EpochMs;
  witnesses: readonly Witness[];
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp6' };

const FLOW: Action = {
  name: 'network:Flow',
  service: 'network',
  mapping: 'unmapped',
  accessLevel: 'Write',
  effect: 'changes',
  alsoNeeds: [],
};

/**
 * Adds one flow to the delta it belongs to. Changes the delta in place.
 *
 * The end with the smaller port is taken for the server: ports that clients are given are large ones. Which end is the party's own shows
 * once the hour is over, since lines of version 2 do not tell.
 */
export function observeFlow(
  delta: TrafficDelta,
  flow: FlowEvent,
  lookup: NetworkLookup,
  rank = valueHash(flow.id),
): void {
  const { from, to, accepted, protocol, interfaceId } = flow;
  const [source, target] = [lookup(from.address), lookup(to.address)];
  const forth = to.port <= from.port;
  const [client, server] = forth ? [source, target] : [target, source];
  const remote = source.kind === 'private' ? target : source;
  const witness: Witness = {
    id: flow.id,
    time: flow.time,
    account: flow.account,
    region: 'unknown',
    action: FLOW,
    network: remote,
    grants: [],
  };
  countEvent(delta, witness, rank);
  ownAddress(delta, flow, source, target);
  if (accepted && source.kind === 'private' && target.kind !== 'private') delta.counts.egressKb += flow.bytes / 1024;
  const near = client.kind === 'private' ? client.address : undefined;
  const far = server.kind === 'private' ? server.address : server.prefix;
  const port = `${PROTOCOLS[protocol] ?? protocol}/${Math.min(from.port, to.port)}`;
  const key = `${interfaceId} ${near} ${far} ${port} ${accepted}`;
  const conversation = delta.conversations.at(valueHash(key), () => ({
    interfaceId,
    client: near,
    server: server.kind === 'private' ? server.address : server,
    port,
    accepted,
    flows: 0,
    early: 0,
    late: 0,
    first: flow.time,
    last: flow.time,
    witnesses: [],
  }));
  if (conversation === undefined) return;
  conversation.flows += 1;
  markMinutes(conversation, flow);
  conversation.first = Math.min(conversation.first, flow.time);
  conversation.last = Math.max(conversation.last, flow.time);
  conversation.witnesses = earliestWith(conversation.witnesses, witness);
}

function ownAddress(delta: TrafficDelta, flow: FlowEvent, source: Network, target: Network): void {
  const told = flow.direction === 'egress' ? [source] : flow.direction === 'ingress' ? [target] : [source, target];
  const mine = told.filter(({ kind }) => kind === 'private').map(({ address }) => address);
  if (mine.length === 0) return;
  const { interfaceId } = flow;
  const known = delta.addresses.at(valueHash(interfaceId), () => ({ interfaceId, mine }));
  if (known !== undefined) known.mine = known.mine.filter((address) => mine.includes(address));
}

/** From the minute it began to the one it ended, within the hour it began in. */
function markMinutes(conversation: Conversation, { time, end }: FlowEvent): void {
  const start = Math.floor((time % EPOCH_MS) / MINUTE_MS);
  const until = Math.min(59, start + Math.max(0, Math.ceil((end - time) / MINUTE_MS) - 1));
  for (let minute = start; minute <= until; minute++) {
    if (minute < 30) conversation.early |= 1 << minute;
    else conversation.late |= 1 << (minute - 30);
  }
}

/** Contacts of an hour, and how far apart: the beginnings of unbroken runs of minutes. */
export function contactsOf({ early, late }: Pick<Conversation, 'early' | 'late'>): readonly number[] {
  const contacts: number[] = [];
  let before = false;
  for (let minute = 0; minute < 60; minute++) {
    const heard = minute < 30 ? (early & (1 << minute)) !== 0 : (late & (1 << (minute - 30))) !== 0;
    if (heard && !before) contacts.push(minute);
    before = heard;
  }
  return contacts;
}

/** Contacts below which nothing can be called regular, and how far a gap may be from their mean, in minutes. */
const MIN_CONTACTS = 5;
const MAX_DEVIATION = 1.5;

/** Whether contacts come at even intervals of two minutes or more. */
export function isRegular(conversation: Pick<Conversation, 'early' | 'late'>): boolean {
  const contacts = contactsOf(conversation);
  if (contacts.length < MIN_CONTACTS) return false;
  const gaps = contacts.slice(1).map((minute, index) => minute - (contacts[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  // Chance spreads gaps as widely as they are long
  return mean >= 2 && gaps.every((gap) => Math.abs(gap - mean) <= Math.min(MAX_DEVIATION, mean / 3));
}
