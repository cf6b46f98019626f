import {
  type Action,
  type Actor,
  type Agent,
  type EpochIndex,
  type EpochMs,
  epochStart,
  type FindingEvent,
  type Grant,
  type Network,
} from '@portcullis/event';
import { type ActivityDelta, type DeltaOptions, emptyDelta, isDerived } from './activity-delta.ts';
import { deflateText, inflateText } from './compact-text.ts';
import { BaselineFormatError } from './errors.ts';
import { FEATURES, type Feature } from './feature.ts';
import type { Sample } from './sample.ts';
import type { Sighting } from './sightings.ts';
import { actionTable, agentTable, networkTable, placed, Table } from './table.ts';
import type { Witness } from './witness.ts';

/**
 * Raised when the layout changes. Deltas live for hours: a release reads the version before its own too, so that what
 * is open while it is rolled out counts.
 */
const VERSION = 1;

/** Times are counted from the start of the epoch; objects and repeated texts go by their place in a table. */
type StoredWitness = readonly [
  id: string,
  at: number,
  account: number,
  region: number,
  action: number,
  network: number,
  grants?: readonly Grant[],
  recordsAllManagement?: true,
];

type StoredSighting = readonly [
  value: string,
  count: number,
  denied: number,
  first: number,
  last: number,
  witnesses: readonly number[],
  of?: number,
];

type StoredSample = readonly (readonly [witness: number, rank: number])[];

interface StoredDelta {
  readonly version: number;
  readonly actor: Actor;
  readonly epoch: EpochIndex;
  readonly totals: readonly [events: number, denied: number, errors: number, changes: number, dataReads: number];
  readonly viewed: readonly string[];
  readonly findings?: readonly FindingEvent[];
  readonly texts: readonly string[];
  readonly actions: readonly Action[];
  readonly networks: readonly Network[];
  readonly agents: readonly Agent[];
  readonly witnesses: readonly StoredWitness[];
  readonly sample: StoredSample;
  readonly heavySample: StoredSample;
  readonly sightings: Readonly<Partial<Record<Feature, readonly StoredSighting[]>>>;
}

/** An open delta as bytes: some 300, and 20 to 60 for each value and witness. What follows from the rest is left out. */
export function encodeDelta(delta: ActivityDelta): Uint8Array {
  const start = epochStart(delta.epoch);
  const texts = new Table<string>();
  const actions = actionTable();
  const networks = networkTable();
  const agents = agentTable();
  const places = new Table<Witness>(({ account, id }) => `${account} ${id}`);
  const ofWhat = (of: Sighting['of']): readonly number[] => {
    if (of === undefined) return [];
    if ('effect' in of) return [actions.at(of)];
    return ['prefix' in of ? networks.at(of) : agents.at(of)];
  };
  const sightingOf = ({ value, count, denied, first, last, witnesses, of }: Sighting): StoredSighting => {
    const [place] = ofWhat(of);
    const seen = [value, count, denied, first - start, last - start, witnesses.map((one) => places.at(one))] as const;
    return place === undefined ? seen : [...seen, place];
  };
  const sampleOf = ({ witnesses, ranks }: Sample): StoredSample =>
    witnesses.map((witness, i) => [places.at(witness), ranks[i] ?? 0]);
  const sightings = Object.fromEntries(
    FEATURES.filter((feature) => !isDerived(feature) && delta.sightings[feature].list.length > 0).map((feature) => [
      feature,
      delta.sightings[feature].list.map(sightingOf),
    ]),
  );
  const witnessOf = ({
    id,
    time,
    account,
    region,
    action,
    network,
    grants,
    recordsAllManagement,
  }: Witness): StoredWitness => {
    const told = [texts.at(account), texts.at(region), actions.at(action), networks.at(network)] as const;
    if (recordsAllManagement) return [id, time - start, ...told, grants, recordsAllManagement];
    return grants.length === 0 ? [id, time - start, ...told] : [id, time - start, ...told, grants];
  };
  const sample = sampleOf(delta.sample);
  const heavySample = sampleOf(delta.heavySample);
  const witnesses = places.list.map(witnessOf);
  const { actor, epoch, events, denied, errors, changes, dataReads } = delta;
  const whole: StoredDelta = {
    version: VERSION,
    actor,
    epoch,
    totals: [events, denied, errors, changes, dataReads],
    viewed: [...(delta.viewed ?? [])],
    ...(delta.findings.length > 0 && { findings: delta.findings }),
    texts: texts.list,
    actions: actions.list,
    networks: networks.list,
    agents: agents.list,
    witnesses,
    sample,
    heavySample,
    sightings,
  };
  return deflateText(JSON.stringify(whole), 3);
}

/**
 * Judging and learning from what comes back gives what it would have given before.
 *
 * @throws BaselineFormatError where the bytes are cut, damaged or of a version not known here
 */
export function decodeDelta(bytes: Uint8Array, options: DeltaOptions = {}): ActivityDelta {
  const whole = parse(bytes);
  if (whole.version !== VERSION) {
    throw new BaselineFormatError(`delta version ${whole.version}; this release reads version ${VERSION}`);
  }
  const start = epochStart(whole.epoch);
  const delta = emptyDelta(whole.actor, whole.epoch, options);
  [delta.events, delta.denied, delta.errors, delta.changes, delta.dataReads] = whole.totals;
  if (whole.viewed.length > 0) delta.viewed = new Set(whole.viewed);
  if (whole.findings !== undefined) delta.findings = whole.findings;
  const witnesses = whole.witnesses.map((stored) => restoredWitness(stored, whole, start));
  for (const [place, rank] of whole.sample) delta.sample.offer(placed(witnesses, place), rank);
  for (const [place, rank] of whole.heavySample) delta.heavySample.offer(placed(witnesses, place), rank);
  for (const feature of FEATURES) {
    for (const stored of whole.sightings[feature] ?? []) {
      const [value, count, denied, first, last, places, at] = stored;
      const of = at === undefined ? undefined : behind(feature, at, whole);
      const seen = places.map((place) => placed(witnesses, place));
      delta.sightings[feature].restore({
        ...{ value, count, denied, of, witnesses: seen },
        ...{ first: start + first, last: start + last },
      });
    }
  }
  return delta;
}

function parse(bytes: Uint8Array): StoredDelta {
  try {
    return JSON.parse(inflateText(bytes));
  } catch (cause) {
    throw new BaselineFormatError('the bytes of a delta are cut or damaged', { cause });
  }
}

function restoredWitness(stored: StoredWitness, { texts, actions, networks }: StoredDelta, start: EpochMs): Witness {
  const [id, at, account, region, action, network, grants = [], recordsAllManagement] = stored;
  return {
    id,
    time: start + at,
    account: placed(texts, account),
    region: placed(texts, region),
    action: placed(actions, action),
    network: placed(networks, network),
    grants,
    recordsAllManagement,
  };
}

function behind(feature: Feature, at: number, { actions, networks, agents }: StoredDelta): Action | Network | Agent {
  if (feature === 'action') return placed(actions, at);
  return feature === 'network' ? placed(networks, at) : placed(agents, at);
}
