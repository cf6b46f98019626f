import { type ActivityEvent, type Actor, DAY_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { readNetworkExport } from './network-export.ts';
import { createInvokeCollector, reviewFunctions } from './review-function.ts';
import { DEFAULT_SEGMENT } from './segment.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:orders-api';
const CALLER = 'arn:aws:iam::111122223333:role/caller';

function policy(statement: object) {
  const written = { Sid: 'one', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION, ...statement };
  return readNetworkExport([{ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [written] }) }]).functions;
}

function invoked(day: number, actor: Partial<Actor>, address: string): ActivityEvent {
  return {
    id: String(day),
    source: 'cloudtrail',
    account: '111122223333',
    region: 'eu-west-1',
    time: Date.UTC(2026, 0, 1) + day * DAY_MS,
    actor: {
      id: 'caller',
      kind: 'role',
      account: '111122223333',
      name: 'caller',
      peerGroup: 'role',
      revocable: true,
      root: false,
      ...actor,
    },
    action: {
      name: 'lambda:InvokeFunction',
      service: 'lambda',
      mapping: 'mapped',
      accessLevel: 'Write',
      effect: 'changes',
      alsoNeeds: [],
    },
    outcome: 'success',
    network: { kind: address.includes('amazonaws') ? 'service' : 'public', address, prefix: address },
    agent: { text: 'sdk', product: 'sdk', family: 'sdk' },
    identityType: 'AssumedRole',
    mfa: false,
    console: false,
    resources: [FUNCTION],
    grants: [],
  };
}

const byService = (day: number) =>
  invoked(day, { kind: 'service', account: 'unknown', name: 'sns.amazonaws.com' }, 'sns.amazonaws.com');
const byRole = (day: number) => invoked(day, { arn: CALLER }, '203.0.113.7');
const ALWAYS = Array.from({ length: 95 }, (_, day) => day);

it.each([
  { principal: { Service: 'sns.amazonaws.com' }, by: byService, why: 'used' },
  { principal: { Service: 's3.amazonaws.com' }, by: byService, why: 'unused' },
  { principal: { AWS: CALLER }, by: byRole, why: 'used' },
  { principal: { AWS: '111122223333' }, by: byRole, why: 'used' },
  { principal: { AWS: 'arn:aws:iam::111122223333:role/other' }, by: byRole, why: 'unused' },
  { principal: { AWS: '444455556666' }, by: byRole, why: 'unused' },
  { principal: '*', by: byRole, why: 'used' },
  { principal: { Service: 's3.amazonaws.com' }, by: byRole, dataEvents: false, why: 'unseen' },
  { principal: { Service: 's3.amazonaws.com' }, by: byRole, days: 30, why: 'history-too-short' },
])('a statement for $principal is $why', ({ principal, by, dataEvents = true, days = 95, why }) => {
  const collector = createInvokeCollector();
  for (const day of ALWAYS.slice(0, days)) collector.observe(by(day));

  const [change] = reviewFunctions(policy({ Principal: principal }), collector.record(), DEFAULT_SEGMENT, dataEvents);

  expect(change).toMatchObject({ functionArn: FUNCTION, why, kind: why === 'unused' ? 'remove' : 'keep' });
});

it.each([
  { apiId: 'abc', why: 'used' },
  { apiId: 'other', why: 'unseen' },
])('a statement for an API is $why by the access log of $apiId', ({ apiId, why }) => {
  const SourceArn = 'arn:aws:execute-api:eu-west-1:111122223333:abc/*/*/orders';
  const collector = createInvokeCollector();
  for (const day of ALWAYS) {
    collector.observeRequest({
      source: 'api-gateway',
      id: String(day),
      time: Date.UTC(2026, 0, 1) + day * DAY_MS,
      account: '111122223333',
      apiId,
      stage: 'prod',
      route: 'GET /orders',
      path: '/orders',
      status: 200,
      sourceIp: '203.0.113.7',
      userAgent: 'app',
      caller: undefined,
      apiKeyId: undefined,
      authorizerError: undefined,
      responseBytes: 1,
      latencyMs: 1,
      integrationRequestId: 'r',
    });
  }
  const functions = policy({
    Principal: { Service: 'apigateway.amazonaws.com' },
    Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } },
  });

  expect(reviewFunctions(functions, collector.record(), DEFAULT_SEGMENT, false)[0]?.why).toBe(why);
});
