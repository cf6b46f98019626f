import { defaultSettings, parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS } from '@portcullis/event';
import {
  deliver,
  labNetworks,
  logFileBytes,
  memorySource,
  simulate,
  smallWorld,
  stolenKeyStory,
} from '@portcullis/lab';
import { type LogContainer, type LogSource, replay } from '@portcullis/pipeline';
import { describe, expect, it } from 'vitest';
import { comparedAlerts } from './support/compared-alerts.ts';
import { mixedLogs, sourceOf } from './support/mixed-logs.ts';
import { runLive } from './support/run-live.ts';

const SEED = 11;
const world = smallWorld({ days: 13, volume: 0.4 });
const files = [...deliver(simulate({ ...world, actors: [...world.actors, stolenKeyStory(world)] }, SEED), SEED)];
const alertAfter = world.start + 8 * DAY_MS;
const end = world.start + 13 * DAY_MS;

const { told, outcome } = await replayed(memorySource(files));

async function replayed(source: LogSource) {
  const alerts: AnomalyEvent[] = [];
  const done = await replay(source, {
    settings: defaultSettings,
    network: labNetworks(),
    alertAfter,
    onAlert: (event) => alerts.push(event),
    onReject: ({ message }) => expect.fail(message),
  });
  return { told: alerts, outcome: done };
}

describe('the live lane tells what a replay of the same logs tells', () => {
  it('in hours of many parts and many splits', async () => {
    const options = { maxSegmentBytes: 6000, eventsPerSplit: 6 };
    const raw = files.map((file) => ({ id: file.path, origin: file.path, bytes: logFileBytes(file) }));
    const live = await runLive(raw, { settings: defaultSettings, network: labNetworks(), alertAfter, end, ...options });

    expect(live.late).toBe(0);
    expect(live.counted).toBe(outcome.unique);
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(comparedAlerts(live.events)).toEqual(comparedAlerts(told));
  });

  it('as it is deployed, with what security services found among them', async () => {
    const found = told.slice(0, 4).map(guardDutyFinding);
    const containers = await Array.fromAsync(memorySource(files));
    for (const { time, container } of found) {
      const at = files.findIndex(({ path }) => deliveredAt(path) > time);
      containers.splice(at, 0, { ...container, laterStartsAt: containers[at - 1]?.laterStartsAt });
    }
    const raw = containers.map(({ name, bytes }) => ({ id: name, origin: name, bytes }));
    const again = await replayed(inOrder(containers));
    const live = await runLive(raw, { settings: defaultSettings, network: labNetworks(), alertAfter, end });

    expect(live.counted).toBe(outcome.unique + found.length);
    expect(again.outcome).toMatchObject({ unique: live.counted, late: 0 });
    expect(comparedAlerts(live.events)).toEqual(comparedAlerts(again.told));
    expect(JSON.stringify(again.told)).toContain('Recon:IAMUser/MaliciousIPCaller');
  });
});

/** What GuardDuty might say of an alert's actor, at the time of its last event. */
function guardDutyFinding({ detail: { data } }: AnomalyEvent, index: number) {
  const [accountId, , principalId] = data.actor.id.split('/');
  const arn = `arn:aws:guardduty:eu-west-1:${accountId}:detector/1/finding/${index}`;
  const finding = {
    accountId,
    arn,
    severity: 8,
    type: 'Recon:IAMUser/MaliciousIPCaller',
    updatedAt: data.lastSeen,
    resource: { accessKeyDetails: { principalId, userName: data.actor.name } },
  };
  const bytes = Buffer.from(JSON.stringify(finding));
  return { time: Date.parse(data.lastSeen), container: { name: arn, bytes, precedingLines: 0 } };
}

function deliveredAt(path: string): number {
  const [, date = '', hour = '', minute = ''] = /_(\d{8})T(\d\d)(\d\d)Z_/.exec(path) ?? [];
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${hour}:${minute}:00Z`);
}

async function* inOrder(containers: readonly LogContainer[]): LogSource {
  yield* containers;
}

describe('and with it what functions, networks and APIs log', async () => {
  const { logs, owners, start, end } = mixedLogs(SEED, 4);
  const settings = parseSettings({ network: { owners }, alerts: { budgetPer100ActorsPerWeek: 100 } }, 'test');
  const alertAfter = start + 2 * DAY_MS;
  // Every seventh container comes twice
  const raw = logs.flatMap(({ name, bytes }, at) =>
    [name, ...(at % 7 === 0 ? [`${name} again`] : [])].map((id) => ({ id, origin: id, bytes })),
  );
  const told: AnomalyEvent[] = [];
  const outcome = await replay(sourceOf(logs), {
    ...{ settings, network: labNetworks(), alertAfter },
    onAlert: (event) => told.push(event),
    onReject: ({ message }) => expect.fail(message),
  });

  it('tells the same, of hours of many parts, though containers come twice', async () => {
    const parts = { maxSegmentBytes: 20_000, segmentBytes: 3000 };
    const live = await runLive(raw, { settings, network: labNetworks(), alertAfter, end, ...parts });

    expect(live.late).toBe(0);
    expect(live.counted).toBe(outcome.unique);
    const detectors = new Set(told.flatMap(({ detail }) => detail.data.evidence.map(({ detector }) => detector)));
    expect([...detectors]).toEqual(expect.arrayContaining(['invocation-rate', 'path-enumeration', 'egress-volume']));
    expect(comparedAlerts(live.events)).toEqual(comparedAlerts(told));
  });
});
