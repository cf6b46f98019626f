import { type ActivityDelta, emptyDelta, observe, valueHash } from '@portcullis/baseline';
import { parseSettings, type SettingsInput } from '@portcullis/config';
import type { AnomalyEvent, Decision, DeclaredWorkDecision, MuteDecision, VerdictDecision } from '@portcullis/contract';
import { type ActivityEvent, type Actor, type EpochIndex, epochOf, epochStart, isoTime } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { type AppliedDecision, decideBefore, decideReached, queueDecisions } from './decide.ts';
import { emptyState, type PipelineState } from './pipeline-state.ts';
import { type HiddenAlert, type SealContext, sealContext } from './seal-context.ts';
import { sealEpoch } from './seal-epoch.ts';
import { decodeState, encodeState } from './state-codec.ts';

/** What answers do is at stake here, not how much it takes to be told. */
const ALERTS = { budgetPer100ActorsPerWeek: 25 };
const CONTEXT = sealContext(parseSettings({ alerts: ALERTS }, 'test'));
const FIRST = epochOf(MONDAY);
const NIGHT = FIRST + 14 * 24 + 3;
const HOME = aNetwork('192.0.2.0/24');
const ELSEWHERE = aNetwork('198.51.100.0/24', { owner: 'HOSTING' });
const actors = Array.from({ length: 8 }, (_, i) => anActor({ name: `function-${i}` }));
const [victim = anActor(), colleague = anActor()] = actors;

const work = encodeState(anAccountAtWork());
const settled = () => decodeState(work);

/** Eight roles with steady work for two weeks. */
function anAccountAtWork(): PipelineState {
  const state = emptyState();
  const usual = ['dynamodb:GetItem', 's3:GetObject', 'kms:Decrypt'];
  for (let epoch = FIRST; epoch < FIRST + 14 * 24; epoch++) {
    const events = actors.flatMap((actor) => usual.flatMap((name) => calls(actor, epoch, [name], HOME)));
    sealEpoch(state, epoch, deltasOf(events), CONTEXT);
  }
  return state;
}

function calls(actor: Actor, epoch: EpochIndex, names: readonly string[], network = HOME, minute = 5): ActivityEvent[] {
  return names.map((name) =>
    anActivityEvent({
      actor,
      network,
      time: epochStart(epoch) + minute * 60_000,
      action: anAction(name, {
        accessLevel: /Attach|Put\w+Policy/.test(name)
          ? 'Permissions management'
          : /Get|List/.test(name)
            ? 'Read'
            : 'Write',
      }),
    }),
  );
}

const THEFT = ['iam:ListUsers', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'];

function deltasOf(events: readonly ActivityEvent[], late = false): Map<string, ActivityDelta> {
  const deltas = new Map<string, ActivityDelta>();
  for (const event of events) {
    const delta = deltas.get(event.actor.id) ?? emptyDelta(event.actor, epochOf(event.time), { late });
    observe(delta, event);
    deltas.set(event.actor.id, delta);
  }
  return deltas;
}

interface Run {
  readonly told: AnomalyEvent[];
  readonly hidden: HiddenAlert[];
  readonly applied: AppliedDecision[];
  readonly state: PipelineState;
}

/** Seals hour by hour, decisions in between, as a replay does. */
function run(
  hours: readonly (readonly ActivityEvent[])[],
  decisions: readonly Decision[] = [],
  input: SettingsInput = {},
  state = settled(),
): Run {
  const result: Run = { told: [], hidden: [], applied: [], state };
  const context: SealContext = {
    ...sealContext(parseSettings({ alerts: ALERTS, ...input }, 'test')),
    configVersion: 'c1',
    onHidden: (hidden) => result.hidden.push(hidden),
  };
  queueDecisions(state, decisions);
  const follow = ({ events, applied }: ReturnType<typeof decideReached>) => {
    result.told.push(...events);
    result.applied.push(...applied);
  };
  const byEpoch = new Map(hours.map((events) => [epochOf(events[0]?.time ?? 0), events]));
  const last = Math.max(...byEpoch.keys());
  for (let epoch = state.sealedThrough + 1; epoch <= last; epoch++) {
    follow(decideBefore(state, epochStart(epoch + 1), context));
    result.told.push(...sealEpoch(state, epoch, deltasOf(byEpoch.get(epoch) ?? []), context));
  }
  follow(decideReached(state, context));
  return result;
}

const theft = (epoch = NIGHT, actor = victim) => calls(actor, epoch, THEFT, ELSEWHERE);
const [alarm] = run([theft()]).told;
const EPISODE = alarm?.detail.metadata.id ?? '';
const types = ({ told }: Run) => told.map((event) => `${event['detail-type']} ${event.detail.metadata.revision}`);
const at = (epoch: EpochIndex, minute = 0) => isoTime(epochStart(epoch) + minute * 60_000);

const answer = (change: Partial<VerdictDecision> = {}): VerdictDecision => ({
  version: '1',
  kind: 'verdict',
  at: at(NIGHT + 2),
  episode: EPISODE,
  verdict: 'dismissed',
  by: 'dana',
  reason: 'release',
  ...change,
});

const declared = (change: Partial<DeclaredWorkDecision> = {}): DeclaredWorkDecision => ({
  version: '1',
  kind: 'declared-work',
  at: at(NIGHT - 100),
  id: 'audit',
  title: 'Access review',
  owner: 'dana',
  from: at(NIGHT),
  to: at(NIGHT + 2),
  actors: ['*/function-0'],
  actions: ['iam:*'],
  accounts: [],
  ...change,
});

const mute = (change: Partial<MuteDecision> = {}): MuteDecision => ({
  version: '1',
  kind: 'mute',
  at: at(NIGHT - 1),
  actor: victim.id,
  until: at(NIGHT + 5),
  by: 'dana',
  reason: 'load test',
  ...change,
});

describe('a verdict', () => {
  it.each([
    { verdict: 'dismissed' as const, types: ['Anomaly Detected 1', 'Anomaly Closed 2'] },
    { verdict: 'expected' as const, types: ['Anomaly Detected 1', 'Anomaly Closed 2'] },
    { verdict: 'confirmed' as const, types: ['Anomaly Detected 1', 'Anomaly Updated 2'] },
  ])('$verdict tells $types, with who said so and why', ({ verdict, types: expected }) => {
    const result = run([theft(), calls(colleague, NIGHT + 4, ['s3:GetObject'])], [answer({ verdict })]);

    expect(types(result)).toEqual(expected);
    expect(result.told[1]?.detail.data.verdict).toEqual({ verdict, by: 'dana', at: at(NIGHT + 2), reason: 'release' });
    expect(result.state.episodes.has(victim.id)).toBe(verdict === 'confirmed');
  });

  it('dismissed stops the recurrence', () => {
    const result = run([theft(), theft(NIGHT + 5), theft(NIGHT + 200)], [answer()]);

    expect(types(result)).toEqual(['Anomaly Detected 1', 'Anomaly Closed 2']);
  });

  it('dismissed does not hide a different attack by the same actor, which shows what was dismissed beside it', () => {
    const other = ['lambda:CreateFunction', 'ec2:RunInstances', 'iam:PutRolePolicy', 'ssm:SendCommand'];
    const result = run(
      [theft(), calls(victim, NIGHT + 5, [...other, 'iam:CreateUser'], aNetwork('203.0.113.0/24', { owner: 'VPN' }))],
      [answer({ scope: { until: at(NIGHT + 50) } })],
    );

    const second = result.told[2]?.detail.data;
    expect(types(result)).toEqual(['Anomaly Detected 1', 'Anomaly Closed 2', 'Anomaly Detected 1']);
    expect(second?.evidence.find(({ observed }) => observed === 'iam:CreateUser')).toMatchObject({
      contribution: 0,
      note: `dismissed by dana on ${at(NIGHT + 2).slice(0, 10)}: release`,
    });
    expect(second?.title).not.toContain('5 actions');
    expect(second?.response.plan[0]?.actions).not.toContain('iam:CreateUser');
  });

  it.each([
    { times: 12, counts: false, why: 'a few more' },
    { times: 13, counts: true, why: 'three times as many and ten' },
  ])('dismissed does not cover $times of what came once ($why)', ({ times, counts }) => {
    const many = Array<string>(times).fill('iam:CreateAccessKey');
    const { state } = run([theft(), calls(victim, NIGHT + 5, many)], [answer({ scope: { until: at(NIGHT + 50) } })]);

    const evidence = state.episodes.get(victim.id)?.evidence.filter(({ note }) => note === undefined) ?? [];
    expect(evidence.some(({ value }) => value === 'iam:CreateAccessKey')).toBe(counts);
  });

  it('for a time only counts again after it', () => {
    const hours = [theft(), theft(NIGHT + 5), theft(NIGHT + 60)];
    const result = run(hours, [answer({ verdict: 'expected', scope: { until: at(NIGHT + 50) } })]);

    expect(types(result)).toEqual(['Anomaly Detected 1', 'Anomaly Closed 2', 'Anomaly Detected 1']);
    expect(result.told[2]?.detail.data.firstSeen).toBe(at(NIGHT + 60, 5));
  });

  it.each([
    { scope: undefined, told: 3, why: 'one actor is not another' },
    { scope: { actors: ['function-*'] }, told: 2, why: 'named by a pattern' },
    { scope: { team: 'orders' }, told: 2, why: 'of the team' },
    { scope: { team: 'unknown' }, told: 3, why: 'no such team' },
    { scope: { actors: ['function-*'], until: at(NIGHT + 4) }, told: 3, why: 'over' },
  ])('with scope $scope holds for a colleague or not ($why)', ({ scope, told }) => {
    const verdict = answer({ verdict: 'expected', ...(scope === undefined ? {} : { scope }) });
    const settings = { teams: { orders: ['arn:aws:iam::*:role/function-1'] } };

    expect(run([theft(), theft(NIGHT + 5, colleague)], [verdict], settings).told).toHaveLength(told);
  });

  it('confirmed is never learned: it alerts in full whenever it comes back', () => {
    const hours = [theft(), theft(NIGHT + 100), theft(NIGHT + 200)];
    const result = run(hours, [answer({ verdict: 'confirmed' })]);
    const opened = result.told.filter((event) => event['detail-type'] === 'Anomaly Detected');

    expect(opened).toHaveLength(3);
    expect(opened[2]?.detail.data.risk).toBeGreaterThan(0.9 * (opened[0]?.detail.data.risk ?? 0));
  });

  it('reopened takes a dismissal back: the episode goes on, and the same counts again', () => {
    const reopened = answer({ verdict: 'reopened', at: at(NIGHT + 4), reason: 'not a release after all' });
    const result = run([theft(), theft(NIGHT + 7), theft(NIGHT + 100)], [answer(), reopened]);

    expect(types(result).slice(0, 3)).toEqual(['Anomaly Detected 1', 'Anomaly Closed 2', 'Anomaly Updated 3']);
    expect(types(result).slice(-1)).toEqual(['Anomaly Detected 1']);
  });

  it('never hides stopped logs', () => {
    const stop = (epoch: EpochIndex) => calls(victim, epoch, ['cloudtrail:StopLogging'], ELSEWHERE);
    const [first] = run([stop(NIGHT)]).told;
    const verdict = answer({ episode: first?.detail.metadata.id ?? '', verdict: 'expected' });

    expect(types(run([stop(NIGHT), stop(NIGHT + 5)], [verdict]))).toEqual([
      'Anomaly Detected 1',
      'Anomaly Closed 2',
      'Anomaly Detected 1',
    ]);
  });

  it.each([
    { change: { episode: 'nobody' }, why: 'no such episode' },
    { change: { at: at(NIGHT) }, why: 'before it was told' },
  ])('matches nothing: $why', ({ change }) => {
    const result = run([theft(), theft(NIGHT + 1)], [answer(change)]);

    expect(result.applied).toMatchObject([{ outcome: 'unmatched' }]);
  });
});

describe('an unanswered alert', () => {
  it('is mentioned, not opened again, week after week', () => {
    const weeks = [0, 168, 336, 504].map((later) => theft(NIGHT + later));
    const { told, state } = run(weeks);

    expect(told.map((event) => event['detail-type'])).toEqual(['Anomaly Detected', 'Anomaly Closed']);
    expect(state.alerts.byId.get(EPISODE)?.again).toEqual({ hours: 3, last: epochStart(NIGHT + 505) });
  });
});

describe('the baseline', () => {
  const knows = ({ state }: Run, action: string) =>
    state.baselines.get(victim.id)?.features.action.values.has(valueHash(action));
  const quiet = calls(colleague, NIGHT + 80, ['s3:GetObject']);

  it('forgets what it learned of an episode before that was told', () => {
    const before = calls(victim, NIGHT - 1, ['sqs:SendMessage']);
    const few = { alerts: { ...ALERTS, budgetPer100ActorsPerWeek: 10 } };

    expect(knows(run([before], [], few), 'sqs:SendMessage')).toBe(true);
    expect(knows(run([before, theft()], [], few), 'sqs:SendMessage')).toBe(false);
  });

  it.each([
    {
      verdict: 'confirmed' as const,
      action: 'iam:ListUsers',
      known: false,
      why: 'also what was harmless, and learned',
    },
    { verdict: 'dismissed' as const, action: 'iam:ListUsers', known: true, why: 'nothing is wrong with it' },
    { verdict: 'dismissed' as const, action: 'iam:CreateUser', known: false, why: 'learned the next time' },
  ])('after the episode closed and was $verdict knows $action: $known ($why)', ({ verdict, action, known }) => {
    expect(knows(run([theft(), quiet], [answer({ verdict, at: at(NIGHT + 70) })]), action)).toBe(known);
  });
});

describe('declared work', () => {
  const audit = ['iam:ListUsers', 'iam:GetUser', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'];

  it.each<{ change: Partial<DeclaredWorkDecision>; told: number; why: string }>([
    { change: {}, told: 0, why: 'within it' },
    { change: { actions: ['iam:List*', 'iam:Get*'] }, told: 1, why: 'other actions' },
    { change: { actors: ['function-1'] }, told: 1, why: 'another actor' },
    { change: { from: at(NIGHT + 1) }, told: 1, why: 'before it began' },
    { change: { to: at(NIGHT, 5) }, told: 1, why: 'after it ended' },
    { change: { at: at(NIGHT, 6) }, told: 1, why: 'told afterwards' },
    { change: { accounts: ['999999999999'] }, told: 1, why: 'another account' },
    { change: { accounts: [victim.account] }, told: 0, why: 'in the account' },
  ])('covers what was declared or not: $why', ({ change, told }) => {
    expect(run([calls(victim, NIGHT, audit)], [declared(change)]).told).toHaveLength(told);
  });

  it('is the same from the settings', () => {
    const { version: _version, kind: _kind, at: _at, ...window } = declared();

    expect(run([calls(victim, NIGHT, audit)], [], { changeWindows: [window] }).told).toEqual([]);
  });

  it('is shown in the case that follows, without counting', () => {
    const work = declared({ actions: ['iam:List*', 'iam:Get*'] });
    const { told } = run([calls(victim, NIGHT, audit, ELSEWHERE)], [work]);

    const evidence = told[0]?.detail.data.evidence ?? [];
    expect(
      evidence.filter(({ note }) => note === 'declared: Access review by dana').map(({ observed }) => observed),
    ).toEqual(['iam:GetUser', 'iam:ListUsers']);
    expect(evidence.find(({ detector }) => detector === 'new-network')?.note).toBeUndefined();
  });

  it('takes its calls out of the counts, and leaves what is still too much', () => {
    const reads = Array<string>(400).fill('iam:GetUser');
    const grab = Array<string>(400).fill('s3:GetObject');
    const rates = ({ state }: Run) =>
      state.episodes.get(victim.id)?.evidence.filter((item) => item.family === 'how-much' && item.note === undefined);

    expect(rates(run([calls(victim, NIGHT, reads)]))).not.toEqual([]);
    expect(rates(run([calls(victim, NIGHT, reads)], [declared()]))).toEqual([]);
    const [alone, both] = [grab, [...reads, ...grab]].map((names) => run([calls(victim, NIGHT, names)], [declared()]));
    const bits = (of: Run | undefined) => of && rates(of)?.map((item) => [item.value, item.bits, item.count]);
    expect(bits(both)).toEqual(bits(alone));
  });

  it('teaches nothing: the same without a declaration alerts', () => {
    const hours = [calls(victim, NIGHT, audit), calls(victim, NIGHT + 60, audit)];

    expect(types(run(hours, [declared()]))).toEqual(['Anomaly Detected 1']);
  });

  it('never covers stopped logs, nor power given to outsiders', () => {
    const covered = declared({ actors: ['*function*'], actions: ['cloudtrail:*', 'iam:*', 's3:*'] });
    const [bucket] = calls(victim, NIGHT, ['s3:PutBucketPolicy']);
    const grant = {
      form: 'resource-policy',
      reach: 'public',
      grantee: '*',
      resource: 'b',
      administrative: false,
    } as const;
    const opened = bucket && { ...bucket, grants: [grant] };
    const counted = (events: readonly ActivityEvent[]) =>
      [...run([events], [covered]).state.episodes.values()].flatMap(({ evidence }) =>
        evidence.filter(({ note }) => note === undefined).map(({ detector }) => detector),
      );

    expect(counted(calls(victim, NIGHT, ['cloudtrail:StopLogging']))).toContain('log-tampering');
    expect(counted(opened ? [opened] : [])).toContain('permission-change');
  });

  it('of the same id takes the place of the one before', () => {
    const shorter = declared({ at: at(NIGHT - 50), to: at(NIGHT, 4) });

    expect(run([calls(victim, NIGHT, audit)], [declared(), shorter]).told).toHaveLength(1);
  });
});

describe('a mute', () => {
  it('holds back what would be told, and tells it once it is over', () => {
    const during = run([theft()], [mute()]);
    const after = run([theft(), calls(victim, NIGHT + 6, ['iam:CreateLoginProfile'])], [mute()]);

    expect(during).toMatchObject({ told: [], hidden: [{ suppressions: [] }] });
    expect(types(after)).toEqual(['Anomaly Detected 1']);
  });

  it('does not make an attack look usual to others', () => {
    const risk = (decisions: readonly Decision[]) =>
      run([theft(), theft(NIGHT + 2, colleague)], decisions)
        .told.flatMap(({ detail: { data } }) => [data, ...(data.case?.actors ?? [])])
        .find(({ actor }) => actor.name === colleague.name)?.risk;

    expect(risk([])).toBeGreaterThan(0);
    expect(risk([mute()])).toBe(risk([]));
  });

  it('is for one actor, and stopped logs break through', () => {
    expect(run([theft(NIGHT, colleague)], [mute()]).told).toHaveLength(1);
    expect(run([calls(victim, NIGHT, ['cloudtrail:StopLogging'])], [mute()]).told).toHaveLength(1);
  });

  it('of an episode withholds its revisions', () => {
    const worse = calls(victim, NIGHT + 3, Array<string>(900).fill('s3:GetObject'));
    const { actor: _actor, ...rest } = mute({ at: at(NIGHT + 1) });

    expect(types(run([theft(), worse]))).toEqual(['Anomaly Detected 1', 'Anomaly Updated 2']);
    expect(types(run([theft(), worse], [{ ...rest, episode: EPISODE }]))).toEqual(['Anomaly Detected 1']);
  });
});

describe('a suppression', () => {
  const suppression = {
    id: 'exporter',
    owner: 'dana',
    reason: 'moves',
    created: at(NIGHT - 100),
    expires: at(NIGHT + 100),
    match: { actor: '*function-0' },
  };

  it.each([
    { change: {}, told: 0, why: 'matches' },
    { change: { match: { actor: 'function-0', value: 'iam:*' } }, told: 1, why: 'what is left is enough' },
    { change: { match: { actor: 'function-0', detector: 'call-rate' } }, told: 1, why: 'found by another detector' },
    { change: { match: { actor: 'function-1' } }, told: 1, why: 'another actor' },
    { change: { match: { actor: 'function-0', account: '999999999999' } }, told: 1, why: 'another account' },
    { change: { expires: at(NIGHT) }, told: 1, why: 'expired' },
  ])('hides alerts or not: $why', ({ change, told }) => {
    const result = run([theft()], [], { suppressions: [{ ...suppression, ...change }] });

    expect(result.told).toHaveLength(told);
    expect(result.hidden.map(({ suppressions }) => suppressions)).toEqual(told === 0 ? [['exporter']] : []);
  });

  it('never hides stopped logs, also tried in vain', () => {
    const stop = calls(victim, NIGHT, ['cloudtrail:StopLogging']);
    const settings = { suppressions: [suppression] };
    const denied = stop.map((event): ActivityEvent => ({ ...event, outcome: 'denied' }));

    expect(run([stop], [], settings).told).toHaveLength(1);
    expect(run([denied], [], settings).told).toEqual(run([denied]).told);
  });
});

describe('decisions', () => {
  const some: readonly Decision[] = [
    answer(),
    answer({ verdict: 'expected', reason: 'at the same time' }),
    answer({ verdict: 'confirmed', at: at(NIGHT + 3) }),
    declared(),
    declared({ title: 'at the same time' }),
    mute({ actor: colleague.id, until: at(NIGHT + 60) }),
    mute({ actor: colleague.id, until: at(NIGHT + 30) }),
  ];
  const hours = [theft(), theft(NIGHT + 5), theft(NIGHT + 40, colleague), theft(NIGHT + 90)];

  it('have an effect that does not depend on their order or on being given twice', () => {
    const chosen = fc.uniqueArray(fc.constantFrom(...some), { minLength: 1 });
    fc.assert(
      fc.property(chosen, fc.infiniteStream(fc.double({ noNaN: true })), (decisions, weights) => {
        const shuffled = [...decisions, ...decisions]
          .map((decision) => ({ decision, weight: weights.next().value ?? 0 }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ decision }) => decision);
        const [plain, other] = [run(hours, decisions), run(hours, shuffled)];

        expect(other.told).toEqual(plain.told);
        expect(encodeState(other.state)).toEqual(encodeState(plain.state));
      }),
      { numRuns: 15 },
    );
  });

  it('given again to the state they made change nothing', () => {
    const { state } = run(hours, some);
    const before = encodeState(state);

    queueDecisions(state, some);
    const { events } = decideReached(state, CONTEXT);

    expect(events).toEqual([]);
    expect(encodeState(state)).toEqual(before);
  });

  it('act the same in one run, and in two with a saved state between', () => {
    const whole = run(hours, some);
    const first = run(hours.slice(0, 2), some);
    const second = run(hours.slice(2), some, {}, decodeState(encodeState(first.state)));

    expect([...first.told, ...second.told]).toEqual(whole.told);
    expect(encodeState(second.state)).toEqual(encodeState(whole.state));
  });

  it('wait in the state for their time', () => {
    const { state } = run([theft()], [answer({ at: at(NIGHT + 30) })]);
    expect(state.decisions).toHaveLength(1);

    const later = run([calls(colleague, NIGHT + 40, ['s3:GetObject'])], [], {}, decodeState(encodeState(state)));

    expect(types(later)).toEqual(['Anomaly Closed 2']);
    expect(later.state.decisions).toEqual([]);
  });

  it('but for reopening, never make anything count more', () => {
    const until = { until: at(NIGHT + 50) };
    const lowering = fc.subarray(
      [
        answer({ scope: until }),
        answer({ verdict: 'expected' }),
        declared({ from: at(NIGHT + 4), to: at(NIGHT + 9) }),
        mute({ at: at(NIGHT + 1) }),
      ],
      { minLength: 1 },
    );
    const names = fc.array(fc.constantFrom(...THEFT, 'ec2:RunInstances', 's3:GetObject'), {
      minLength: 1,
      maxLength: 99,
    });
    const next = fc.record({ names, network: fc.constantFrom(HOME, ELSEWHERE) });
    const counting = ({ state }: Run) =>
      (state.episodes.get(victim.id)?.evidence ?? []).filter(({ note }) => note === undefined);
    fc.assert(
      fc.property(lowering, next, (decisions, does) => {
        const hours = [theft(), calls(victim, NIGHT + 4, does.names, does.network)];
        const plain = counting(run(hours));

        for (const { detector, value, bits, impact } of counting(run(hours, decisions))) {
          const same = plain.find((item) => item.detector === detector && item.value === value);
          expect(bits).toBeLessThanOrEqual(same?.bits ?? -1);
          expect(impact).toBeLessThanOrEqual(same?.impact ?? -1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('a late event in the hour of a closed episode never reuses its id', () => {
  const { state } = run([theft(), calls(colleague, NIGHT + 3, ['s3:GetObject'])], [answer()]);
  const late = calls(
    victim,
    NIGHT,
    ['lambda:CreateFunction', 'ec2:RunInstances', 'iam:PutRolePolicy', 'ssm:SendCommand'],
    aNetwork('203.0.113.0/24', { owner: 'VPN' }),
    30,
  );

  const [second] = sealEpoch(state, NIGHT, deltasOf(late, true), CONTEXT);

  expect(second?.['detail-type']).toBe('Anomaly Detected');
  expect(second?.detail.metadata.id).not.toBe(EPISODE);
});

it('keeps so many alerts of one actor and no more', () => {
  const hours = Array.from({ length: 45 }, (_, i) =>
    calls(
      victim,
      NIGHT + i * 60,
      [`iam:CreateThing${i}`, `iam:AttachThing${i}`, `lambda:CreateThing${i}`],
      aNetwork(`198.18.${i}.0/24`, { owner: `O${i}` }),
    ),
  );
  const { state, told } = run(hours);

  expect(told.filter((event) => event['detail-type'] === 'Anomaly Detected').length).toBeGreaterThan(32);
  expect(state.alerts.byActor.get(victim.id)).toHaveLength(32);
  expect(state.alerts.byId.size).toBe(32);
});
