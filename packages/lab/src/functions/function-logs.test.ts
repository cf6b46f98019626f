import { epochOf } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { organization } from '../worlds/organization/organization.ts';
import { functionHours, functionLogData } from './function-logs.ts';

const world = organization({ seed: 5, actors: 60, days: 3, half: 'tuning', volume: 0.1 });
const records = [...simulate(world, 5)];
const hours = [...functionHours(world, records, 5)];

describe('the logs of functions', () => {
  it('are written for each hour in which CloudTrail tells of the function, and read without a reject', () => {
    const ingest = createIngest({ network: labNetworks() });
    for (const hour of hours) {
      const { functionEvents, rejected, skipped } = ingest.container(
        Buffer.from(JSON.stringify(functionLogData(hour, 5))),
      );
      expect(rejected).toEqual([]);
      expect(functionEvents.filter(({ moment }) => moment.kind === 'report')).toHaveLength(hour.runs);
      for (const { time } of functionEvents) expect(epochOf(time)).toBe(hour.epoch);
      expect([...skipped.keys()].filter((reason) => reason !== 'empty-container')).toEqual([]);
    }
    expect(hours.length).toBeGreaterThan(50);
  });

  it('name the requests that CloudTrail names', () => {
    const invoked = records.filter(({ record }) => record.eventName === 'Invoke').map(({ record }) => record.requestID);
    const told = new Set(hours.flatMap(({ requestIds }) => requestIds));

    expect(told.size).toBeGreaterThan(0);
    for (const id of told) expect(invoked).toContain(id);
    const hour = hours.find(({ requestIds }) => requestIds.length > 0);
    expect(hour && JSON.stringify(functionLogData(hour, 5))).toContain(hour?.requestIds[0]);
  });

  it('are the same for the same world', () => {
    const [hour] = hours;
    expect(hour && functionLogData(hour, 5)).toEqual(hour && functionLogData(hour, 5));
    expect([...functionHours(world, records, 5)]).toEqual(hours);
  });
});
