import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../organization.ts';
import { randomStream } from '../../random.ts';
import { simulate } from '../../simulate.ts';
import type { SimulatedRecord } from '../../world.ts';
import { organization } from './organization.ts';

const world = organization({ seed: 8, actors: 60, days: 12, half: 'test', volume: 0.5 });
const records = [...simulate(world, 2)];

/** By role or user, without what services and sign-in do for them. */
const work = Map.groupBy(
  records.filter(({ record }) => record.userIdentity.invokedBy === undefined && record.userIdentity.accessKeyId),
  ({ record }) => `${record.recipientAccountId}/${nameOf(record.userIdentity)}`,
);

/** What a member does itself; people who share a role are told by their sessions' names. */
function workOf(member: Member): readonly SimulatedRecord[] {
  const done = work.get(`${member.account.id}/${member.principalName}`) ?? [];
  const { arn } = member.session(world.start + 3 * DAY_MS, randomStream('test')).identity;
  return member.kind === 'person' ? done.filter(({ record }) => record.userIdentity.arn === arn) : done;
}

describe('a member, as stories know it', () => {
  it.each(kindsOf(world.members))('$kind: a session in the midst of its work is the very one in use', ({ member }) => {
    const done = workOf(member);
    const keys = new Set(done.map(({ record }) => record.userIdentity.accessKeyId));
    const asked = done.filter((_, index) => index % Math.ceil(done.length / 20) === 0);
    const sessions = asked.map(({ time }) => member.session(time + 10_000, randomStream('test')));

    expect(sessions.length).toBeGreaterThan(0);
    expect(sessions.map(({ identity }) => identity.accessKeyId).filter((key) => !keys.has(key))).toEqual([]);
  });

  it.each(kindsOf(world.members))('$kind: a session looks like its ordinary ones', ({ member }) => {
    const done = workOf(member);
    const shapes = new Set(done.map(({ record }) => shapeOf(record.userIdentity)));

    for (let hour = 0; hour < 24; hour += 5) {
      const at = world.start + 5 * DAY_MS + hour * HOUR_MS;
      expect([...shapes]).toContain(shapeOf(member.session(at, randomStream('test')).identity));
    }
  });

  it('is never made after the moment it is asked for', () => {
    for (const member of world.members) {
      for (const at of moments(world.start)) {
        const { creationDate } = Object(
          Object(member.session(at, randomStream('test')).identity.sessionContext).attributes,
        );
        if (creationDate) expect(Date.parse(creationDate), member.id).toBeLessThanOrEqual(at);
      }
    }
  });

  it('calls from the client given, else from its own', () => {
    const client = { address: '95.216.4.4', userAgent: 'curl' };
    for (const member of world.members.filter(({ kind }) => kind !== 'service')) {
      const at = world.start + 4.5 * DAY_MS;
      const [given, usual] = [
        member.session(at, randomStream('test'), client),
        member.session(at, randomStream('test')),
      ];

      expect(given).toMatchObject(client);
      expect(usual).toMatchObject(member.client(at, randomStream('test')));
      expect(given.identity).toEqual(usual.identity);
      expect(given.account).toBe(member.account.id);
    }
  });

  it('has habits that it shows, and things to read', () => {
    for (const member of world.members) {
      const made = member.habits.map(({ make }) => make(randomStream('test')).name);
      expect(made.length, member.id).toBeGreaterThan(0);
      expect(member.resources.length, member.id).toBeGreaterThan(0);
      expect(member.resources.every(({ account }) => account.id === member.account.id)).toBe(true);
    }
  });
});

/** One busy member of each kind. */
function kindsOf(members: readonly Member[]) {
  return [...Map.groupBy(members, ({ kind }) => kind)].flatMap(([kind, those]) => {
    const member = those.toSorted((a, b) => workOf(b).length - workOf(a).length)[0];
    return member === undefined || kind === 'service' ? [] : [{ kind, member }];
  });
}

function moments(start: EpochMs): readonly EpochMs[] {
  return [3.1, 5.5, 7.9].map((days) => start + days * DAY_MS);
}

function nameOf(identity: SimulatedRecord['record']['userIdentity']): string {
  return String(Object(Object(identity.sessionContext).sessionIssuer).userName ?? identity.userName);
}

/** Names of the fields, at every depth. */
function shapeOf(identity: object): string {
  return Object.entries(identity)
    .map(([name, value]) => (typeof value === 'object' && value !== null ? `${name}(${shapeOf(value)})` : name))
    .join();
}
