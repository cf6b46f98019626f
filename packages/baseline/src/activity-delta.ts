import { type ActivityEvent, type Actor, type EpochIndex, type Grant, preferredActor } from '@portcullis/event';
import type { ActorBaseline } from './actor-baseline.ts';
import { FEATURES, type Feature, perFeature } from './feature.ts';
import { Sightings } from './sightings.ts';
import { keepEarliest, type Witness } from './witness.ts';

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
  readonly sightings: Record<Feature, Sightings>;
  /** The earliest events of all. */
  readonly witnesses: Witness[];
}

export interface DeltaOptions {
  readonly late?: boolean;
  /** What the actor is known for; lets the delta hold on to fewer events. */
  readonly own?: ActorBaseline | undefined;
}

export function emptyDelta(actor: Actor, epoch: EpochIndex, { late = false, own }: DeltaOptions = {}): ActivityDelta {
  const known = (feature: Feature) => (feature === 'grant' ? undefined : own?.features[feature].values);
  const sightings = perFeature((feature) => new Sightings(known(feature)));
  return { actor, epoch, late, events: 0, denied: 0, sightings, witnesses: [] };
}

/** Adds one event to the delta it belongs to. Hot path: changes the delta in place. */
export function observe(delta: ActivityDelta, event: ActivityEvent): void {
  const { sightings } = delta;
  const { action, network, grants } = event;
  if (event.actor !== delta.actor) delta.actor = preferredActor(delta.actor, event.actor);
  const denied = event.outcome === 'denied' ? 1 : 0;
  delta.events += 1;
  delta.denied += denied;
  keepEarliest(delta.witnesses, event);
  sightings.action.see(action.name, event, denied, action);
  sightings.network.see(network.prefix, event, denied);
  if (network.owner !== undefined) sightings.owner.see(network.owner, event, denied);
  for (const grant of grants) sightings.grant.see(grantValue(grant), event, denied);
}

/** Adds one delta of the same epoch to another, as if its events had been observed there. */
export function mergeDelta(into: ActivityDelta, from: ActivityDelta): void {
  into.events += from.events;
  into.denied += from.denied;
  for (const witness of from.witnesses) keepEarliest(into.witnesses, witness);
  for (const feature of FEATURES) into.sightings[feature].merge(from.sightings[feature]);
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
