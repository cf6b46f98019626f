import { gunzipSync } from 'node:zlib';
import { type ActivityDelta, emptyDelta, observe } from '@portcullis/baseline';
import { parseSettings } from '@portcullis/config';
import { type ActivityEvent, type EpochIndex, epochOf, epochStart, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { StateVersionError } from './errors.ts';
import { emptyState, type PipelineState } from './pipeline-state.ts';
import { type SealContext, sealContext } from './seal-context.ts';
import { judgeOpen, sealEpoch } from './seal-epoch.ts';
import { decodeState, encodeState } from './state-codec.ts';

/** What is told is at stake here, not how much it takes. */
const SETTINGS = parseSettings({ alerts: { budgetPer100ActorsPerWeek: 30 } }, 'test');
const CONTEXT: SealContext = { ...sealContext(SETTINGS), configVersion: 'c1' };

const actors = Array.from({ length: 8 }, (_, i) => anActor({ name: `function-${i}` }));
const FIRST = epochOf(MONDAY);
const NIGHT = FIRST + 14 * 24 + 3;

/** Eight roles with steady work for two weeks. */
function anAccountAtWork(): PipelineState {
  const state = emptyState();
  for (let epoch = FIRST; epoch < FIRST + 14 * 24; epoch++) {
    const events = actors.flatMap((actor) => steadyHour(actor, epoch));
    sealEpoch(state, epoch, deltasOf(events), CONTEXT);
  }
  return state;
}

function steadyHour(actor: ReturnType<typeof anActor>, epoch: EpochIndex): ActivityEvent[] {
  return ['dynamodb:GetItem', 's3:GetObject', 'kms:Decrypt'].map((name) =>
    anActivityEvent({ actor, time: epochStart(epoch), action: anAction(name), network: aNetwork('192.0.2.0/24') }),
  );
}

function deltasOf(events: readonly ActivityEvent[], late = false): Map<string, ActivityDelta> {
  const deltas = new Map<string, ActivityDelta>();
  for (const event of events) {
    const delta = deltas.get(event.actor.id) ?? emptyDelta(event.actor, epochOf(event.time), { late });
    observe(delta, event);
    deltas.set(event.actor.id, delta);
  }
  return deltas;
}

/** Stolen credentials of one function, used from elsewhere. */
function theft(epoch = NIGHT): ActivityEvent[] {
  const network = aNetwork('198.51.100.0/24', { owner: 'HOSTING' });
  return ['iam:ListUsers', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'].map((name) =>
    anActivityEvent({
      actor: actors[0] ?? anActor(),
      time: epochStart(epoch),
      action: anAction(name, { accessLevel: name.includes('Attach') ? 'Permissions management' : 'Write' }),
      network,
    }),
  );
}

describe('a state without its baselines', () => {
  it('counts the active all the same, also read back', () => {
    const state = anAccountAtWork();
    const [first] = actors;
    const bare = decodeState(encodeState({ ...state, baselines: new Map() }));

    const told = sealEpoch(state, NIGHT, deltasOf(theft()), CONTEXT);
    const own = decodeState(encodeState(anAccountAtWork())).baselines.get(first?.id ?? '');
    if (first !== undefined && own !== undefined) bare.baselines.set(first.id, own);

    expect(bare.lastDays.size).toBe(actors.length);
    expect(sealEpoch(bare, NIGHT, deltasOf(theft()), CONTEXT)).toMatchObject(
      told.map(({ detail }) => ({ detail: { data: { expectedPerWeek: detail.data.expectedPerWeek } } })),
    );
  });

  it('tells last days once: baselines in it tell their own', () => {
    const state = anAccountAtWork();

    expect(decodeState(encodeState(state)).lastDays).toEqual(new Map(state.lastDays));
    expect(gunzipSync(encodeState(state)).toString()).not.toContain('last-days');
  });
});

describe('what is usual leaves no witnesses', () => {
  const events = [
    ...steadyHour(actors[0] ?? anActor(), NIGHT),
    anActivityEvent({ actor: actors[0] ?? anActor(), time: epochStart(NIGHT), action: anAction('iam:ListUsers') }),
  ];
  const leftBy = (deltas: ReadonlyMap<string, ActivityDelta>) =>
    [...deltas.values()].flatMap(({ sightings }) =>
      sightings.action.list.map(({ value, witnesses }) => [value, witnesses.length]),
    );
  const expected = [
    ['dynamodb:GetItem', 0],
    ['s3:GetObject', 0],
    ['kms:Decrypt', 0],
    ['iam:ListUsers', 1],
  ];

  it('as of the seal, whatever was known when the events came', () => {
    const deltas = deltasOf(events);

    sealEpoch(anAccountAtWork(), NIGHT, deltas, CONTEXT);

    expect(leftBy(deltas)).toEqual(expected);
  });

  it('late or not', () => {
    const deltas = deltasOf(events, true);

    sealEpoch(anAccountAtWork(), NIGHT, deltas, CONTEXT);

    expect(leftBy(deltas)).toEqual(expected);
  });

  it('in an hour that is still open as well', () => {
    const deltas = deltasOf(events);

    judgeOpen(anAccountAtWork(), deltas.values(), CONTEXT);

    expect(leftBy(deltas)).toEqual(expected);
  });
});

describe('sealEpoch', () => {
  it('tells of a theft and not of the weeks before', () => {
    const state = anAccountAtWork();
    expect(state.episodes.size).toBe(0);

    const told = sealEpoch(state, NIGHT, deltasOf(theft()), CONTEXT);

    expect(told).toHaveLength(1);
    expect(told[0]?.detail.data).toMatchObject({
      actor: { name: 'function-0' },
      severity: 'HIGH',
      confidence: 'high',
    });
  });

  it('judges every actor before any of them learns', () => {
    const both = [...theft(), ...theft().map((event) => ({ ...event, actor: actors[7] ?? anActor() }))];

    const told = sealEpoch(anAccountAtWork(), NIGHT, deltasOf(both), CONTEXT);

    const bits = told.map(({ detail }) => detail.data.evidence.map((evidence) => evidence.bits));
    expect(bits[0]).toEqual(bits[1]);
  });

  it('an attack does not make its own next step look usual at the next victim', () => {
    const second = theft(NIGHT + 1).map((event) => ({ ...event, actor: actors[7] ?? anActor() }));
    const [alone, after] = [anAccountAtWork(), anAccountAtWork()];
    sealEpoch(after, NIGHT, deltasOf(theft()), CONTEXT);

    const risks = [alone, after].map((state) => {
      const [event] = sealEpoch(state, NIGHT + 1, deltasOf(second), CONTEXT);
      // The same things on another actor join the first alert, with a risk of their own
      return event?.detail.data.case?.actors[0]?.risk ?? event?.detail.data.risk;
    });

    expect(risks[1]).toBeCloseTo(risks[0] ?? 0, 0); // a day more in the statistics moves it by a tenth
  });

  it('tells of the same on many actors as one case, with the events of all', () => {
    const state = anAccountAtWork();
    const storm = actors.flatMap((actor) =>
      theft().map((event) => ({ ...event, id: `${actor.name} ${event.id}`, actor })),
    );

    const told = sealEpoch(state, NIGHT, deltasOf(storm), CONTEXT);

    expect(new Set(told.map(({ detail }) => detail.metadata.id)).size).toBe(1);
    const { data } = told.at(-1)?.detail ?? {};
    expect(data?.case?.actors.map(({ actor }) => actor.name)).toEqual(actors.slice(1).map(({ name }) => name));
    expect(data?.eventIds.some((id) => id.startsWith('function-7'))).toBe(true);
  });

  it('what an actor does beyond a case alerts by itself', () => {
    const state = anAccountAtWork();
    const own = ['ec2:RunInstances', 'lambda:CreateFunction', 'iam:UpdateAssumeRolePolicy'].map((name) =>
      anActivityEvent({
        actor: actors[1] ?? anActor(),
        time: epochStart(NIGHT),
        action: anAction(name, { accessLevel: 'Write' }),
        network: aNetwork('203.0.113.0/24', { owner: 'VPN' }),
      }),
    );
    const second = theft().map((event) => ({ ...event, actor: actors[1] ?? anActor() }));

    const told = sealEpoch(state, NIGHT, deltasOf([...theft(), ...second, ...own]), CONTEXT);

    expect(told.map(({ detail }) => detail.data.actor.name)).toEqual(['function-0', 'function-1']);
  });

  it.each([
    { logs: true, told: 0, why: 'whose logs arrive here too' },
    { logs: false, told: 1, why: 'of which nothing is known' },
  ])('trust for an account $why is told $told times whatever it adds up to', ({ logs, told }) => {
    const state = anAccountAtWork();
    const sister = '210987654321';
    const neighbor = anActor({ name: 'neighbor', account: sister, id: `${sister}/role/neighbor` });
    const day = epochStart(NIGHT) - HOUR_MS;
    const arrived = logs ? [anActivityEvent({ account: sister, actor: neighbor, time: day })] : [];
    sealEpoch(state, NIGHT - 1, deltasOf(arrived), CONTEXT);
    const trust = anActivityEvent({
      actor: actors[0] ?? anActor(),
      time: epochStart(NIGHT),
      action: anAction('iam:UpdateAssumeRolePolicy', { accessLevel: 'Permissions management' }),
      network: aNetwork('192.0.2.0/24'),
      grants: [
        { form: 'trust-policy', reach: 'foreign-account', grantee: sister, resource: 'r', administrative: false },
      ],
    });

    const events = sealEpoch(state, NIGHT, deltasOf([trust]), {
      ...CONTEXT,
      alerts: { ...CONTEXT.alerts, budgetPer100ActorsPerWeek: 0.1 },
    });

    expect(events).toHaveLength(told);
  });

  it('learns without telling before the time from which to alert', () => {
    const state = anAccountAtWork();
    const context = { ...CONTEXT, alertAfter: epochStart(NIGHT) + 2 * HOUR_MS };

    expect(sealEpoch(state, NIGHT, deltasOf(theft()), context)).toEqual([]);
    expect(sealEpoch(state, NIGHT + 2, deltasOf(theft(NIGHT + 2)), context)).toEqual([]);
  });

  it('judges late events without learning them', () => {
    const state = anAccountAtWork();
    const before = state.baselines.get(actors[0]?.id ?? '')?.events;

    const told = sealEpoch(state, NIGHT, deltasOf(theft(), true), CONTEXT);

    expect(told).toHaveLength(1);
    expect(state.baselines.get(actors[0]?.id ?? '')?.events).toBe(before);
  });

  it('a detector in shadow mode changes nothing', () => {
    const context: SealContext = { ...CONTEXT, detectorMode: () => 'shadow' };

    expect(sealEpoch(anAccountAtWork(), NIGHT, deltasOf(theft()), context)).toEqual([]);
  });

  it('closes two days after the last evidence', () => {
    const state = anAccountAtWork();
    const [detected] = sealEpoch(state, NIGHT, deltasOf(theft()), CONTEXT);

    const later = sealEpoch(state, NIGHT + 48, new Map(), CONTEXT);

    expect(later).toMatchObject([
      { 'detail-type': 'Anomaly Closed', detail: { metadata: { id: detected?.detail.metadata.id, revision: 2 } } },
    ]);
    expect(state.episodes.size).toBe(0);
  });
});

describe('a saved state', () => {
  it('goes on as if it had never been saved', () => {
    const [kept, saved] = [anAccountAtWork(), decodeState(encodeState(anAccountAtWork()))];
    const events = theft();

    expect(sealEpoch(saved, NIGHT, deltasOf(events), CONTEXT)).toEqual(
      sealEpoch(kept, NIGHT, deltasOf(events), CONTEXT),
    );
    expect(sealEpoch(saved, NIGHT + 50, new Map(), CONTEXT)).toEqual(sealEpoch(kept, NIGHT + 50, new Map(), CONTEXT));
    expect(encodeState(saved)).toEqual(encodeState(kept));
  });

  it.each([
    { bytes: new TextEncoder().encode('not gzip'), why: 'not compressed' },
    { bytes: encodeState(anAccountAtWork()).subarray(0, 500), why: 'cut short' },
  ])('is refused when $why', ({ bytes }) => {
    expect(() => decodeState(bytes)).toThrow(StateVersionError);
  });
});
