import { type Actor, preferredActor } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdentify } from './identify.ts';

const ACCOUNT = '111122223333';
const SESSIONS = 10_000;

function session(roleName: string, name: string) {
  return {
    type: 'AssumedRole',
    principalId: `AROA${roleName}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${name}`,
    accountId: ACCOUNT,
    sessionContext: {
      sessionIssuer: {
        principalId: `AROA${roleName}`,
        arn: `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
        userName: roleName,
      },
    },
  };
}

function actorsOf(roleName: string): Set<Actor> {
  const identify = createIdentify();
  const names = Array.from({ length: SESSIONS }, (_, index) => `run-${index}`);
  return new Set(names.map((name) => identify(session(roleName, name), ACCOUNT).actor));
}

describe('createIdentify', () => {
  it('makes one actor of 10,000 session names of an ordinary role', () => {
    expect(actorsOf('Orders').size).toBe(1);
  });

  it('makes 10,000 actors of as many people, all pointing to one shared role object', () => {
    const people = [...actorsOf('AWSReservedSSO_Admin_0123456789abcdef')];

    expect(new Set(people.map(({ id }) => id)).size).toBe(SESSIONS);
    expect(new Set(people.map(({ sharedRole }) => sharedRole)).size).toBe(1);
    expect(people[0]?.sharedRole).toBeDefined();
  });

  it('keeps the shared role shared when more people come than are remembered', () => {
    const identify = createIdentify();
    const roles = new Set<Actor | undefined>();
    for (let index = 0; index < 70_000; index++) {
      roles.add(identify(session('AWSReservedSSO_Admin_0123456789abcdef', `p${index}`), ACCOUNT).actor.sharedRole);
    }

    expect(roles.size).toBe(1);
  });

  it('shares the actor among records, keys and repeated sessions', () => {
    const identify = createIdentify();

    const first = identify({ ...session('Orders', 'a'), accessKeyId: 'ASIA1' }, ACCOUNT);
    const again = identify({ ...session('Orders', 'a'), accessKeyId: 'ASIA2' }, ACCOUNT);

    expect(again).toBe(first);
  });

  it.each([
    { change: { sessionContext: { sessionIssuer: { principalId: 'AROAOrders', userName: 'Bills' } } }, why: 'name' },
    { change: { type: 'AWSService', invokedBy: 'x.amazonaws.com' }, why: 'type' },
    { change: { invokedBy: 'athena.amazonaws.com' }, why: 'invokedBy' },
    { change: { sessionContext: { sessionIssuer: { principalId: 'AROAOTHER' } } }, why: 'issuer' },
    {
      change: { sessionContext: { ...session('Orders', 'a').sessionContext, ec2RoleDelivery: '1.0' } },
      why: 'delivery',
    },
    {
      change: {
        inScopeOf: { issuerType: 'AWS::Lambda::Function', sourceArn: `arn:aws:lambda:x:${ACCOUNT}:function:f` },
      },
      why: 'scope',
    },
    {
      change: {
        sessionContext: { ...session('Orders', 'a').sessionContext, webIdFederationData: { federatedProvider: 'x' } },
      },
      why: 'web identity',
    },
  ])('does not take one identity for another that differs in $why', ({ change }) => {
    const identify = createIdentify();
    const plain = identify(session('Orders', 'a'), ACCOUNT);
    const changed = { ...session('Orders', 'a'), ...change };

    expect(identify(changed, ACCOUNT)).toEqual(createIdentify()(changed, ACCOUNT));
    expect(identify(changed, ACCOUNT).actor).not.toEqual(plain.actor);
  });

  it('gives the same actors whatever order the records come in', () => {
    const oneRole = fc.record(
      {
        type: fc.constantFrom('AssumedRole', 'Nonsense'),
        principalId: fc.constantFrom('AROA1:a', 'AROA1:b', 'AROA1'),
        arn: fc.constantFrom(`arn:aws:sts::${ACCOUNT}:assumed-role/R/a`, ''),
        accountId: fc.constantFrom(ACCOUNT, undefined),
        invokedBy: fc.constantFrom('x.amazonaws.com', undefined),
        sessionContext: fc.constantFrom(
          { sessionIssuer: { principalId: 'AROA1', arn: `arn:aws:iam::${ACCOUNT}:role/path/R`, userName: 'R' } },
          { sessionIssuer: {}, ec2RoleDelivery: '2.0' },
          {},
        ),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(oneRole, { maxLength: 12 }), (identities) => {
        const forward = createIdentify();
        const backward = createIdentify();
        const one = identities.map((identity) => forward(identity, ACCOUNT).actor);
        const other = identities.toReversed().map((identity) => backward(identity, ACCOUNT).actor);

        expect(other.reverse()).toEqual(one);
        expect(preferredById(one)).toEqual(preferredById(one.toReversed()));
      }),
    );
  });
});

function preferredById(actors: readonly Actor[]): ReadonlyMap<string, Actor> {
  const preferred = new Map<string, Actor>();
  for (const actor of actors) {
    const known = preferred.get(actor.id);
    preferred.set(actor.id, known === undefined ? actor : preferredActor(known, actor));
  }
  return preferred;
}
