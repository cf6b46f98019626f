import { parseAlert } from '@portcullis/contract';
import { EPOCH_MS, epochOf, HOUR_MS } from '@portcullis/event';
import type { Finding } from '@portcullis/score';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { closeAlert, decideAlert, isOver } from './decide-alert.ts';
import type { Setting } from './describe-alert.ts';
import { type Episode, joinFindings, openEpisode } from './episode.ts';

const SETTINGS = {
  allowanceBits: 3.5,
  familyDiscount: 0.35,
  decayHalfLifeHours: 36,
  budgetPer100ActorsPerWeek: 1,
  closeAfterHours: 48,
};

const EPOCH = epochOf(MONDAY);

function setting(at = MONDAY + EPOCH_MS): Setting {
  return {
    at,
    history: { events: 81_240, days: 41, activeDays: 40 },
    activeActors: 300,
    mode: 'replay',
    configVersion: 'c1',
    baselineVersion: '1',
  };
}

function aFinding(overrides: Partial<Finding> = {}): Finding {
  const value = overrides.value ?? 'iam:CreateAccessKey';
  return {
    detector: 'new-action',
    family: 'what',
    value,
    bits: 13.5,
    impact: 1.8,
    observed: value,
    usual: 'dynamodb:GetItem 81,234 times, in 41 days',
    reason: 'never used by this role',
    techniques: ['T1098.001'],
    first: MONDAY,
    last: MONDAY,
    count: 1,
    witnesses: [anActivityEvent({ id: `witness of ${value}`, action: anAction(value) })],
    always: false,
    ...overrides,
  };
}

const LOUD = [aFinding(), aFinding({ detector: 'new-network', family: 'where', value: '198.51.100.0/24', impact: 1 })];
const QUIET = [aFinding({ value: 'iam:ListUsers', impact: 0.6 })];

function decide(findings: readonly Finding[], episode: Episode = openEpisode(anActor(), EPOCH), at?: number) {
  return decideAlert(joinFindings(episode, findings), SETTINGS, setting(at));
}

describe('decideAlert', () => {
  it('tells how severe it is by the harm done, not by who did it', () => {
    const severityFor = (overrides: Partial<Finding>) =>
      decide([
        aFinding({ bits: 15, ...overrides }),
        aFinding({ detector: 'new-network', family: 'where', value: 'elsewhere', bits: 16, impact: 0.9 }),
      ]).event?.detail.data.severity;

    expect(severityFor({ impact: 1.8 })).toBe('HIGH');
    expect(severityFor({ impact: 1.8, harm: 0.9 })).toBe('LOW');
  });

  it('tells an episode above the threshold once, as the contract says', () => {
    const { event, episode } = decide(LOUD);

    expect(parseAlert(event)).toMatchObject({
      'detail-type': 'Anomaly Detected',
      detail: {
        metadata: { revision: 1, mode: 'replay' },
        data: {
          severity: 'HIGH',
          risk: 27.5, // 28 when it happened, told at the end of the hour
          confidence: 'high',
          title:
            'Role orders-api used iam:CreateAccessKey for the first time and came from a network it has never used',
          techniques: ['T1098.001'],
          baseline: { events: 81_240, days: 41 },
        },
      },
    });
    expect(decideAlert(episode, SETTINGS, setting()).event).toBeUndefined();
  });

  it('keeps quiet below the threshold, but keeps the evidence', () => {
    const { event, episode } = decide(QUIET);

    expect(event).toBeUndefined();
    expect(decide(LOUD, episode).event?.detail.data.risk).toBeGreaterThan(28);
  });

  it('tells again when the risk has grown, with the same id and the next revision', () => {
    const first = decide(LOUD);
    const more = decide(
      [aFinding({ detector: 'call-rate', family: 'how-much', value: 'calls per hour' })],
      first.episode,
    );

    expect(more.event).toMatchObject({
      'detail-type': 'Anomaly Updated',
      detail: { metadata: { id: first.event?.detail.metadata.id, revision: 2 } },
    });
  });

  it('has nothing to tell of nothing, however large the budget', () => {
    const faded = joinFindings(openEpisode(anActor(), EPOCH), [aFinding({ bits: 3.55, impact: 0.6 })]);

    const { event } = decideAlert(faded, { ...SETTINGS, budgetPer100ActorsPerWeek: 100 }, setting());

    expect(event).toBeUndefined();
  });

  it('tells what is on the short list whatever the risk', () => {
    const always = decide([aFinding({ detector: 'log-tampering', bits: 0, impact: 3, always: true })]);

    expect(always.event?.detail.data).toMatchObject({ severity: 'HIGH', risk: 0 });
  });

  it('the same finding again counts once', () => {
    const once = joinFindings(openEpisode(anActor(), EPOCH), [aFinding()]);
    const twice = joinFindings(once, [aFinding({ bits: 10 })]);

    expect(twice.evidence).toHaveLength(1);
    expect(twice.evidence[0]).toMatchObject({ bits: 13.5, count: 2 });
  });

  it('every event it tells satisfies the contract and adds up', () => {
    const findings = fc.array(
      fc.record({
        value: fc.string({ minLength: 1 }),
        bits: fc.double({ min: 0, max: 20, noNaN: true }),
        impact: fc.constantFrom(0.6, 1, 1.8, 3),
        family: fc.constantFrom('what', 'where', 'how-much'),
        always: fc.boolean(),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(findings, (specs) => {
        const { event } = decide(specs.map((spec) => aFinding(spec as Partial<Finding>)));
        if (event !== undefined) parseAlert(event);
      }),
    );
  });
});

describe('closing', () => {
  it('waits two days after the last evidence, then repeats the last word', () => {
    const { episode } = decide(LOUD);

    expect(isOver(episode, MONDAY + 47 * HOUR_MS, SETTINGS)).toBe(false);
    expect(isOver(episode, MONDAY + 48 * HOUR_MS, SETTINGS)).toBe(true);
    const closed = closeAlert(episode, SETTINGS, setting(MONDAY + 49 * HOUR_MS)).event;
    expect(parseAlert(closed)).toMatchObject({
      'detail-type': 'Anomaly Closed',
      detail: { metadata: { revision: 2 }, data: { risk: 28 } },
    });
  });

  it('is silent about what was never told', () => {
    expect(closeAlert(decide(QUIET).episode, SETTINGS, setting()).event).toBeUndefined();
  });
});

describe('the dry-run plan', () => {
  const cut = (actor = anActor(), findings: readonly Finding[] = LOUD) =>
    decide(findings, openEpisode(actor, EPOCH)).event?.detail.data.response.plan;

  it('denies the unusual actions and nothing else', () => {
    expect(cut()).toEqual([
      {
        action: 'deny-actions',
        target: 'arn:aws:iam::123456789012:role/orders-api',
        actions: ['iam:CreateAccessKey'],
        reason: 'never needed before this episode, so what the actor usually does goes on',
        reversible: 'exact',
      },
    ]);
  });

  it.each([
    { actor: anActor({ root: true }), why: 'a root' },
    { actor: anActor({ revocable: false }), why: 'a foreign or unknown identity' },
    { actor: anActor({ arn: 'arn:aws:iam::1:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX' }), why: 'AWS' },
    {
      actor: anActor({ arn: 'arn:aws:iam::1:role/OrganizationAccountAccessRole' }),
      why: 'the way in for the organisation',
    },
    { actor: anActor({ arn: 'arn:aws:iam::1:role/stacksets-exec-1234' }), why: 'the platform' },
  ])('plans nothing against $why', ({ actor }) => {
    expect(cut(actor)).toEqual([]);
  });

  it('plans nothing where IAM does not know the action', () => {
    const action = anAction('signin:ConsoleLogin', { mapping: 'unmapped' });
    const finding = aFinding({ value: 'signin:ConsoleLogin', witnesses: [anActivityEvent({ action })] });

    expect(cut(anActor(), [finding, LOUD[1] as Finding])).toEqual([]);
  });

  it('leaves a person behind a permission set to a person', () => {
    const role = anActor({ arn: 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_1' });
    const plan = cut(anActor({ kind: 'person', name: 'mara', sharedRole: role }));

    expect(plan).toMatchObject([{ target: role.arn, reversible: 'manual' }]);
  });
});
