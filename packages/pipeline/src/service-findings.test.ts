import { type ActivityDelta, emptyDelta, observeFinding } from '@portcullis/baseline';
import { defaultSettings, parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { type ActivityEvent, type EpochMs, epochOf, epochStart, type FindingEvent } from '@portcullis/event';
import { beforeEach, describe, expect, it } from 'vitest';
import { aFindingEvent, aNetwork, anAction, anActivityEvent, anActor } from '../../../test/builders.ts';
import type { PipelineState } from './pipeline-state.ts';
import { type SealContext, sealContext } from './seal-context.ts';
import { sealEpoch } from './seal-epoch.ts';
import { decodeState, encodeState } from './state-codec.ts';
import { actors, anAccountAtWork, deltasOf, NIGHT, steadyHour, theft } from './testing/account-at-work.ts';

const [victim = anActor()] = actors;
const AT: EpochMs = epochStart(NIGHT);
/** As anybody runs it, in an account of a hundred actors: with few the threshold is lower. */
const DEFAULTS = sealContext(defaultSettings);
const saved = encodeState(anAccountAtWork());

let state: PipelineState;

beforeEach(renew);

function renew(): void {
  state = decodeState(saved);
  for (let i = 0; i < 100; i++) state.lastDays.set(`123456789012/role/other-${i}`, Math.floor(AT / 86_400_000));
}

function told(
  findings: readonly FindingEvent[],
  events: readonly ActivityEvent[] = [],
  { epoch = NIGHT, context = DEFAULTS }: { readonly epoch?: number; readonly context?: SealContext } = {},
): readonly AnomalyEvent[] {
  const deltas: Map<string, ActivityDelta> = deltasOf(events);
  for (const finding of findings) {
    const delta = deltas.get(finding.actor.id) ?? emptyDelta(finding.actor, epoch);
    deltas.set(finding.actor.id, delta);
    observeFinding(delta, finding);
  }
  return sealEpoch(state, epoch, deltas, context);
}

const about = (overrides: Partial<FindingEvent> = {}) => aFindingEvent({ actor: victim, time: AT, ...overrides });

describe('a finding of a security service', () => {
  it.each([
    { severity: 'informational', risk: undefined },
    { severity: 'low', risk: 2.2 },
    { severity: 'medium', risk: 5.7 },
    { severity: 'high', risk: 13.2 },
    { severity: 'critical', risk: 36.8 },
  ] as const)('of $severity severity weighs $risk by itself, an hour old', ({ severity, risk }) => {
    const events = told([about({ severity })]);
    const measured = state.episodes.get(victim.id)?.peak;

    expect(measured === undefined ? undefined : Math.round(measured * 10) / 10).toBe(risk);
    expect(events.length).toBe(severity === 'critical' ? 1 : 0);
  });

  it('adds to what the actor does: two that are too little alone are told together', () => {
    const network = aNetwork('198.51.100.0/24', { owner: 'HOSTING' });
    const odd = anActivityEvent({ actor: victim, time: AT, action: anAction('s3:GetObject'), network });
    expect(told([], [odd])).toEqual([]);
    expect(told([about()], [], { epoch: NIGHT + 1 })).toHaveLength(1);
  });

  it('is evidence of its own beside behavior, and named in the title', () => {
    const [alert] = told([about()], theft());

    expect(alert?.detail.data.title).toContain('was reported for UnauthorizedAccess:IAMUser');
    expect(alert?.detail.data.eventIds).toContain(about().finding);
    expect(alert?.detail.data.evidence.find(({ detector }) => detector === 'service-finding')).toMatchObject({
      family: 'what',
      bits: 11,
      observed: 'GuardDuty: UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS, high',
    });
  });

  it.each(['low', 'medium', 'high', 'critical'] as const)(
    'of %s severity adds at most what it says by itself, whatever the actor did, and never takes away',
    (severity) => {
      const peakOf = (findings: readonly FindingEvent[], events: readonly ActivityEvent[]) => {
        renew();
        told(findings, events);
        return state.episodes.get(victim.id)?.peak ?? 0;
      };
      const alone = peakOf([about({ severity })], []);
      const deeds = theft();
      for (let count = 1; count <= deeds.length; count++) {
        const own = deeds.slice(0, count);
        const more = peakOf([about({ severity })], own) - peakOf([], own);

        expect(more, `${count} calls`).toBeGreaterThanOrEqual(0);
        expect(more, `${count} calls`).toBeLessThanOrEqual(alone + 1e-9);
      }
    },
  );

  it('counts once, told again and again and by a copy', () => {
    const risk = () => state.episodes.get(victim.id)?.evidence.length;
    told([about(), about({ time: AT + 60_000 }), about({ id: 'the copy of Security Hub', finding: 'other' })]);
    expect(risk()).toBe(1);
    told([about({ time: AT + 3_600_000 })], [], { epoch: NIGHT + 1 });
    expect(risk()).toBe(1);
  });

  it('teaches nothing, and is no active day', () => {
    const before = { baseline: state.baselines.get(victim.id)?.events, days: state.lastDays.get(victim.id) };
    told([about(), about({ actor: anActor({ name: 'stranger' }) })]);

    expect({ baseline: state.baselines.get(victim.id)?.events, days: state.lastDays.get(victim.id) }).toEqual(before);
    expect(state.names.has(anActor({ name: 'stranger' }).id)).toBe(false);
    expect(state.learned.calibration.channels.has('service-finding')).toBe(false);
  });

  it('is not told where the settings say nothing of it', () => {
    const none = parseSettings({ detectors: { 'service-finding': 'off' } }, 'test');
    expect(told([about({ severity: 'critical' })], [], { context: sealContext(none) })).toEqual([]);
    const zero = parseSettings({ findings: { bits: { critical: 0 } } }, 'test');
    expect(told([about({ severity: 'critical' })], [], { context: sealContext(zero) })).toEqual([]);
  });

  it('makes no word of a dormant actor that did nothing itself', () => {
    const later = epochOf(AT + 40 * 86_400_000);
    told([about({ time: epochStart(later) })], [], { epoch: later });

    expect(state.episodes.get(victim.id)?.evidence.map(({ detector }) => detector)).toEqual(['service-finding']);
  });
});

describe('whom a finding is about', () => {
  const fn = anActor({
    id: '123456789012/function/arn:aws:lambda:eu-west-1:123456789012:function:pay',
    kind: 'function',
    name: 'pay',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:pay',
    role: 'arn:aws:iam::123456789012:role/service/pay-role',
  });
  const other = { ...fn, id: `${fn.id}-2`, arn: `${fn.arn}-2` };
  const byRole = (name: string, sessionName?: string, id = `123456789012/role/AROA-of-${name}`) =>
    about({ actor: anActor({ id, name, arn: `arn:aws:iam::123456789012:role/${name}` }), sessionName });
  const active = (actor: typeof fn) => [anActivityEvent({ actor, time: AT, action: anAction('s3:GetObject') })];

  it.each([
    {
      finding: byRole('pay-role', 'pay'),
      events: active(fn),
      id: fn.id,
      why: 'the function that a session of its role was',
    },
    {
      finding: byRole('pay-role', 'pay'),
      events: [...active(fn), ...active(other)],
      id: '123456789012/role/AROA-of-pay-role',
      why: 'the role where two functions could be meant',
    },
    {
      finding: byRole('pay-role', 'else'),
      events: active(fn),
      id: '123456789012/role/AROA-of-pay-role',
      why: 'the role where its session is another',
    },
    {
      finding: byRole(victim.name, undefined, '123456789012/role/name:x'),
      events: [],
      id: victim.id,
      why: 'the known role of that name',
    },
    {
      finding: byRole('unheard-of'),
      events: [],
      id: '123456789012/role/AROA-of-unheard-of',
      why: 'a role that nobody heard of',
    },
  ])('is $why', ({ finding, events, id }) => {
    told([finding], events);

    const episodes = [...state.episodes.values()].filter(({ evidence }) =>
      evidence.some(({ detector }) => detector === 'service-finding'),
    );
    expect(episodes.map(({ actor }) => actor.id)).toEqual([id]);
  });

  it('is called as CloudTrail calls it', () => {
    told([about({ actor: { ...victim, arn: 'arn:aws:iam::123456789012:role/guessed', name: 'guessed' } })]);

    expect(state.episodes.get(victim.id)?.actor).toMatchObject({ arn: victim.arn, name: victim.name });
  });

  it('keeps what the actor did in that hour with it', () => {
    const events = steadyHour(victim, NIGHT);
    told([about()], events);

    expect(state.baselines.get(victim.id)?.events).toBe(
      (decodeState(saved).baselines.get(victim.id)?.events ?? 0) + events.length,
    );
  });
});
