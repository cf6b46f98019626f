import {
  type ActivityEvent,
  type Actor,
  type EpochIndex,
  type EpochMs,
  type Grant,
  preferredActor,
} from '@portcullis/event';
import { type Feature, perFeature } from './feature.ts';

/** Earliest events kept per value as its witnesses. */
const MAX_WITNESSES = 4;

/** How often and when one value was seen inside one epoch. */
export interface Sighting {
  readonly value: string;
  count: number;
  denied: number;
  first: EpochMs;
  last: EpochMs;
  /** The earliest events, by time then id, whatever the order of arrival. */
  readonly witnesses: ActivityEvent[];
}

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
  readonly sightings: Record<Feature, Map<string, Sighting>>;
}

export function emptyDelta(actor: Actor, epoch: EpochIndex, { late = false } = {}): ActivityDelta {
  return { actor, epoch, late, events: 0, denied: 0, sightings: perFeature(() => new Map()) };
}

/** Adds one event to the delta it belongs to. Hot path: changes the delta in place. */
export function observe(delta: ActivityDelta, event: ActivityEvent): void {
  if (event.actor !== delta.actor) delta.actor = preferredActor(delta.actor, event.actor);
  delta.events += 1;
  if (event.outcome === 'denied') delta.denied += 1;
  const { sightings } = delta;
  see(sightings.action, event.action.name, event);
  see(sightings.network, event.network.prefix, event);
  if (event.network.owner !== undefined) see(sightings.owner, event.network.owner, event);
  for (const grant of event.grants) see(sightings.grant, grantValue(grant), event);
}

/** Adds one delta of the same epoch to another, as if its events had been observed there. */
export function mergeDelta(into: ActivityDelta, from: ActivityDelta): void {
  into.events += from.events;
  into.denied += from.denied;
  for (const feature of Object.keys(into.sightings) as Feature[]) {
    const target = into.sightings[feature];
    for (const [value, sighting] of from.sightings[feature]) {
      const known = target.get(value);
      if (known === undefined) {
        target.set(value, { ...sighting, witnesses: [...sighting.witnesses] });
        continue;
      }
      known.count += sighting.count;
      known.denied += sighting.denied;
      known.first = Math.min(known.first, sighting.first);
      known.last = Math.max(known.last, sighting.last);
      for (const event of sighting.witnesses) keepEarliest(known.witnesses, event);
    }
  }
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

function see(values: Map<string, Sighting>, value: string, event: ActivityEvent): void {
  const sighting = values.get(value);
  const denied = event.outcome === 'denied' ? 1 : 0;
  if (sighting === undefined) {
    values.set(value, { value, count: 1, denied, first: event.time, last: event.time, witnesses: [event] });
    return;
  }
  sighting.count += 1;
  sighting.denied += denied;
  if (event.time < sighting.first) sighting.first = event.time;
  if (event.time > sighting.last) sighting.last = event.time;
  keepEarliest(sighting.witnesses, event);
}

function keepEarliest(witnesses: ActivityEvent[], event: ActivityEvent): void {
  const full = witnesses.length === MAX_WITNESSES;
  const latest = witnesses[witnesses.length - 1];
  if (full && latest !== undefined && !isEarlier(event, latest)) return;
  const at = witnesses.findIndex((witness) => isEarlier(event, witness));
  witnesses.splice(at === -1 ? witnesses.length : at, 0, event);
  if (witnesses.length > MAX_WITNESSES) witnesses.pop();
}

function isEarlier(a: ActivityEvent, b: ActivityEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
