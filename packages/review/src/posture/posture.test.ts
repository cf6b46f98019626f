import type { ActivityEvent } from '@portcullis/event';
import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { ReviewInputError } from '../errors.ts';
import { trustOf } from '../policy/statement.ts';
import { aRole } from '../testing/builders.ts';
import { createCredentialsCollector } from './collect-credentials.ts';
import { readCredentialReport } from './credential-report.ts';
import { posture } from './posture.ts';

const ACCOUNT = '123456789012';
const ana = anActor({ kind: 'user', name: 'ana', arn: `arn:aws:iam::${ACCOUNT}:user/ana`, peerGroup: 'user' });
const root = anActor({ kind: 'user', name: 'root', arn: `arn:aws:iam::${ACCOUNT}:root`, root: true });
const login = { action: anAction('signin:ConsoleLogin'), identityType: 'IAMUser', actor: ana };

function useOf(...events: readonly Partial<ActivityEvent>[]) {
  const collector = createCredentialsCollector();
  for (const event of events) collector.observe(anActivityEvent(event));
  return collector.credentials();
}

const told = (...events: readonly Partial<ActivityEvent>[]) =>
  posture({ use: useOf(...events) }).findings.map(
    ({ check, subject, detail }) => `${check} ${subject.split('/').at(-1)}: ${detail}`,
  );

describe('of events', () => {
  it.each([
    {
      events: [{ actor: root }],
      says: [`root-use arn:aws:iam::${ACCOUNT}:root: 1 call by the root user`],
      why: 'root at work',
    },
    {
      events: [{ actor: root, accessKeyId: 'AKIAROOT' }],
      says: [
        `root-use arn:aws:iam::${ACCOUNT}:root: 1 call by the root user`,
        `root-key arn:aws:iam::${ACCOUNT}:root: AKIAROOT, 1 call`,
      ],
      why: 'with a key',
    },
    { events: [{ actor: { ...root, via: 'x.amazonaws.com' } }], says: [], why: 'a service on its behalf' },
    {
      events: [login],
      says: ['console-without-mfa ana: signed in 1 time with a password alone'],
      why: 'a password alone',
    },
    { events: [{ ...login, mfa: true }], says: [], why: 'a second factor' },
    { events: [{ ...login, outcome: 'denied' as const }], says: [], why: 'not let in' },
    {
      events: [{ ...login, identityType: 'AssumedRole', actor: anActor() }],
      says: [],
      why: 'federated: its factor is not seen',
    },
    {
      events: [{ action: anAction('sts:GetFederationToken'), actor: ana }],
      says: ['federation-token ana: handed out 1 federation token'],
      why: 'a token',
    },
    {
      events: [{ accessKeyId: 'ASIA1' }, { accessKeyId: 'ASIA1', time: MONDAY + 13 * HOUR_MS }],
      says: ['long-session orders-api: one session in use for 13 hours'],
      why: 'half a day',
    },
    {
      events: [{ accessKeyId: 'ASIA1' }, { accessKeyId: 'ASIA1', time: MONDAY + 11 * HOUR_MS }],
      says: [],
      why: 'shorter',
    },
    {
      events: [
        { actor: ana, accessKeyId: 'AKIA1' },
        { actor: ana, accessKeyId: 'AKIA1', time: MONDAY + 2 * DAY_MS, network: aNetwork('198.51.100.0/24') },
      ],
      says: ['long-lived-key ana: AKIA1, in use for at least 2 days, 2 calls, from 2 networks'],
      why: 'a key in use',
    },
    {
      events: [
        { action: anAction('iam:CreateAccessKey'), minted: { accessKeyId: 'AKIA1' } },
        { actor: ana, accessKeyId: 'AKIA1', time: MONDAY + 91 * DAY_MS },
      ],
      says: ['key-not-rotated ana: AKIA1, made 91 days ago', 'long-lived-key ana: AKIA1, made 91 days ago, 1 call'],
      why: 'whose making was seen',
    },
    {
      events: [
        {
          action: anAction('sts:AssumeRole'),
          actor: anActor({ kind: 'account', account: '444455556666', name: '444455556666', arn: undefined }),
          resources: [`arn:aws:iam::${ACCOUNT}:role/target`],
        },
      ],
      says: ['role-open-to-outside target: taken up 1 time from account 444455556666'],
      why: 'from outside',
    },
    { events: [{}], says: [], why: 'ordinary' },
  ])('$why: $says', ({ events, says }) => {
    expect(told(...events)).toEqual(says);
  });

  it('says the same in any order', () => {
    const events = [
      { accessKeyId: 'AKIA1', actor: ana },
      { ...login },
      { accessKeyId: 'AKIA1', actor: ana, time: MONDAY + DAY_MS },
    ];

    expect(posture({ use: useOf(...events.toReversed()) })).toEqual(posture({ use: useOf(...events) }));
  });
});

describe('of trust', () => {
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
  it.each([
    { principal: { AWS: '*' }, more: {}, says: 'trusts everybody' },
    { principal: { AWS: '*' }, more: condition, says: 'trusts everybody, on a condition' },
    { principal: { AWS: '444455556666' }, more: {}, says: 'trusts 444455556666, on no condition' },
    {
      principal: { AWS: 'arn:aws:iam::444455556666:root' },
      more: condition,
      says: 'trusts arn:aws:iam::444455556666:root, on a condition',
    },
    { principal: { AWS: 'arn:aws:iam::111122223333:root' }, more: {}, says: undefined },
    { principal: { Service: 'ec2.amazonaws.com' }, more: {}, says: undefined },
    {
      principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/ci' },
      more: { Condition: { StringEquals: { 'ci:aud': 'x' } } },
      says: 'trusts arn:aws:iam::111122223333:oidc-provider/ci for whatever subject',
    },
    {
      principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/ci' },
      more: { Condition: { StringLike: { 'ci:sub': 'repo:a/*' } } },
      says: undefined,
    },
  ])('$principal: $says', ({ principal, more, says }) => {
    const trust =
      trustOf({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }] }) ?? [];

    expect(posture({ use: useOf(), principals: [aRole([], { trust })] }).findings[0]?.detail).toBe(says);
  });
});

describe('of a credential report', () => {
  const head =
    'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active';
  const old = '2025-01-01T00:00:00+00:00';
  const csv = [
    head,
    `<root_account>,arn:aws:iam::${ACCOUNT}:root,${old},not_supported,${old},false,true,${old},N/A,false`,
    `bo,arn:aws:iam::${ACCOUNT}:user/bo,${old},true,no_information,false,true,${old},${old},false`,
    `cy,arn:aws:iam::${ACCOUNT}:user/cy,${old},false,N/A,false,false,N/A,N/A,false`,
    `d,e,arn:aws:iam::${ACCOUNT}:user/d,e,${old},true,2026-03-01T00:00:00+00:00,false,false,N/A,N/A,false`,
  ].join('\n');

  it.each([
    { text: csv, why: 'CSV' },
    {
      text: JSON.stringify({ Content: Buffer.from(csv).toString('base64'), ReportFormat: 'text/csv' }),
      why: 'as the CLI prints it',
    },
  ])('$why tells what is old, unused or without a second factor', ({ text }) => {
    const { findings, basis } = posture({ use: useOf({}), report: readCredentialReport(text) });

    expect(findings.map(({ check, subject }) => `${check} ${subject.split(/[/:]/).at(-1)}`)).toEqual([
      'root-key root',
      'console-without-mfa root',
      'console-without-mfa bo',
      'console-without-mfa d,e',
      'key-not-rotated bo',
      'key-unused bo',
      'password-unused bo',
    ]);
    expect(basis).toEqual(['events', 'credential-report']);
  });

  it.each([
    { text: 'a,b\n1,2', why: 'other columns' },
    { text: '{"Content":1}', why: 'other JSON' },
    { text: `${head}\n1,2`, why: 'a cut line' },
  ])('refuses $why', ({ text }) => {
    expect(() => readCredentialReport(text)).toThrow(ReviewInputError);
  });
});
