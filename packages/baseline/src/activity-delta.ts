import {
  type ActivityEvent,
  type Actor,
  type EpochIndex,
  epochStart,
  type FindingEvent,
  type Grant,
  preferredActor,
} from '@portcullis/event';
import type { ActorBaseline } from './actor-baseline.ts';
import { worstOfEach } from './delta-findings.ts';
import { FEATURES, type Feature, perFeature } from './feature.ts';
import type { Counts } from './metric.ts';
import type { NovelSightings } from './novel-sightings.ts';
import { Sample } from './sample.ts';
import { type KnownValues, type Sighting, Sightings } from './sightings.ts';
import { valueHash } from './value-hash.ts';

/**
 * The open part of an actor's baseline: what it did in one epoch that is not sealed yet.
 *
 * Only counts, sets, minima and maxima, so the order in which events join does not matter.
 */
export interface ActivityDelta {
  /** The fullest view of the actor that its events show. */
  actor: Actor;
  readonly epoch: EpochIndex;
  /** Arrived after its epoch was sealed: judged, but not learned from. */
  readonly late: boolean;
  events: number;
  denied: number;
  errors: number;
  /** That went through: what was refused changed and read nothing. */
  changes: number;
  dataReads: number;
  readonly sightings: Record<Feature, Sightings>;
  /** Things that were only looked at: counted, not remembered. `undefined` where there are none. */
  viewed: Set<string> | undefined;
  /** A fair sample of all events, and of those that read data or change something. */
  readonly sample: Sample;
  readonly heavySample: Sample;
  /** What security services told of the actor: no activity, so no part of the counts. */
  findings: readonly FindingEvent[];
  /** Events that the features which follow from others were derived from. */
  derivedFrom: number;
  /** What was new to the actor, and what the epoch counts, once somebody has asked; of the derived state. */
  novel: NovelSightings | undefined;
  counts: Counts | undefined;
}

export interface DeltaOptions {
  readonly late?: boolean;
}

const NO_FINDINGS: readonly FindingEvent[] = [];

export function emptyDelta(actor: Actor, epoch: EpochIndex, { late = false }: DeltaOptions = {}): ActivityDelta {
  return {
    actor,
    epoch,
    late,
    events: 0,
    denied: 0,
    errors: 0,
    changes: 0,
    dataReads: 0,
    sightings: perFeature((feature) => (isDerived(feature) ? NOT_DERIVED : new Sightings())),
    viewed: undefined,
    sample: new Sample(),
    heavySample: new Sample(),
    findings: NO_FINDINGS,
    derivedFrom: 0,
    novel: undefined,
    counts: undefined,
  };
}

/**
 * Adds one event to the delta it belongs to. Hot path: changes the delta in place.
 *
 * @param rank - hash of the event's id, where the caller has made one anyway
 */
export function observe(delta: ActivityDelta, event: ActivityEvent, rank = valueHash(event.id)): void {
  const { sightings } = delta;
  const { action, network, agent, grants, sessionShape, outcome } = event;
  const { effect } = action;
  const main = event.resources[0];
  if (event.actor !== delta.actor) {
    // A finding shows less of an actor than any of its calls
    delta.actor = delta.events === 0 ? event.actor : preferredActor(delta.actor, event.actor);
  }
  const denied = outcome === 'denied' ? 1 : 0;
  const harmful = effect === 'changes';
  delta.events += 1;
  delta.denied += denied;
  if (outcome === 'error') delta.errors += 1;
  delta.sample.offer(event, rank);
  sightings.action.see(action.name, event, denied, action);
  sightings.network.see(network.prefix, event, denied, network);
  sightings.region.see(event.region, event, denied);
  sightings.agent.see(agent.family, event, denied, agent);
  if (sessionShape !== undefined) sightings.session.see(sessionShape, event, denied);
  if (effect === 'views') {
    if (main !== undefined) delta.viewed = (delta.viewed ?? new Set()).add(main);
  } else if (outcome === 'success') {
    delta.heavySample.offer(event, rank);
    if (harmful) delta.changes += 1;
    else delta.dataReads += 1;
    if (main !== undefined) sightings[harmful ? 'target' : 'data'].see(main, event, denied);
  }
  for (const grant of grants) sightings.grant.see(grantValue(grant), event, denied);
}

/** Adds one delta of the same epoch to another, as if its events had been observed there. */
export function mergeDelta(into: ActivityDelta, from: ActivityDelta): void {
  into.events += from.events;
  into.denied += from.denied;
  into.errors += from.errors;
  into.changes += from.changes;
  into.dataReads += from.dataReads;
  into.sample.merge(from.sample);
  into.heavySample.merge(from.heavySample);
  for (const name of from.viewed ?? []) into.viewed = (into.viewed ?? new Set()).add(name);
  for (const feature of FEATURES) if (!isDerived(feature)) into.sightings[feature].merge(from.sightings[feature]);
  if (from.findings.length > 0) into.findings = worstOfEach([...into.findings, ...from.findings]);
  into.derivedFrom = 0;
}

const DERIVED: ReadonlySet<Feature> = new Set(['service', 'owner', 'product', 'hour']);

/** Stands for a derived feature until a judgment asks: thousands of hours are open at once. */
const NOT_DERIVED = new Sightings();

/** Whether a feature follows from others, and so need not be kept. */
export function isDerived(feature: Feature): boolean {
  return DERIVED.has(feature);
}

/**
 * Lets go of the witnesses of what is usual and harmless: of whatever the actor is known for, but changes and grants.
 *
 * Asked once an hour is complete, before it is judged: what is known while it is still open depends on when the hour before was sealed.
 * Changes the delta in place.
 */
export function letGoOfUsual(delta: ActivityDelta, own: ActorBaseline | undefined): void {
  if (own === undefined) return;
  for (const feature of OFTEN_HARMLESS) delta.sightings[feature].letGo(own.features[feature].values, isChange);
}

/** Grants, and what is changed, are worth a proof however usual they are. */
const OFTEN_HARMLESS = FEATURES.filter((feature) => feature !== 'grant' && feature !== 'target' && !isDerived(feature));

function isChange({ of }: Sighting): boolean {
  return of !== undefined && 'effect' in of && of.effect === 'changes';
}

/**
 * Fills in the features that follow from others: service, owner, product and hour. Once per judgment rather
 * than once per event; again only where the delta has grown since. Changes the delta in place.
 */
export function deriveFeatures(delta: ActivityDelta, own: ActorBaseline | undefined): void {
  if (delta.derivedFrom === delta.events) return;
  delta.derivedFrom = delta.events;
  delta.novel = undefined;
  delta.counts = undefined;
  const { sightings } = delta;
  const known = own?.features;
  const service = new Sightings();
  for (const sighting of sightings.action.list) {
    const { of } = sighting;
    if (of !== undefined && 'service' in of) service.absorb(of.service, sighting, known?.service.values);
  }
  const owner = new Sightings();
  for (const sighting of sightings.network.list) {
    const { of } = sighting;
    if (of === undefined || !('prefix' in of) || of.owner === undefined) continue;
    owner.absorb(of.owner, sighting, known?.owner.values);
  }
  const product = new Sightings();
  for (const sighting of sightings.agent.list) {
    const { of } = sighting;
    if (of !== undefined && 'product' in of) product.absorb(of.product, sighting, known?.product.values);
  }
  sightings.service = service;
  sightings.owner = owner;
  sightings.product = product;
  sightings.hour = hoursIn(delta, known?.hour.values);
}

/** Every event of an hour is in it, so the sampled ones tell as much as all. */
function hoursIn({ epoch, sample }: ActivityDelta, usual: KnownValues | undefined): Sightings {
  const sampled = new Sightings();
  for (const event of sample.witnesses) sampled.see('sampled', event, 0);
  const hours = new Sightings();
  for (const value of hoursOf(epoch)) for (const sighting of sampled.list) hours.absorb(value, sighting, usual);
  return hours;
}

let latestEpoch: EpochIndex | undefined;
let latestHours: readonly string[] = [];

/** `h07` and, on Saturdays and Sundays, `weekend`; in UTC. All actors of an epoch ask in turn. */
function hoursOf(epoch: EpochIndex): readonly string[] {
  if (epoch !== latestEpoch) {
    latestEpoch = epoch;
    latestHours = hoursAt(new Date(epochStart(epoch)));
  }
  return latestHours;
}

function hoursAt(at: Date): readonly string[] {
  const hour = `h${String(at.getUTCHours()).padStart(2, '0')}`;
  const weekday = at.getUTCDay();
  return weekday === 0 || weekday === 6 ? [hour, 'weekend'] : [hour];
}

/**
 * Value of the feature `grant`: form, reach and power. The grantee belongs to it only outside the
 * account: inside, each deployment names new ones.
 */
export function grantValue(grant: Grant): string {
  const power = grant.administrative ? 'administrative' : 'limited';
  const outside = grant.reach === 'foreign-account' || grant.reach === 'public';
  return `${grant.form} ${grant.reach} ${power}${outside ? ` ${grant.grantee}` : ''}`;
}
