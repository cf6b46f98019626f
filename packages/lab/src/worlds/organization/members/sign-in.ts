import { isoTime, SECOND_MS } from '@portcullis/event';
import { read } from '../../../calls/call.ts';
import { assumeRole, assumeRoleWithSaml, consoleLogin, getCallerIdentity } from '../../../calls/identity.ts';
import { randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { type Caller, type Client, federatedUser, iamUser, roleSession } from '../../../record/caller.ts';
import type { Ground } from '../ground.ts';
import type { Opening, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Team } from '../teams.ts';

/** How one person comes to credentials in each account. */
export interface PersonSignIn {
  /** Shared role for privileged work, taken up from one's own, where there is one. */
  readonly elevatedRole: string | undefined;
  principalName(site: Site): string;
  enter(site: Site, session: WorkSession, client: Client): Caller;
  opening(site: Site, session: WorkSession): readonly Opening[];
}

export function signInOf(ground: Ground, team: Team, name: string): PersonSignIn {
  const { culture } = ground;
  if (culture.signIn === 'iam-user') return userSignIn(name);
  const random = randomStream('permission-set', culture.half, culture.seed, team.name);
  const set = random.pick(culture.pool.permissionSets[team.flavour]);
  return culture.signIn === 'saml-role' ? samlSignIn(ground, name, set) : identityCenterSignIn(ground, name, set);
}

function identityCenterSignIn(ground: Ground, name: string, set: string): PersonSignIn {
  const roleName = ({ account }: Site) => `AWSReservedSSO_${set}_${randomStream('sso-role', account.id, set).hex(16)}`;
  return federated(ground, name, roleName, ({ account }) => `aws-reserved/sso.amazonaws.com/${account.region}/`);
}

function samlSignIn(ground: Ground, name: string, set: string): PersonSignIn {
  return federated(
    ground,
    name,
    () => set,
    () => '',
    'workforce-idp',
  );
}

function federated(
  ground: Ground,
  name: string,
  roleName: (site: Site) => string,
  rolePath: (site: Site) => string,
  provider = 'AWSSSO_0a1b2c3d4e5f_DO_NOT_DELETE',
): PersonSignIn {
  const assumption = (site: Site, session: WorkSession) => ({
    roleName: roleName(site),
    sessionName: name,
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, name, session.day, session.number),
    at: session.from,
  });
  const elevatedRole = elevatedRoleOf(ground);
  const above = (site: Site, session: WorkSession) => ({
    roleName: elevatedRole,
    sessionName: name.replace('@', '-'),
    accessKeyId: accessKeyIdOf('ASIA', site.account.id, name, 'elevated', session.day, session.number),
    at: session.from + 2 * SECOND_MS,
  });
  const below = (site: Site, session: WorkSession, client: Client): Caller => ({
    ...roleSession(
      site.account,
      { ...assumption(site, session), rolePath: rolePath(site), since: session.from },
      client,
    ),
    ...(session.console && { console: true }),
  });
  const enter = (site: Site, session: WorkSession, client: Client): Caller => {
    if (!session.elevated) return below(site, session, client);
    const assumed = above(site, session);
    return roleSession(site.account, { ...assumed, since: assumed.at }, client);
  };
  return {
    elevatedRole,
    principalName: roleName,
    enter,
    opening(site, session) {
      const login = federatedUser(site.account, { type: 'SAMLUser', provider, subject: name }, session.client);
      const assumed = assumeRoleWithSaml(site.account, assumption(site, session), rolePath(site), provider);
      const taken = above(site, session);
      return [
        { caller: login, call: assumed, time: session.from },
        ...(session.elevated
          ? [{ caller: below(site, session, session.client), call: assumeRole(site.account, taken), time: taken.at }]
          : []),
        ...consoleOpening(site, session, enter),
      ];
    },
  };
}

/** One name for all accounts. */
function elevatedRoleOf({ culture }: Ground): string {
  const random = randomStream('elevated-role', culture.half, culture.seed);
  const [first, second] = [
    ['ops', 'break-glass', 'maintenance', 'operator'],
    ['admin', 'access', 'power'],
  ];
  return culture.nameOf([random.pick(first), random.pick(second)]);
}

function userSignIn(name: string): PersonSignIn {
  const userName = name.split('@')[0] ?? name;
  const enter = ({ account }: Site, session: WorkSession, client: Client): Caller => {
    const user = iamUser(account, userName, client);
    if (!session.console) return user;
    return {
      ...user,
      identity: {
        ...user.identity,
        accessKeyId: accessKeyIdOf('ASIA', account.id, userName, session.day, session.number),
        sessionContext: { attributes: { creationDate: isoTime(session.from), mfaAuthenticated: 'true' } },
      },
      console: true,
    };
  };
  return {
    elevatedRole: undefined,
    principalName: () => userName,
    enter,
    opening: (site, session) =>
      session.console
        ? consoleOpening(site, session, enter)
        : [
            { caller: enter(site, session, session.client), call: getCallerIdentity(), time: session.from },
            {
              caller: enter(site, session, session.client),
              call: read('sts', 'GetSessionToken', { durationSeconds: 43200 }),
              time: session.from + SECOND_MS,
            },
          ],
  };
}

function consoleOpening(site: Site, session: WorkSession, enter: PersonSignIn['enter']): readonly Opening[] {
  if (!session.console) return [];
  return [{ caller: enter(site, session, session.client), call: consoleLogin(), time: session.from + SECOND_MS }];
}
