import { MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';
import { smallWorld } from '../worlds/small-world.ts';
import { deliver } from './deliver.ts';

const world = smallWorld({ days: 8, volume: 0.5 });
const records = [...simulate(world, 3)];
const files = [...deliver(records, 3)];

function deliveredAt(path: string): number {
  const [, y, mo, d, h, mi] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/.exec(path) ?? [];
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi));
}

describe('deliver', () => {
  it('delivers every record, some twice', () => {
    const delivered = files.flatMap((file) => file.records.map(({ eventID }) => eventID));

    expect(new Set(delivered).size).toBe(records.length);
    expect(delivered.length / records.length).toBeGreaterThan(1.002);
    expect(delivered.length / records.length).toBeLessThan(1.01);
  });

  it('delivers 2 to 12 minutes late, rounded up to the next five', () => {
    const delays = files.flatMap((file) =>
      file.records.map(({ eventTime }) => deliveredAt(file.path) - Date.parse(eventTime)),
    );

    expect(Math.min(...delays)).toBeGreaterThanOrEqual(2 * MINUTE_MS);
    expect(Math.max(...delays)).toBeLessThanOrEqual(17 * MINUTE_MS + 1000);
  });

  it('yields files in order of delivery, one region each, not sorted inside', () => {
    const times = files.map(({ path }) => deliveredAt(path));

    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(files.map(({ path }) => path.split('/')[3]))).toEqual(new Set(['eu-west-1', 'us-east-1']));
    for (const file of files) {
      expect(new Set(file.records.map(({ awsRegion }) => awsRegion))).toEqual(new Set([file.path.split('/')[3]]));
    }
    expect(
      files.some((file) => {
        const inside = file.records.map(({ eventTime }) => eventTime);
        return inside.join() !== inside.toSorted().join();
      }),
    ).toBe(true);
  });
});
