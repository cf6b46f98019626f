import { DAY_MS } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { expect, it } from 'vitest';
import { functionHours, functionLogData } from '../functions/function-logs.ts';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { organization } from '../worlds/organization/organization.ts';
import { logsOfHour, trafficOf } from './organization-traffic.ts';
import { sitesOf } from './site-hours.ts';

const SEED = 7;
const world = organization({ seed: SEED, actors: 40, days: 2, half: 'tuning', volume: 0.05 });

it('writes lines that are all read, of requests that the functions behind the APIs log', () => {
  const ingest = createIngest({ network: labNetworks() });
  const hours = [...trafficOf(world, sitesOf(world, SEED), SEED)];
  const read = hours.flatMap((hour) => logsOfHour([hour])).map(({ text }) => ingest.container(Buffer.from(text)));
  const logged = new Set<string>();
  for (const hour of functionHours(world, simulate(world, SEED), SEED)) {
    const { functionEvents } = ingest.container(Buffer.from(JSON.stringify(functionLogData(hour, SEED))));
    for (const { moment } of functionEvents) if (moment.kind === 'report') logged.add(moment.requestId);
  }

  expect(read.flatMap(({ rejected }) => rejected)).toEqual([]);
  const flows = hours.flatMap((hour) => hour.flows);
  const lines = flows.reduce((sum, { accepted }) => sum + (accepted ? 2 : 1), 0);
  expect(lines).toBeGreaterThan(0);
  expect(read.reduce((sum, { flowEvents }) => sum + flowEvents.length, 0)).toBe(lines);
  const requests = hours.flatMap((hour) => hour.requests);
  expect(requests.length).toBeGreaterThan(0);
  const events = read.flatMap(({ apiEvents }) => apiEvents);
  expect(events.length).toBe(requests.length);
  const handedOn = requests.filter(({ run }) => run !== undefined);
  expect(handedOn.filter(({ run }) => logged.has(run ?? '')).length).toBeGreaterThan(0.9 * handedOn.length);
  for (const { time } of events) {
    expect(time).toBeGreaterThanOrEqual(world.start);
    expect(time).toBeLessThan(world.start + 2 * DAY_MS);
  }
});
