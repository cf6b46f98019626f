import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { assumeRole, assumeRoleWithSaml, consoleLogin } from '../calls/identity.ts';
import type { Random } from '../random.ts';
import { type Account, accessKeyIdOf } from '../record/account.ts';
import { type Client, federatedUser, roleSession } from '../record/caller.ts';
import { OFFICE } from '../record/networks.ts';
import type { Day, SimulatedActor, SimulatedRecord } from '../world.ts';
import { type CallHabit, inSequence, recorded } from './recorded.ts';

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export interface PersonProfile {
  readonly email: string;
  /** Name of the shared role: `AWSReservedSSO_<permission set>_<hash>`. */
  readonly ssoRole: string;
  readonly utcOffsetHours: number;
  /** Local hours, e.g. 9 to 17; past 24 for a night shift. */
  readonly shift: readonly [from: number, to: number];
  /** 0 is Sunday. */
  readonly workdays: readonly number[];
  /** Workdays spent at the office; the rest are at home. */
  readonly officeDays: readonly number[];
  readonly home: string;
  readonly cliAgent: string;
  readonly consoleShare: number;
  readonly sessionsPerDay: number;
  readonly callsPerSession: number;
  readonly habits: readonly CallHabit[];
  /** A role taken up in some sessions for privileged work. */
  readonly elevation?: {
    readonly roleName: string;
    readonly perSession: number;
    readonly habits: readonly CallHabit[];
  };
  /** First day at work, in days of the world. */
  readonly joins?: number;
  /** First and last day of absence. */
  readonly away?: readonly [number, number];
}

/** A person who signs in through IAM Identity Center and works in sessions, on the command line or in the console. */
export function person(account: Account, profile: PersonProfile): SimulatedActor {
  return {
    id: `person/${profile.email}`,
    act(day, random) {
      if (!isAtWork(profile, day)) return [];
      const [from, to] = profile.shift;
      const records: SimulatedRecord[] = [];
      for (let session = random.count(profile.sessionsPerDay); session > 0; session--) {
        const localHour = from + random.float() * (to - from);
        const start = day.start + (localHour - profile.utcOffsetHours) * HOUR_MS;
        records.push(...workSession(account, profile, day, start, session, random));
      }
      return records;
    },
  };
}

function isAtWork({ workdays, joins = 0, away = [-1, -1] }: PersonProfile, day: Day): boolean {
  return workdays.includes(day.weekday) && day.index >= joins && (day.index < away[0] || day.index > away[1]);
}

function workSession(
  account: Account,
  profile: PersonProfile,
  day: Day,
  start: number,
  number: number,
  random: Random,
): SimulatedRecord[] {
  const console = random.chance(profile.consoleShare);
  const client: Client = {
    address: profile.officeDays.includes(day.weekday) ? OFFICE : profile.home,
    userAgent: console ? BROWSER : profile.cliAgent,
  };
  const accessKeyId = personSessionKey(profile.email, day.index, number);
  const rolePath = `aws-reserved/sso.amazonaws.com/${account.region}/`;
  const assumption = { roleName: profile.ssoRole, sessionName: profile.email, accessKeyId, at: start };
  const login = federatedUser(
    account,
    { type: 'SAMLUser', provider: 'AWSSSO_0a1b2c3d4e5f_DO_NOT_DELETE', subject: profile.email },
    client,
  );
  const caller = {
    ...roleSession(account, { ...assumption, rolePath, since: start }, client),
    ...(console && { console }),
  };
  const calls = Array.from({ length: 1 + random.count(profile.callsPerSession) }, () =>
    random.weighted(profile.habits).make(random),
  );
  return [
    recorded(login, assumeRoleWithSaml(account, assumption, rolePath), start, random),
    ...(console ? [recorded(caller, consoleLogin(), start + SECOND_MS, random)] : []),
    ...inSequence(caller, calls, start + 2 * SECOND_MS, (console ? 20 : 75) * SECOND_MS, random),
    ...(profile.elevation && random.chance(profile.elevation.perSession)
      ? elevated(account, profile, profile.elevation, start + 20 * MINUTE_MS, client, accessKeyId, random)
      : []),
  ];
}

function elevated(
  account: Account,
  profile: PersonProfile,
  { roleName, habits }: NonNullable<PersonProfile['elevation']>,
  at: number,
  client: Client,
  parentKey: string,
  random: Random,
): SimulatedRecord[] {
  const assumption = {
    roleName,
    sessionName: profile.email.replace('@', '-'),
    accessKeyId: accessKeyIdOf('ASIA', parentKey),
    at,
  };
  const parent = roleSession(
    account,
    {
      roleName: profile.ssoRole,
      rolePath: `aws-reserved/sso.amazonaws.com/${account.region}/`,
      sessionName: profile.email,
      accessKeyId: parentKey,
      since: at - 20 * MINUTE_MS,
    },
    client,
  );
  const session = roleSession(account, { ...assumption, since: at }, client);
  const calls = Array.from({ length: 2 + random.count(3) }, () => random.weighted(habits).make(random));
  return [
    recorded(parent, assumeRole(account, assumption), at, random),
    ...inSequence(session, calls, at + SECOND_MS, 60 * SECOND_MS, random),
  ];
}

/** Key of the n-th session that a person opens on a day. */
export function personSessionKey(email: string, dayIndex: number, number: number): string {
  return accessKeyIdOf('ASIA', email, dayIndex, number);
}

/** Monday to Friday. */
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
