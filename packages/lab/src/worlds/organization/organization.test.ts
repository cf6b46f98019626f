import { createIngest } from '@portcullis/ingest';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../delivery/deliver.ts';
import { randomStream } from '../../random.ts';
import { labNetworks } from '../../record/network-owners.ts';
import { simulate } from '../../simulate.ts';
import { organization } from './organization.ts';

const SMALL = { actors: 30, days: 8, volume: 0.2 } as const;
const world = organization({ ...SMALL, seed: 5, half: 'tuning' });
const records = [...simulate(world, 5)];

describe('an organization', () => {
  it('gives the same records, byte for byte, for the same seed', () => {
    const again = [...simulate(organization({ ...SMALL, seed: 5, half: 'tuning' }), 5)];

    expect(JSON.stringify(again)).toBe(JSON.stringify(records));
  });

  it('gives a day alone as it gives it in the run', () => {
    const fresh = organization({ ...SMALL, seed: 5, half: 'tuning' });
    const day = { start: fresh.start + 6 * 86_400_000, index: 6, weekday: 0 };
    const alone = fresh.actors.flatMap((actor) => actor.act(day, randomStream(5, actor.id, 6)));
    const ids = new Set(records.map(({ record }) => record.eventID));

    expect(alone.length).toBeGreaterThan(50);
    expect(alone.every(({ record }) => ids.has(record.eventID))).toBe(true);
  });

  it.each(['tuning', 'test'] as const)('is understood by ingest to the last record (%s)', (half) => {
    const other = organization({ ...SMALL, seed: 11, half });
    const ingest = createIngest({ network: labNetworks() });
    const lines = [...simulate(other, 1)].map(({ record }) => record);
    const { events, rejected } = ingest.container(Buffer.from(JSON.stringify({ Records: lines })));

    expect(rejected).toEqual([]);
    expect(events.length).toBe(lines.length);
  });

  it('differs between the halves, in services, tools, networks and names', () => {
    const other = organization({ ...SMALL, seed: 5, half: 'test' });
    const others = [...simulate(other, 5)];

    expect(other.name).not.toBe(world.name);
    expect(overlap(records, others, ({ record }) => record.eventSource)).toBeLessThan(0.8);
    expect(overlap(records, others, ({ record }) => record.userAgent)).toBeLessThan(0.3);
    expect(overlap(records, others, ({ record }) => record.sourceIPAddress)).toBeLessThan(0.2);
    expect(overlap(world.members, other.members, ({ principalName }) => principalName)).toBeLessThan(0.2);
  });

  it('delivers each record under its own account and region', () => {
    const folders = new Set<string>();
    for (const { path, records: inside } of deliver(records, 1)) {
      const [, account, , region] = path.split('/');
      folders.add(`${account}/${region}`);
      expect(inside.every((record) => record.recipientAccountId === account && record.awsRegion === region)).toBe(true);
    }
    expect(new Set([...folders].map((folder) => folder.split('/')[0]))).toEqual(
      new Set(world.accounts.map(({ id }) => id)),
    );
  });

  it('has a member for each actor, and no two of one id', () => {
    const ids = world.members.map(({ id }) => id);

    expect(ids).toEqual(world.actors.map(({ id }) => id));
    expect(ids).toHaveLength(SMALL.actors);
  });

  it.each([1, 2])('names no two of many members alike (seed %i)', (seed) => {
    const { members } = organization({ actors: 600, days: 5, seed, half: 'test' });

    expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
  });

  it('never gives two records one event id', () => {
    expect(new Set(records.map(({ record }) => record.eventID)).size).toBe(records.length);
  });
});

/** Share of what either has that both have. */
function overlap<T>(ones: readonly T[], others: readonly T[], of: (one: T) => string): number {
  const [a, b] = [new Set(ones.map(of)), new Set(others.map(of))];
  return a.intersection(b).size / a.union(b).size;
}
