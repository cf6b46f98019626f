import type { Detector } from '../detector.ts';
import { contextImpact, newValue } from './new-value.ts';

/** Finds work at an hour of the day, or on a weekend, at which the actor never worked. */
export const unusualHour: Detector = {
  id: 'unusual-hour',
  family: 'when',
  about: 'Activity at an hour of the day, or on a weekend, at which this actor was never active.',
  blindSpots: [
    'actors that work around the clock',
    'intruders who keep to the hours of their victim',
    'hours are UTC: a change of clocks moves everybody by one',
  ],
  triage: [
    'Ask the owner whether they were at work, by another channel than the one in doubt.',
    'Look at incidents and on-call rotas of that night.',
    'Weigh it with the rest of the alert: an hour alone proves nothing.',
  ],
  remedy: ['Give night work a role of its own, so that other credentials have no business then.'],
  techniques: ['T1078.004'],
  examine({ delta, novel }, knowledge) {
    if (knowledge.own === undefined || novel.hour.length === 0) return [];
    // Once an episode, whatever the hour: a night's work is one oddity, not eight
    const traits = {
      detector: 'unusual-hour',
      family: 'when',
      feature: 'hour',
      noun: 'hour',
      verb: 'worked in',
      impact: contextImpact(delta),
      value: 'hour',
    } as const;
    return novel.hour.map((sighting) => {
      const observed = sighting.value === 'weekend' ? 'work on a weekend' : `work at ${sighting.value.slice(1)}:00 UTC`;
      return newValue(sighting, { ...traits, observed }, delta, knowledge);
    });
  },
};
