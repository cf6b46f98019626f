import type { ActivityDelta } from './activity-delta.ts';
import type { ActorBaseline, FeatureMemory } from './actor-baseline.ts';
import { FEATURES } from './feature.ts';
import { type Counts, metricIndex, noCounts, type Window, weekOf, weekStart } from './metric.ts';
import { novelSightings } from './novel-sightings.ts';

/** Hours are ever the same few; a first use of one is no new thing in hand. */
const NOT_COUNTED_AS_NEW = 'hour';

/**
 * What one epoch counts, in the order of `METRICS`. `own` tells what is new, and is the baseline as it was before the
 * epoch for all who ask: the answer is kept. Needs the derived features.
 */
export function countsOf(delta: ActivityDelta, own: ActorBaseline | undefined): Counts {
  delta.counts ??= counted(delta, own);
  return delta.counts;
}

function counted(delta: ActivityDelta, own: ActorBaseline | undefined): Counts {
  const { data, target } = delta.sightings;
  const novel = novelSightings(delta, own);
  let newValues = 0;
  for (const feature of FEATURES) if (feature !== NOT_COUNTED_AS_NEW) newValues += novel[feature].length;
  return [
    delta.events,
    delta.denied,
    delta.errors,
    delta.changes,
    delta.dataReads,
    (delta.viewed?.size ?? 0) + data.list.length + target.list.length,
    data.list.length,
    novel.data.length,
    newValues,
  ];
}

const DATA_RESOURCES = metricIndex('dataResources');

/**
 * What the windows that an open epoch belongs to count so far: the hour itself, its day, and the seven days
 * that end with it.
 */
export function openCounts(delta: ActivityDelta, own: ActorBaseline, today: number): Readonly<Record<Window, Counts>> {
  const hour = countsOf(delta, own);
  const week = [...hour];
  const day = [...hour];
  for (const recent of own.recentDays) {
    if (recent.day > today - 7) addCounts(week, recent.counts);
    if (recent.day === today) addCounts(day, recent.counts);
  }
  day[DATA_RESOURCES] = distinctWith(own.features.data, delta, today);
  week[DATA_RESOURCES] = distinctWith(own.features.data, delta, today - 6);
  return { hour, day, week };
}

/** The actor's last active day, now that it is over. */
export function finishedDay({ recentDays }: ActorBaseline): Counts {
  return recentDays.at(-1)?.counts ?? noCounts();
}

/**
 * The Monday-to-Sunday week of the actor's last active day, now that it is over; `undefined` for the week it was
 * first seen in, of which part is missing.
 */
export function finishedWeek({ recentDays, features, firstDay, lastDay }: ActorBaseline): Counts | undefined {
  const start = weekStart(weekOf(lastDay));
  if (firstDay > start) return undefined;
  const counts = noCounts();
  for (const recent of recentDays) if (recent.day >= start) addCounts(counts, recent.counts);
  counts[DATA_RESOURCES] = features.data.values.seenSince(start);
  return counts;
}

function distinctWith(memory: FeatureMemory, delta: ActivityDelta, day: number): number {
  const { list } = delta.sightings.data;
  let distinct = list.length === 0 && memory.values.size === 0 ? 0 : memory.values.seenSince(day);
  for (const { hash } of list) {
    const known = memory.values.get(hash);
    if (known === undefined || known.lastDay < day) distinct += 1;
  }
  return distinct;
}

function addCounts(sum: Counts, counts: Counts): void {
  for (let metric = 0; metric < sum.length; metric++) sum[metric] = (sum[metric] ?? 0) + (counts[metric] ?? 0);
}
