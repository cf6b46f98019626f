import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Organization } from '../organization.ts';
import type { SimulatedRecord } from '../world.ts';
import { logsOfHour, trafficOf } from './organization-traffic.ts';
import { sitesOf } from './site-hours.ts';
import type { SiteHour } from './traffic-hour.ts';
import { stampOf } from './traffic-lines.ts';

/**
 * Writes the flow logs of all networks and the access logs of all APIs of a world, an hour of one account or API a file, named by when it
 * was delivered.
 *
 * @returns how many files
 */
export function writeTrafficLogs(
  folder: string,
  organization: Organization,
  records: Iterable<SimulatedRecord>,
  seed: number,
): number {
  let files = 0;
  let open: SiteHour[] = [];
  const flush = () => {
    const [first] = open;
    if (first === undefined) return;
    for (const { name, text } of logsOfHour(open)) {
      const of = path.join(folder, path.dirname(name));
      mkdirSync(of, { recursive: true });
      const suffix = name.endsWith('vpcflowlogs') ? 'log.gz' : 'json.gz';
      writeFileSync(
        path.join(of, `${path.basename(name)}_${stampOf(first.epoch)}_${first.epoch}.${suffix}`),
        gzipSync(text),
      );
      files += 1;
    }
    open = [];
  };
  for (const hour of trafficOf(organization, sitesOf(organization, seed), seed, records)) {
    if (open[0] !== undefined && open[0].epoch !== hour.epoch) flush();
    open.push(hour);
  }
  flush();
  return files;
}
