import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { getCallerIdentity, listUsers } from '../calls/identity.ts';
import { describeInstances } from '../calls/operations.ts';
import type { Loudness, MemberKind, StorySetting } from '../organization.ts';
import { randomStream } from '../random.ts';
import { toThisEnd } from './attack-story.ts';
import { inVain, tale } from './tale.ts';
import { handMadeOrganization, WORLD_START } from './testing/hand-made-organization.ts';

const organization = handMadeOrganization();

function aTale(loudness: Loudness, { kind = 'function' as MemberKind, seed = 1, labelled = true } = {}) {
  const victim = organization.members.find((member) => member.kind === kind);
  if (victim === undefined) throw new Error(`no ${kind}`);
  const at = WORLD_START + 8 * DAY_MS + 10 * HOUR_MS;
  const setting: StorySetting = { organization, victim, at, loudness, random: randomStream('tale', loudness, seed) };
  return tale('a-story', 'tuning', setting, { labelled });
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe('the intruder’s client', () => {
  const own = aTale('loud').victim.client(0, randomStream());
  const clients = (loudness: Loudness) => seeds.map((seed) => aTale(loudness, { seed }).client);

  it('shares neither network nor tool with a loud telling’s victim, and differs from telling to telling', () => {
    const loud = clients('loud');

    expect(loud.filter(({ address, userAgent }) => address === own.address || userAgent === own.userAgent)).toEqual([]);
    expect(new Set(loud.map(({ address }) => address.split('.')[0])).size).toBeGreaterThan(6);
    expect(new Set(loud.map(({ userAgent }) => userAgent.split('/')[0])).size).toBeGreaterThan(3);
  });

  it('differs in one or both in a medium telling', () => {
    const differences = clients('medium').map(
      ({ address, userAgent }) => Number(address !== own.address) + Number(userAgent !== own.userAgent),
    );

    expect(new Set(differences)).toEqual(new Set([1, 2]));
  });

  it('is the victim’s own or next door in a quiet telling', () => {
    for (const { address, userAgent } of clients('quiet')) {
      expect(userAgent).toBe(own.userAgent);
      expect(address.split('.').slice(0, 2)).toEqual(own.address.split('.').slice(0, 2));
    }
  });
});

describe('a step', () => {
  const deeds = toThisEnd('T1087.004', ...Array.from({ length: 30 }, listUsers));

  it('labels every record, or none in a look-alike', () => {
    const told = aTale('loud');
    const twin = aTale('loud', { labelled: false });
    told.step('looking', told.asVictim, deeds);
    twin.step('looking', twin.asVictim, deeds);

    expect(told.records.map(({ label }) => label)).toEqual(
      deeds.map(() => ({ story: 'a-story', step: 'looking', technique: 'T1087.004' })),
    );
    expect(twin.records.some(({ label }) => label)).toBe(false);
  });

  it('has usual calls as cover when quiet, and only for the victim’s credentials', () => {
    const covered = aTale('quiet');
    const other = aTale('quiet');
    const loud = aTale('loud');
    covered.step('looking', covered.asVictim, deeds);
    other.step('looking', other.victim.session(0, other.random), deeds);
    loud.step('looking', loud.asVictim, deeds);
    const usual = covered.records.filter(({ record }) => record.eventName !== 'ListUsers').length;

    expect(usual).toBeGreaterThanOrEqual(deeds.length);
    expect([other.records.length, loud.records.length]).toEqual([deeds.length, deeds.length]);
  });

  it('is refused in the words of the service', () => {
    const told = aTale('loud');
    told.step('tried', told.asVictim, inVain('T1580', describeInstances(), getCallerIdentity()));

    expect(told.records.map(({ record }) => record.errorCode)).toEqual([
      'Client.UnauthorizedOperation',
      'AccessDenied',
    ]);
    expect(String(told.records[0]?.record.errorMessage)).toContain(told.victim.principalName);
  });

  it('keeps one session a day', () => {
    const told = aTale('loud');
    told.step('looking', told.asVictim, deeds);
    const keys = told.records.map(({ record }) => record.userIdentity.accessKeyId);

    expect(new Set(keys).size).toBe(1);
  });
});
