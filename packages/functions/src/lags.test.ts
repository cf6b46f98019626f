import { epochStart, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { memoryPorts } from '@portcullis/pipeline/twins';
import { describe, expect, it } from 'vitest';
import { anAnomalyEvent } from '../../../test/builders.ts';
import { outboxAgeSeconds } from './outbox-age.ts';
import { sealLagMinutes } from './seal-lag.ts';

const EPOCH = 500_000;
const END = epochStart(EPOCH) + HOUR_MS;

describe('sealLagMinutes', () => {
  it('counts from the end of the hour that was sealed last', async () => {
    const ports = memoryPorts();
    await ports.snapshots.save(1, new Uint8Array());
    await ports.snapshots.advance({ sealedThrough: EPOCH, version: 1 });

    expect(await sealLagMinutes(ports, END + 16 * MINUTE_MS)).toBe(16);
  });

  it('is 0 while there is nothing to seal', async () => {
    expect(await sealLagMinutes(memoryPorts(), END)).toBe(0);
  });

  it('counts from the start of the first hour before the first seal', async () => {
    const ports = memoryPorts();
    const key = { sealEpoch: EPOCH, actorId: 'a', epoch: EPOCH, split: 0, part: 0 };
    await ports.segments.save(key, new Uint8Array(1), 0);

    expect(await sealLagMinutes(ports, END)).toBe(60);
  });
});

describe('outboxAgeSeconds', () => {
  it('is 0 while nothing waits', async () => {
    expect(await outboxAgeSeconds(memoryPorts(), END)).toBe(0);
  });

  it('counts from when the oldest was told', async () => {
    const ports = memoryPorts();
    const event = anAnomalyEvent();
    await ports.alerts.add([{ key: 'a:1', event }]);

    expect(await outboxAgeSeconds(ports, Date.parse(event.detail.metadata.producedAt) + 90_000)).toBe(90);
  });
});
