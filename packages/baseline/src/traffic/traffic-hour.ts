import { SmallestHashes } from '../smallest-hashes.ts';
import { valueHash } from '../value-hash.ts';
import { isRegular } from './conversation.ts';
import type { TrafficBaseline } from './traffic-baseline.ts';
import { MAX_HOUR_VALUES, type TrafficDelta, type TrafficSighting } from './traffic-delta.ts';
import { perTrafficFeature, type TrafficCounts, type TrafficFeature } from './traffic-vocabulary.ts';

/** A party's hour once it is over: what it shows of each feature, in the order of hashes, and what it counts. */
export interface TrafficHour {
  readonly delta: TrafficDelta;
  readonly counts: TrafficCounts;
  readonly values: Readonly<Record<TrafficFeature, readonly TrafficSighting[]>>;
  /** By interface, where it shows. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** Reads an hour by what is known of the party's own addresses. */
export function trafficHour(delta: TrafficDelta, own: TrafficBaseline | undefined): TrafficHour {
  const { values } = delta;
  const derived = perTrafficFeature(() => new SmallestHashes<TrafficSighting>(MAX_HOUR_VALUES));
  const addresses = ownAddresses(delta, own);
  const peers = new Set<string>();
  let rejected = 0;
  for (const [, conversation] of delta.conversations.entries()) {
    const { client, server, port, interfaceId } = conversation;
    // The internet knocks at every door
    if (client === undefined) continue;
    const isPublic = typeof server !== 'string';
    const opened = isPublic || addresses.get(interfaceId) === client;
    if (!conversation.accepted) rejected += conversation.flows;
    if (!opened) continue;
    const see = (feature: TrafficFeature, value: string) => add(derived[feature], value, conversation);
    if (!isPublic) peers.add(server);
    if (!conversation.accepted) continue;
    see('port', `${port} ${isPublic ? 'on the internet' : 'inside'}`);
    if (!isPublic) {
      see('internal', `${server} ${port}`);
      continue;
    }
    see('prefix', server.prefix);
    if (server.owner !== undefined) see('owner', server.owner);
    if (server.country !== undefined) see('country', server.country);
    if (isRegular(conversation)) see('regular', `${server.prefix} ${port}`);
  }
  let [readPaths, probedPaths] = [0, 0];
  for (const [, { read, probed }] of delta.askers.entries()) {
    readPaths = Math.max(readPaths, read.size);
    probedPaths = Math.max(probedPaths, probed.size);
  }
  const { counts } = delta;
  return {
    delta,
    counts: {
      ...counts,
      egressKb: Math.ceil(counts.egressKb),
      internalPeers: peers.size,
      rejected,
      readPaths,
      probedPaths,
    },
    values: perTrafficFeature((feature) =>
      [...values[feature].entries(), ...derived[feature].entries()].map(([, sighting]) => sighting),
    ),
    addresses,
  };
}

function ownAddresses(delta: TrafficDelta, own: TrafficBaseline | undefined): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const [, { interfaceId, mine }] of delta.addresses.entries()) {
    const known = own?.addresses.get(interfaceId);
    const [only] = mine;
    if (mine.length === 1 && only !== undefined) addresses.set(interfaceId, only);
    else if (known !== undefined && (mine.length === 0 || mine.includes(known))) addresses.set(interfaceId, known);
  }
  return addresses;
}

type Span = Pick<TrafficSighting, 'first' | 'last' | 'witnesses'> & { readonly flows: number };

function add(values: SmallestHashes<TrafficSighting>, value: string, { flows, first, last, witnesses }: Span): void {
  const hash = valueHash(value);
  const sighting = values.at(hash, () => ({ value, hash, count: 0, first, last, witnesses }));
  if (sighting === undefined) return;
  sighting.count += flows;
  // Conversations come in the order of their hashes, so the witnesses of the earliest are well defined
  if (first < sighting.first) sighting.witnesses = witnesses;
  sighting.first = Math.min(sighting.first, first);
  sighting.last = Math.max(sighting.last, last);
}
