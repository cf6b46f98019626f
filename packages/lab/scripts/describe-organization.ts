/**
 * What an organization is like: `node packages/lab/scripts/describe-organization.ts --half tuning --seed 1 --actors 100 --days 35`.
 *
 * First-seen pairs should be many on the first days and few later: below one a day for functions, 0.3 to 1 for people.
 */
import { parseArgs } from 'node:util';
import { simulate } from '../src/simulate.ts';
import { organization } from '../src/worlds/organization/organization.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'tuning' },
    seed: { type: 'string', default: '1' },
    actors: { type: 'string', default: '100' },
    days: { type: 'string', default: '35' },
    volume: { type: 'string', default: '1' },
  },
});

const started = performance.now();
const world = organization({
  seed: Number(values.seed),
  actors: Number(values.actors),
  days: Number(values.days),
  half: values.half === 'test' ? 'test' : 'tuning',
  volume: Number(values.volume),
});
const builtMs = performance.now() - started;

const kindOf = new Map(world.members.map(({ id, kind }) => [id, kind]));
/** Per kind and age: actor-days and first-seen actions in them. */
const firsts = new Map<string, { days: number; fresh: number; events: number }>();
const denied = new Map<string, number>();
const events = new Map<string, number>();
const prefixes = new Set<string>();
const actions = new Set<string>();
let total = 0;

// One actor after another: what is counted belongs to one actor, so nothing else is kept
for (const actor of world.actors) {
  const kind = kindOf.get(actor.id) ?? 'unknown';
  const known = new Set<string>();
  for (const { fresh, count, refused, day } of daysOf(actor)) {
    const age = day < 1 ? '0' : day < 7 ? '1-6' : day < 14 ? '7-13' : day < 28 ? '14-27' : '28+';
    const row = firsts.get(`${kind} ${age}`) ?? { days: 0, fresh: 0, events: 0 };
    firsts.set(`${kind} ${age}`, { days: row.days + 1, fresh: row.fresh + fresh, events: row.events + count });
    events.set(kind, (events.get(kind) ?? 0) + count);
    denied.set(kind, (denied.get(kind) ?? 0) + refused);
    total += count;
  }

  function* daysOf({ id }: { readonly id: string }) {
    let first: number | undefined;
    const only = { ...world, actors: world.actors.filter((other) => other.id === id) };
    let current: { fresh: number; count: number; refused: number; day: number } | undefined;
    for (const { time, record } of simulate(only, Number(values.seed))) {
      const day = Math.floor((time - world.start) / 86_400_000);
      first ??= day;
      if (current === undefined || current.day !== day - first) {
        if (current !== undefined) yield current;
        current = { fresh: 0, count: 0, refused: 0, day: day - first };
      }
      const action = `${record.eventSource} ${record.eventName}`;
      if (!known.has(action)) current.fresh++;
      known.add(action);
      actions.add(action);
      current.count++;
      if (String(record.errorCode ?? '').match(/denied|unauthorized/i)) current.refused++;
      if (/^\d/.test(record.sourceIPAddress)) prefixes.add(record.sourceIPAddress.replace(/\.\d+$/, ''));
    }
    if (current !== undefined) yield current;
  }
}

console.log(
  `${world.name}, ${values.half} ${values.seed}: ${world.actors.length} actors, ${world.accounts.length} accounts`,
);
console.log(
  `built in ${builtMs.toFixed(0)} ms, ${total} events, ${(total / world.actors.length / world.days).toFixed(0)} per actor and day, all in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
console.log(
  `${actions.size} actions, ${prefixes.size} source prefixes, ${world.estate.length} things, ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`,
);
console.table(
  Object.fromEntries(
    [...Map.groupBy(world.members, ({ kind }) => kind)].map(([kind, members]) => {
      const perActorDay = (age: string) => {
        const row = firsts.get(`${kind} ${age}`);
        return row === undefined ? '' : (row.fresh / row.days).toFixed(2);
      };
      const count = events.get(kind) ?? 0;
      return [
        kind,
        {
          actors: members.length,
          'a day': (count / members.length / world.days).toFixed(1),
          'denied %': ((100 * (denied.get(kind) ?? 0)) / Math.max(1, count)).toFixed(2),
          'new, day 0': perActorDay('0'),
          '1-6': perActorDay('1-6'),
          '7-13': perActorDay('7-13'),
          '14-27': perActorDay('14-27'),
          '28+': perActorDay('28+'),
        },
      ];
    }),
  ),
);
const troubles = [...Map.groupBy(world.troubles, ({ kind }) => kind)].map(([kind, those]) => `${kind} ${those.length}`);
console.log(`${world.planned.length} planned; ${troubles.join(', ')}`);
