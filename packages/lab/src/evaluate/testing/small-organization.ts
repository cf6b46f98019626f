import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { type CallHabit, habit, recorded } from '../../actors/recorded.ts';
import { getObject, listBuckets } from '../../calls/data.ts';
import { createAccessKey, listUsers } from '../../calls/identity.ts';
import type { Member, MemberKind, Organization, Story } from '../../organization.ts';
import type { Random } from '../../random.ts';
import { type Account, accessKeyIdOf } from '../../record/account.ts';
import { type Caller, type Client, roleSession } from '../../record/caller.ts';
import type { SimulatedActor, SimulatedRecord } from '../../world.ts';

const ACCOUNT: Account = { id: '111122223333', region: 'eu-west-1' };
const START = Date.UTC(2026, 2, 2);
const KINDS: readonly MemberKind[] = ['person', 'function', 'pipeline'];
const ELSEWHERE: Client = { address: '51.75.0.0', userAgent: 'aws-cli/2.28.11 md/awscrt#0.27.6 os/linux' };

export interface SmallOrganizationOptions {
  readonly days: number;
  readonly members?: number;
  /** Days on which the first member, for once, does what nobody does. */
  readonly oddDays?: readonly number[];
}

/** An organization of a few dull roles, enough to try the measuring on. */
export function smallOrganization({ days, members = 12, oddDays = [] }: SmallOrganizationOptions): Organization {
  const everybody = Array.from({ length: members }, (_, number) => dullMember(number, days));
  return {
    name: 'small',
    account: ACCOUNT,
    accounts: [ACCOUNT],
    start: START,
    days,
    actors: everybody.map((member, index) => ordinaryDays(member, index === 0 ? oddDays : [])),
    members: everybody,
    estate: [],
    planned: [
      {
        id: 'CHG-1',
        title: 'Quarterly review',
        owner: 'amara',
        from: START + (oddDays[0] ?? 0) * DAY_MS,
        to: START + ((oddDays[0] ?? 0) + 1) * DAY_MS,
        actors: ['role-0'],
        actions: ['iam:*'],
        accounts: [],
      },
    ],
    troubles: oddDays.map((day) => ({
      kind: 'odd-day',
      from: START + day * DAY_MS,
      to: START + (day + 1) * DAY_MS,
      members: ['role-0'],
    })),
  };
}

/** Somebody calls from elsewhere and makes keys; quiet ones only look. */
export const noisyStory: Story = {
  id: 'noisy',
  title: 'Keys for everybody',
  sources: [],
  half: 'tuning',
  fits: () => true,
  tell: ({ victim, at, loudness, random }) =>
    keys(victim, at, random, loudness === 'quiet' ? 1 : 5).map((simulated) => ({
      ...simulated,
      label: { story: 'noisy', step: 'keys', technique: 'T1098.001' },
    })),
  twin: ({ victim, at, random }) => keys(victim, at, random, 1),
};

/** Does what its victim does, once. */
export const silentStory: Story = {
  ...noisyStory,
  id: 'silent',
  fits: ({ kind }) => kind !== 'person',
  tell: ({ victim, at, random }) => [
    {
      ...recorded(victim.session(at, random), listBuckets(), at + MINUTE_MS, random),
      label: { story: 'silent', step: 'look', technique: 'T1619' },
    },
  ],
};

function keys(victim: Member, at: EpochMs, random: Random, count: number): SimulatedRecord[] {
  const caller = victim.session(at, random, ELSEWHERE);
  return Array.from({ length: count }, (_, index) => {
    const call =
      index % 2 === 0 ? createAccessKey(`user-${index}`, accessKeyIdOf('AKIA', victim.id, index)) : listUsers();
    return recorded(caller, call, at + (index + 1) * MINUTE_MS, random);
  });
}

function dullMember(number: number, days: number): Member {
  const principalName = `role-${number}`;
  const kind = KINDS[number % KINDS.length] ?? 'person';
  const home: Client = { address: '203.0.113.24', userAgent: 'Boto3/1.40.18 md/Botocore#1.40.18' };
  const session = (at: EpochMs, _random: Random, client: Client = home): Caller =>
    roleSession(
      ACCOUNT,
      {
        roleName: principalName,
        sessionName: 'work',
        accessKeyId: accessKeyIdOf('ASIA', principalName, Math.floor(at / DAY_MS)),
        since: at - HOUR_MS,
      },
      client,
    );
  const habits: readonly CallHabit[] = [
    habit(3, () => listBuckets()),
    habit(1, () => getObject(`bucket-${number}`, 'daily.csv')),
  ];
  return {
    id: principalName,
    kind,
    account: ACCOUNT,
    team: 'all',
    joins: 0,
    leaves: days,
    cadence: number === 1 ? 'periodic' : 'daily',
    principalName,
    callsPerActiveDay: 12,
    hours: [8, 18],
    habits,
    resources: [],
    client: () => home,
    session,
  };
}

function ordinaryDays(member: Member, oddDays: readonly number[]): SimulatedActor {
  return {
    id: member.id,
    act(day, random) {
      const at = () => day.start + 8 * HOUR_MS + random.float() * 10 * HOUR_MS;
      const usual = Array.from({ length: random.count(member.callsPerActiveDay) }, () => {
        const time = at();
        return recorded(member.session(time, random), random.weighted(member.habits).make(random), time, random);
      });
      return oddDays.includes(day.index) ? [...usual, ...keys(member, day.start + 9 * HOUR_MS, random, 3)] : usual;
    },
  };
}
