import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { assumeRole } from '../../../calls/identity.ts';
import { randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { type Client, foreignPrincipal, roleSession } from '../../../record/caller.ts';
import { addressIn, blocksOf } from '../../../record/networks.ts';
import { sample } from '../draw.ts';
import { type Ground, unusedName } from '../ground.ts';
import { agentAt } from '../releases.ts';
import type { Resident, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Task } from '../task.ts';
import type { Team } from '../teams.ts';
import { machine } from './machine.ts';

/** A vendor that assumes a role from its own account and reads all there is, in several regions, daily or weekly. */
export function scannerMember(ground: Ground, team: Team, site: Site, number: number): Resident {
  const { culture, estate } = ground;
  const random = randomStream('scanner', culture.half, culture.seed, number);
  const vendor = culture.vendors[number % culture.vendors.length] ?? random.pick(culture.pool.vendors);
  const roleName = unusedName(ground, site, (further) => [vendor.roleName, ...further].join('-'));
  const id = `scanner/${site.account.id}/${roleName}`;
  estate.add(site, team, 'role', roleName);
  const tool = vendor.tool(random);
  const block = random.pick(blocksOf(vendor.use, vendor.place));
  const digits = random.int(2, 8);
  const account = `${String(digits).repeat(4)}${String(random.int(0, 9)).repeat(4)}${String(random.int(0, 9)).repeat(4)}`;
  const weekly = random.chance(0.5);
  const weekday = random.int(0, 6);
  const hour = random.float() * 22;
  const regions = sample(random, culture.pool.regions, random.int(0, 2));
  const everything = culture.pool.catalog.services.flatMap((service) =>
    culture.pool.catalog.of(service).filter(({ purpose }) => purpose === 'list' || purpose === 'get'),
  );
  const reads: Task[] = sample(random, everything, Math.round(everything.length * (0.2 + 0.6 * random.float()))).map(
    (step) => ({
      weight: 1,
      steps: [step],
      ...(random.chance(0.08) && { refused: 1 }),
    }),
  );
  const script = [
    ...reads,
    ...reads.flatMap((task) => (task.steps[0]?.purpose === 'get' ? [task, task] : [])),
    ...regions.flatMap((region) =>
      reads.filter((task) => task.steps[0]?.purpose === 'list').map((task) => ({ ...task, region })),
    ),
  ];

  const run = (from: EpochMs, day: number, index: number): WorkSession => {
    const chance = randomStream('scan', culture.half, culture.seed, id, day, index);
    return {
      day,
      number: index,
      from,
      until: from + 2 * HOUR_MS,
      client: { address: addressIn(block, chance), userAgent: agentAt(ground, tool, id, from) },
      tasks: 0,
      script: script.filter(() => chance.chance(0.93 * Math.min(1, culture.volume))),
    };
  };
  const assumption = ({ day, number: index, from }: WorkSession) => ({
    roleName,
    sessionName: `${vendor.id}-${day}`,
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, roleName, day, index),
    at: from,
  });

  return machine(culture.days, {
    id,
    kind: 'scanner',
    viewpoint: { site, team, taste: id },
    principalName: roleName,
    cadence: weekly ? 'periodic' : 'daily',
    hours: [Math.floor(hour), Math.floor(hour) + 2],
    callsPerActiveDay: script.length * 0.93 * Math.min(1, culture.volume),
    tasks: reads,
    gapMs: 900,
    sessionsOn: (day) => (!weekly || day.weekday === weekday ? [run(day.start + hour * HOUR_MS, day.index, 0)] : []),
    sessionAt: (at, index) => ({
      ...run(at - MINUTE_MS, Math.floor((at - culture.start) / DAY_MS), index),
      script: [],
    }),
    enter: (begun: WorkSession, client: Client) =>
      roleSession(site.account, { ...assumption(begun), since: begun.from }, client),
    opening: (begun) => [
      {
        caller: foreignPrincipal(site.account, account, begun.client),
        call: assumeRole(site.account, assumption(begun)),
        time: begun.from,
      },
    ],
  });
}
