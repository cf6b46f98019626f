import { dayOf, epochStart } from '@portcullis/event';
import type { ActivityDelta } from './activity-delta.ts';
import { type ActorBaseline, type NewValues, seal } from './actor-baseline.ts';
import { surprisalAmongOthers } from './back-off.ts';
import { perFeature } from './feature.ts';
import { learnPopulation, type Population } from './population.ts';

/**
 * Merges one actor's finished epoch into its baseline and into what is known of its account.
 *
 * Surprisals of new values enter the statistics as the account stood when the actor's turn came; the
 * caller takes the actors in the order of their ids, so that is the same in every run. Changes both
 * in place.
 *
 * @param trusted - false while an alert about the actor is open: what it does new is then no comfort to
 *   others who do the same, or an attack would make its own next steps look usual
 */
export function learnEpoch(
  baseline: ActorBaseline,
  population: Population,
  delta: ActivityDelta,
  trusted: boolean,
): void {
  const day = dayOf(epochStart(delta.epoch));
  const firstEpoch = baseline.events === 0;
  const newDay = day > baseline.lastDay;
  const ageDays = newDay ? baseline.activeDays : baseline.activeDays - 1;
  const sealed = seal(baseline, delta);
  const newValues = trusted ? sealed.newValues : NOTHING_NEW;
  learnPopulation(population, {
    peerGroup: delta.actor.peerGroup,
    firstEpoch,
    newDay,
    ageDays,
    newValues,
    surprisals: surprisalsOf(newValues, population, delta),
    finished: sealed,
  });
}

const NOTHING_NEW: NewValues = perFeature(() => []);

function surprisalsOf(newValues: NewValues, population: Population, delta: ActivityDelta): NewValues {
  const { account } = population;
  const peers = population.peers.get(delta.actor.peerGroup);
  return perFeature((feature) => {
    const values = newValues[feature];
    return values.length === 0 ? values : values.map((hash) => surprisalAmongOthers(feature, hash, peers, account));
  });
}
