import { DAY_MS, epochOf } from '@portcullis/event';
import { functionHours, functionLogData } from '../functions/function-logs.ts';
import type { Organization } from '../organization.ts';
import { simulate } from '../simulate.ts';
import type { SimulatedRecord } from '../world.ts';
import { type FunctionRuns, hoursOfSites } from './site-hours.ts';
import type { Site, SiteHour } from './traffic-hour.ts';
import { accessLogOf, flowLogOf } from './traffic-lines.ts';

/** All hours of all sites, in order of time; runs of functions are those that the functions' own logs tell of. */
export function* trafficOf(
  organization: Organization,
  sites: readonly Site[],
  seed: number,
  records: Iterable<SimulatedRecord> = simulate(organization, seed),
): Generator<SiteHour> {
  let epoch = epochOf(organization.start);
  let runs = new Map<string, FunctionRuns>();
  const end = epochOf(organization.start + organization.days * DAY_MS);
  for (const hour of functionHours(organization, records, seed)) {
    for (; epoch < hour.epoch && epoch < end; epoch++) {
      yield* hoursOfSites(sites, epoch, runs, organization, seed);
      runs = new Map();
    }
    runs.set(hour.member.id, { hour, requestIds: requestIdsOf(functionLogData(hour, seed)) });
  }
  for (; epoch < end; epoch++) {
    yield* hoursOfSites(sites, epoch, runs, organization, seed);
    runs = new Map();
  }
}

const REQUEST_ID = /(?:RequestId: |"requestId":")([\da-f-]{36})[^\n]*(?:Billed|billed)/;

function requestIdsOf(data: object): readonly string[] {
  const { logEvents } = data as { readonly logEvents: readonly { readonly message: string }[] };
  return logEvents.flatMap(({ message }) => REQUEST_ID.exec(message)?.[1] ?? []);
}

/** Flow logs by account, access logs by API. */
export function logsOfHour(hours: readonly SiteHour[]): readonly { readonly name: string; readonly text: string }[] {
  const byAccount = Map.groupBy(hours, ({ site }) => site.account);
  const flows = [...byAccount].flatMap(([account, those]) => {
    const text = flowLogOf(those);
    return text === undefined ? [] : [{ name: `${account}/vpcflowlogs`, text }];
  });
  const access = hours.flatMap((hour) => {
    const text = accessLogOf(hour);
    return text === undefined ? [] : [{ name: `${hour.site.account}/${hour.site.apiId}`, text }];
  });
  return [...flows, ...access];
}
