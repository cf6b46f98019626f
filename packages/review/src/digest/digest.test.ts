import { readFileSync } from 'node:fs';
import type { AnomalyData, AnomalyEvent, Verdict } from '@portcullis/contract';
import { describe, expect, it } from 'vitest';
import { review } from '../review.ts';
import { DEFAULT_REVIEW } from '../settings.ts';
import { ACCOUNT, aPolicy, aRecord, aRole, aUse, someUsage } from '../testing/builders.ts';
import { type DigestActor, type DigestAlert, type DigestInput, digest } from './digest.ts';

const FROM = Date.UTC(2026, 10, 16);
const TO = Date.UTC(2026, 10, 23);
const example: AnomalyEvent = JSON.parse(
  readFileSync(new URL('../../../../docs/schemas/examples/anomaly-detected.json', import.meta.url), 'utf8'),
);

interface Told extends Partial<Omit<DigestAlert, 'event'>> {
  readonly id?: string;
  readonly data?: Partial<AnomalyData>;
}

function anAlert({ id = 'a', data = {}, told = FROM, ...rest }: Told = {}): DigestAlert {
  const { detail } = example;
  const event = { ...example, detail: { metadata: { ...detail.metadata, id }, data: { ...detail.data, ...data } } };
  return { event, told, closed: false, verdict: undefined, againHours: 0, ...rest };
}

/** By somebody, whose weightiest evidence is this. */
function because(detector: string, observed: string, actor = 'ana'): Partial<AnomalyData> {
  const [first] = example.detail.data.evidence;
  if (first === undefined) throw new Error('an example without evidence');
  return {
    actor: { ...example.detail.data.actor, id: actor },
    evidence: [{ ...first, detector, observed, contribution: 9 }],
  };
}

function anActor(name: string, firstDay: string, lastDay: string, usual: DigestActor['usual'] = []): DigestActor {
  return { id: `1/${name}`, kind: 'person', name, firstDay, lastDay, usual };
}

function told(input: Partial<DigestInput>) {
  return digest({ from: FROM, to: TO, alerts: [], actors: [], ...input });
}

describe('what happened', () => {
  it.each([
    { why: 'the first instant of the week', at: FROM, counted: 1 },
    { why: 'the last instant before its end', at: TO - 1, counted: 1 },
    { why: 'the instant before it', at: FROM - 1, counted: 0 },
    { why: 'its end', at: TO, counted: 0 },
  ])('takes $why for $counted', ({ at, counted }) => {
    expect(told({ alerts: [anAlert({ told: at })] }).happened.told).toBe(counted);
  });

  it('counts answers once each; reopened is unanswered', () => {
    const verdicts: readonly (Verdict | undefined)[] = ['confirmed', 'dismissed', 'expected', 'reopened', undefined];
    const { happened } = told({ alerts: verdicts.map((verdict, i) => anAlert({ id: `${i}`, verdict })) });

    expect(happened).toMatchObject({ told: 5, confirmed: 1, harmless: 2, unanswered: 2 });
  });

  it('has the severest first, then the highest score, then by id, in whatever order they come', () => {
    const alerts = [
      anAlert({ id: 'c', data: { severity: 'MEDIUM', score: 90 } }),
      anAlert({ id: 'b', data: { severity: 'HIGH', score: 40 } }),
      anAlert({ id: 'd', data: { severity: 'CRITICAL', score: 10 } }),
      anAlert({ id: 'a', data: { severity: 'HIGH', score: 40 } }),
    ];

    expect(told({ alerts }).happened.alerts.map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c']);
    expect(told({ alerts: alerts.toReversed() })).toEqual(told({ alerts }));
    expect(told({ alerts }).happened.bySeverity).toEqual({ LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 1 });
  });
});

describe('what was learned', () => {
  const actors = [
    anActor('new', '2026-11-16', '2026-11-20', [
      { feature: 'action', value: 's3:GetObject', count: 90, firstDay: '2026-11-17' },
    ]),
    anActor('old', '2026-09-01', '2026-11-22', [
      { feature: 'action', value: 's3:GetObject', count: 400, firstDay: '2026-09-01' },
      { feature: 'action', value: 's3:PutObject', count: 7, firstDay: '2026-11-18' },
      { feature: 'region', value: 'eu-west-1', count: 12, firstDay: '2026-11-22' },
    ]),
    anActor('quiet', '2026-09-01', '2026-11-10'),
    anActor('long-gone', '2026-06-01', '2026-10-01'),
    anActor('later', '2026-11-23', '2026-11-23'),
  ];

  it('tells who came, and who went quiet lately', () => {
    const { learned } = told({ actors });

    expect(learned.actors).toBe(4);
    expect(learned.newActors.map(({ name }) => name)).toEqual(['new']);
    expect(learned.goneQuiet.map(({ name }) => name)).toEqual(['quiet']);
  });

  it('tells what became usual for those who were there before', () => {
    expect(told({ actors }).learned.values).toEqual([
      { actor: 'old', feature: 'region', value: 'eu-west-1', count: 12 },
      { actor: 'old', feature: 'action', value: 's3:PutObject', count: 7 },
    ]);
  });
});

describe('habits', () => {
  it('are what alerts more than once and nobody confirmed; those that cost most first', () => {
    const alerts = [
      anAlert({ id: '1', data: because('new-action', 'iam:CreateUser') }),
      anAlert({ id: '2', data: because('new-action', 'iam:CreateUser', 'ben'), verdict: 'dismissed' }),
      anAlert({ id: '3', data: because('new-action', 'iam:CreateUser', 'ben'), verdict: 'confirmed' }),
      anAlert({ id: '4', data: because('call-rate', '900 calls'), againHours: 3, verdict: 'expected' }),
      anAlert({ id: '5', data: because('new-region', 'eu-north-1') }),
      anAlert({ id: '6', data: because('new-agent', 'Boto'), told: TO, againHours: 9 }),
    ];

    expect(told({ alerts }).habits).toEqual([
      {
        detector: 'new-action',
        observed: 'iam:CreateUser',
        alerts: 2,
        actors: 2,
        againHours: 0,
        harmless: 1,
        advice: 'declare',
      },
      {
        detector: 'call-rate',
        observed: '900 calls',
        alerts: 1,
        actors: 1,
        againHours: 3,
        harmless: 1,
        advice: 'expect',
      },
    ]);
  });

  it('counts what came before the week too, and asks for an answer where there is none', () => {
    const twice = [FROM - 1, FROM].map((at, i) =>
      anAlert({ id: `${i}`, told: at, data: because('new-agent', 'Boto') }),
    );

    expect(told({ alerts: twice }).habits).toMatchObject([{ alerts: 2, advice: 'answer' }]);
  });
});

describe('what can go', () => {
  it('sums up the proposals, those that take most first, and says nothing without a review', () => {
    const everything = aPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const table = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
    const usage = aRecord(someUsage({ 'dynamodb:GetItem': aUse([table]) }));
    const reviews = review([aRole([everything])], usage, { ...DEFAULT_REVIEW, dataEvents: new Set(['*']) });
    const [one] = reviews;
    if (one?.kind !== 'proposed') throw new Error(`expected a proposal, got ${one?.kind}`);

    expect(told({ reviews }).permissions).toMatchObject({
      proposals: 1,
      riskRemoved: one.riskRemoved,
      riskBefore: one.riskBefore,
      first: [{ arn: one.principal.arn, kind: 'narrow', actionsAfter: one.actionsAfter }],
    });
    expect(told({})).not.toHaveProperty('permissions');
    expect(told({})).not.toHaveProperty('credentials');
  });
});
