import type { Action, EpochIndex, EpochMs, Network } from '@portcullis/event';
import { BaselineFormatError } from '../errors.ts';
import type { SmallestHashes } from '../smallest-hashes.ts';
import { actionTable, networkTable, placed, Table } from '../table.ts';
import { valueHash } from '../value-hash.ts';
import { earliestWith, type Witness } from '../witness.ts';
import type { Conversation } from './conversation.ts';
import { emptyTrafficDelta, makeAsker, type TrafficDelta, type TrafficParty } from './traffic-delta.ts';
import { TRAFFIC_FEATURES, TRAFFIC_METRICS, type TrafficFeature, type TrafficMetric } from './traffic-vocabulary.ts';

/** Raised when the layout changes. Open deltas live for hours: a release reads the version before its own too. */
const VERSION = 1;

type StoredWitness = readonly [id: string, time: EpochMs, account: string, region: string, action: number, net: number];

type Witnesses = readonly number[];

type StoredConversation = readonly [
  hash: number,
  interfaceId: string,
  client: string | null,
  /** A private address, or the place of a network. */
  server: string | number,
  port: string,
  accepted: boolean,
  flows: number,
  early: number,
  late: number,
  first: EpochMs,
  last: EpochMs,
  witnesses: Witnesses,
];

/** An open delta of a party as plain JSON values; features and metrics by name, so that new ones may join. */
export interface StoredTrafficDelta {
  readonly version: number;
  readonly of: TrafficParty;
  readonly epoch: EpochIndex;
  readonly span: readonly [events: number, first: EpochMs, last: EpochMs];
  readonly counts: readonly (readonly [TrafficMetric, number])[];
  readonly actions: readonly Action[];
  readonly networks: readonly Network[];
  readonly witnesses: readonly StoredWitness[];
  readonly sample: readonly (readonly [witness: number, rank: number])[];
  readonly values: readonly (readonly [
    TrafficFeature,
    readonly (readonly [value: string, count: number, first: EpochMs, last: EpochMs, witnesses: Witnesses])[],
  ])[];
  readonly conversations: readonly StoredConversation[];
  readonly addresses: readonly (readonly [interfaceId: string, mine: readonly string[]])[];
  readonly askers: readonly (readonly [hash: number, read: readonly number[], probed: readonly number[]])[];
  readonly requests: readonly number[];
}

export function storeTrafficDelta(delta: TrafficDelta): StoredTrafficDelta {
  const actions = actionTable();
  const networks = networkTable();
  const places = new Table<Witness>(({ account, id }) => `${account} ${id}`);
  const at = (witnesses: readonly Witness[]) => witnesses.map((witness) => places.at(witness));
  const { of, epoch, events, first, last, counts, values, conversations, addresses, askers, requests } = delta;
  const stored = {
    version: VERSION,
    of,
    epoch,
    span: [events, first, last] as const,
    counts: TRAFFIC_METRICS.flatMap((metric) => (counts[metric] === 0 ? [] : [[metric, counts[metric]] as const])),
    sample: delta.sample.witnesses.map((one, i) => [places.at(one), delta.sample.ranks[i] ?? 0] as const),
    values: TRAFFIC_FEATURES.flatMap((feature) => {
      const seen = values[feature].entries();
      if (seen.length === 0) return [];
      const list = seen.map(([, one]) => [one.value, one.count, one.first, one.last, at(one.witnesses)] as const);
      return [[feature, list] as const];
    }),
    conversations: conversations.entries().map(([hash, one]): StoredConversation => {
      const server = typeof one.server === 'string' ? one.server : networks.at(one.server);
      const ends = [hash, one.interfaceId, one.client ?? null, server, one.port, one.accepted] as const;
      return [...ends, one.flows, one.early, one.late, one.first, one.last, at(one.witnesses)];
    }),
    addresses: addresses.entries().map(([, { interfaceId, mine }]) => [interfaceId, mine] as const),
    askers: askers.entries().map(([hash, { read, probed }]) => [hash, hashesOf(read), hashesOf(probed)] as const),
    requests: hashesOf(requests),
  };
  const witnesses = places.list.map(
    ({ id, time, account, region, action, network }): StoredWitness => [
      ...([id, time, account, region] as const),
      actions.at(action),
      networks.at(network),
    ],
  );
  return { ...stored, witnesses, actions: actions.list, networks: networks.list };
}

/** @throws BaselineFormatError where another release wrote it in a form of its own, or it is damaged */
export function restoreTrafficDelta(stored: StoredTrafficDelta): TrafficDelta {
  if (stored.version !== VERSION) {
    throw new BaselineFormatError(`traffic delta version ${stored.version}; this release reads version ${VERSION}`);
  }
  const delta = emptyTrafficDelta(stored.of, stored.epoch);
  [delta.events, delta.first, delta.last] = stored.span;
  const witnesses = stored.witnesses.map(([id, time, account, region, action, network]): Witness => {
    const told = { action: placed(stored.actions, action), network: placed(stored.networks, network) };
    return { id, time, account, region, ...told, grants: [] };
  });
  const behind = (places: Witnesses) => places.map((place) => placed(witnesses, place));
  for (const [metric, count] of stored.counts) delta.counts[metric] = count;
  for (const [place, rank] of stored.sample) delta.sample.offer(placed(witnesses, place), rank);
  for (const [feature, list] of stored.values) {
    for (const [value, count, first, last, places] of list) {
      const hash = valueHash(value);
      delta.values[feature].at(hash, () => ({ value, hash, count, first, last, witnesses: behind(places) }));
    }
  }
  for (const [hash, interfaceId, client, server, port, accepted, ...heard] of stored.conversations) {
    const [flows, early, late, first, last, places] = heard;
    delta.conversations.at(hash, () => ({
      ...{ interfaceId, client: client ?? undefined, port, accepted, flows, early, late, first, last },
      server: typeof server === 'string' ? server : placed(stored.networks, server),
      witnesses: behind(places),
    }));
  }
  for (const [interfaceId, mine] of stored.addresses) {
    delta.addresses.at(valueHash(interfaceId), () => ({ interfaceId, mine }));
  }
  for (const [hash, read, probed] of stored.askers) {
    const asker = delta.askers.at(hash, makeAsker);
    for (const path of read) asker?.read.at(path, () => true);
    for (const path of probed) asker?.probed.at(path, () => true);
  }
  for (const hash of stored.requests) delta.requests.at(hash, () => true);
  return delta;
}

/**
 * Adds what another part of the same hour told of other lines. Changes `delta` in place.
 *
 * What is bounded stays exact: of the smallest hashes of all, no part let one go.
 */
export function mergeTrafficDelta(delta: TrafficDelta, other: TrafficDelta): void {
  delta.events += other.events;
  delta.first = Math.min(delta.first, other.first);
  delta.last = Math.max(delta.last, other.last);
  for (const metric of TRAFFIC_METRICS) delta.counts[metric] += other.counts[metric];
  delta.sample.merge(other.sample);
  for (const feature of TRAFFIC_FEATURES) {
    for (const [hash, seen] of other.values[feature].entries()) {
      const mine = delta.values[feature].at(hash, () => ({ ...seen, count: 0, witnesses: [] }));
      if (mine === undefined) continue;
      mine.count += seen.count;
      joinSpan(mine, seen);
    }
  }
  for (const [hash, heard] of other.conversations.entries()) {
    const mine = delta.conversations.at(hash, () => ({ ...heard, flows: 0, witnesses: [] }));
    if (mine === undefined) continue;
    mine.flows += heard.flows;
    mine.early |= heard.early;
    mine.late |= heard.late;
    joinSpan(mine, heard);
  }
  for (const [hash, { interfaceId, mine }] of other.addresses.entries()) {
    const known = delta.addresses.at(hash, () => ({ interfaceId, mine }));
    if (known !== undefined) known.mine = known.mine.filter((address) => mine.includes(address));
  }
  for (const [hash, { read, probed }] of other.askers.entries()) {
    const mine = delta.askers.at(hash, makeAsker);
    for (const [path] of read.entries()) mine?.read.at(path, () => true);
    for (const [path] of probed.entries()) mine?.probed.at(path, () => true);
  }
  for (const [hash] of other.requests.entries()) delta.requests.at(hash, () => true);
}

type Span = Pick<Conversation, 'first' | 'last' | 'witnesses'>;

function joinSpan(mine: Span, other: Span): void {
  mine.first = Math.min(mine.first, other.first);
  mine.last = Math.max(mine.last, other.last);
  for (const witness of other.witnesses) mine.witnesses = earliestWith(mine.witnesses, witness);
}

function hashesOf(hashes: SmallestHashes<true>): readonly number[] {
  return hashes.entries().map(([hash]) => hash);
}
