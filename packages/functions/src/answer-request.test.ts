import { approverOf, executePlan } from '@portcullis/respond';
import {
  AT,
  aBusyAccount,
  aCut,
  aPlan,
  aPolicy,
  GUARD_OF,
  memoryAccount,
  memoryPorts,
} from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';
import { answerRequest, type RevocationRequest } from './answer-request.ts';
import { callerOf } from './caller-of.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
const ERIN = approverOf('arn:aws:iam::111122223333:user/erin');
const LINKED = approverOf('arn:aws:sts::111122223333:assumed-role/orders/s1');

async function setUp() {
  const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
  const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
  const inForce = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);
  const waits = { ...aCut({ kind: 'close-function-url', function: FUNCTION }, FUNCTION), start: 'person' as const };
  const plan = { ...aPlan([inForce, waits]), linked: ['arn:aws:iam::111122223333:role/app/orders'] };
  await executePlan(plan, policy, GUARD_OF(policy), ports);
  const wentOn: object[] = [];
  const ask = (request: Partial<RevocationRequest>) =>
    answerRequest({ caller: ERIN, ...request }, ports, (what) => {
      wentOn.push(what);
      return Promise.resolve();
    });
  return { ask, ports, wentOn, inForce: inForce.id, waits: waits.id };
}

describe('answerRequest', () => {
  it('lists, and shows one with its history', async () => {
    const { ask, inForce, waits } = await setUp();

    expect(await ask({})).toMatchObject({ status: 200, body: { revocations: [{ id: waits }, { id: inForce }] } });
    expect(await ask({ id: inForce })).toMatchObject({ status: 200, body: { id: inForce, history: { length: 5 } } });
  });

  it('takes an approval and has it acted on by somebody else', async () => {
    const { ask, ports, wentOn, waits } = await setUp();

    expect(await ask({ id: waits, verb: 'approve' })).toEqual({ status: 202, body: { kind: 'approved' } });

    expect(wentOn).toEqual([{}]);
    expect(ports.ledger.entries.at(-1)?.change).toEqual({ kind: 'approved', by: ERIN.arn });
  });

  it.each([
    { verb: 'reject', id: 'waits', body: { reason: 'known' }, status: 200 },
    { verb: 'hold', id: 'inForce', body: { reason: 'looking' }, status: 200 },
    { verb: 'extend', id: 'inForce', body: { until: '2026-11-24T10:00:00Z' }, status: 200 },
    { verb: 'revert', id: 'inForce', body: { reason: 'a deployment' }, status: 202 },
  ] as const)('takes $verb', async ({ verb, id, body, status }) => {
    const { ask, ...ids } = await setUp();

    expect(await ask({ id: ids[id], verb, body: JSON.stringify(body) })).toMatchObject({ status });
  });

  it.each([
    { request: { caller: undefined }, status: 401, why: 'nobody vouches for it' },
    { request: { id: 'rev-none' }, status: 404, why: 'there is none' },
    { request: { verb: 'delete' }, status: 404, why: 'not a thing to say' },
    { request: { verb: 'reject', body: '{}' }, status: 400, why: 'no reason' },
    { request: { verb: 'reject', body: '{"reason":' }, status: 400, why: 'no JSON' },
    { request: { verb: 'extend', body: '{"until":"soon"}' }, status: 400, why: 'no time' },
    { request: { verb: 'reject', body: JSON.stringify({ reason: 'x'.repeat(501) }) }, status: 400, why: 'a novel' },
    { request: { verb: 'approve', caller: LINKED }, status: 409, why: 'on whom it is' },
    { request: { verb: 'revert', body: '{"reason":"x"}', caller: LINKED }, status: 409, why: 'on whom it is' },
  ])('answers $status where $why', async ({ request, status }) => {
    const { ask, ports, wentOn, waits } = await setUp();
    const before = ports.ledger.entries.length;

    expect(await ask({ id: waits, ...request })).toMatchObject({ status, body: { error: expect.any(String) } });
    expect(ports.ledger.entries).toHaveLength(before);
    expect(wentOn).toEqual([]);
  });
});

describe('callerOf', () => {
  const token = (claims: object) => ({
    authorizer: { jwt: { claims: { iss: 'https://login', sub: 's-1', ...claims } } },
  });

  it.each([
    {
      context: { authorizer: { iam: { userArn: 'arn:aws:iam::111122223333:user/erin' } } },
      caller: { arn: 'arn:aws:iam::111122223333:user/erin' },
      why: 'by AWS',
    },
    { context: token({}), caller: { arn: 'https://login#s-1' }, why: 'by a token without an address' },
    {
      context: token({ email: 'dana@example.com', email_verified: 'true' }),
      caller: { arn: 'https://login#s-1', sourceIdentity: 'dana@example.com' },
      why: 'by a verified address: one person with her session of Identity Center',
    },
    {
      context: token({ email: 'dana@example.com', email_verified: 'false' }),
      caller: { arn: 'https://login#s-1' },
      why: 'an address that anybody could have given',
    },
    { context: {}, caller: undefined, why: 'by nobody' },
    { context: { authorizer: { jwt: { claims: { sub: 's-1' } } } }, caller: undefined, why: 'a token of nobody' },
  ])('$why', ({ context, caller }) => {
    expect(callerOf(context)).toEqual(caller);
  });
});
