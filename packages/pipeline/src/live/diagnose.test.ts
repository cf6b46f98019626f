import { defaultSettings } from '@portcullis/config/defaults';
import { HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { diagnose, type Vital } from './diagnose.ts';
import { liveSettings } from './live-settings.ts';
import type { LaneProgress } from './ports.ts';
import { DEFAULT_WATCH } from './watch-pipeline.ts';

const NOW = Date.UTC(2026, 2, 2, 12);
const HERE = { account: '123456789012', region: 'eu-west-1' };
const settings = liveSettings(defaultSettings);
const watch = { ...DEFAULT_WATCH, canaries: [HERE] };
const sealedThrough = Math.floor(NOW / HOUR_MS) - 2;

function aLane(overrides: Partial<LaneProgress> = {}): LaneProgress {
  const eventTime = overrides.eventTime ?? NOW - 8 * MINUTE_MS;
  return { lane: 's3', ...HERE, eventTime, arrivedAt: eventTime + 5 * MINUTE_MS, ...overrides };
}

function aVital(overrides: Partial<Vital> = {}): Vital {
  return {
    lanes: [aLane()],
    waiting: [sealedThrough + 1],
    oldestUnpublished: undefined,
    pointer: { sealedThrough, version: 7 },
    shards: ['shard-0'],
    marks: new Map([['shard-0', NOW - 9 * MINUTE_MS]]),
    delivered: [{ ...HERE, at: NOW - 4 * MINUTE_MS }],
    ...overrides,
  };
}

const troublesOf = (overrides: Partial<Vital>) => {
  const { places, troubles } = diagnose(aVital(overrides), settings, watch, NOW);
  return [...places.flatMap((place) => place.troubles), ...troubles];
};

describe('a lane', () => {
  it('is well where all that should come does', () => {
    expect(diagnose(aVital(), settings, watch, NOW)).toEqual({
      places: [{ ...HERE, lane: 's3', lastEvent: NOW - 8 * MINUTE_MS, delayMs: 5 * MINUTE_MS, troubles: [] }],
      sealedTo: NOW - HOUR_MS,
      waiting: 1,
      countedTo: NOW - 9 * MINUTE_MS,
      troubles: [],
    });
  });

  it.each<{ why: string; vital: Partial<Vital>; says: RegExp }>([
    { why: 'nothing has come at all', vital: { lanes: [] }, says: /nothing has ever come from there/ },
    {
      why: 'silence where a call is made',
      vital: { lanes: [aLane({ eventTime: NOW - 2 * HOUR_MS })], delivered: [] },
      says: /No event has come in that is later/,
    },
    {
      why: 'objects that nobody read',
      vital: { lanes: [aLane({ eventTime: NOW - 2 * HOUR_MS })] },
      says: /later objects that were not read/,
    },
    {
      why: 'a lane that is late holds back the others',
      vital: {
        lanes: [aLane(), aLane({ region: 'us-east-1', eventTime: NOW - HOUR_MS, arrivedAt: NOW - MINUTE_MS })],
      },
      says: /the seals of all wait for it/,
    },
    {
      why: 'functions log, but no call comes',
      vital: { lanes: [aLane({ lane: 'function-logs' })] },
      says: /nothing has ever come from there/,
    },
    {
      why: 'functions have fallen silent',
      vital: { lanes: [aLane(), aLane({ lane: 'function-logs', eventTime: NOW - 30 * HOUR_MS })] },
      says: /No line has come in that is later/,
    },
    { why: 'a shard that gives no marks', vital: { marks: new Map() }, says: /no mark has come out of shard-0/ },
    {
      why: 'seals that hang',
      vital: { waiting: [sealedThrough - 3] },
      says: /^roll-up: The hour from .* is not sealed/,
    },
    { why: 'an outbox that hangs', vital: { oldestUnpublished: NOW - 2 * HOUR_MS }, says: /^publish-outbox: / },
  ])('is in trouble: $why', ({ vital, says }) => {
    expect(troublesOf(vital)).toContainEqual(expect.stringMatching(says));
  });

  it('has a gap up to what lies unread, or up to now', () => {
    const eventTime = NOW - 2 * HOUR_MS;
    const gapOf = (overrides: Partial<Vital>) =>
      diagnose(aVital({ lanes: [aLane({ eventTime })], ...overrides }), settings, watch, NOW).places[0]?.gap;

    expect(gapOf({})).toEqual({ from: eventTime, to: NOW - 4 * MINUTE_MS, why: 'unread' });
    expect(gapOf({ delivered: [] })).toEqual({ from: eventTime, to: NOW, why: 'silent' });
  });

  it('of single events may be silent', () => {
    expect(troublesOf({ lanes: [aLane(), aLane({ lane: 'event', eventTime: NOW - 5 * HOUR_MS })] })).toEqual([]);
  });
});
