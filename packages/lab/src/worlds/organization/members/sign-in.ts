import { isoTime, SECOND_MS } from '@portcullis/event';
import { read } from '../../../calls/call.ts';
import { assumeRoleWithSaml, consoleLogin, getCallerIdentity } from '../../../calls/identity.ts';
import { randomStream } from '../../../random.ts';
import { accessKeyIdOf } from '../../../record/account.ts';
import { type Caller, type Client, federatedUser, iamUser, roleSession } from '../../../record/caller.ts';
import type { Ground } from '../ground.ts';
import type { Opening, WorkSession } from '../resident.ts';
import type { Site } from '../sites.ts';
import type { Team } from '../teams.ts';

/** How one person comes to credentials in each account. */
export interface PersonSignIn {
  principalName(site: Site): string;
  enter(site: Site, session: WorkSession, client: Client): Caller;
  opening(site: Site, session: WorkSession): readonly Opening[];
}

export function signInOf(ground: Ground, team: Team, name: string): PersonSignIn {
  const { culture } = ground;
  if (culture.signIn === 'iam-user') return userSignIn(name);
  const random = randomStream('permission-set', culture.half, culture.seed, team.name);
  const set = random.pick(culture.pool.permissionSets[team.flavour]);
  return culture.signIn === 'saml-role' ? samlSignIn(name, set) : identityCenterSignIn(name, set);
}

function identityCenterSignIn(name: string, set: string): PersonSignIn {
  const roleName = ({ account }: Site) => `AWSReservedSSO_${set}_${randomStream('sso-role', account.id, set).hex(16)}`;
  return federated(name, roleName, ({ account }) => `aws-reserved/sso.amazonaws.com/${account.region}/`);
}

function samlSignIn(name: string, set: string): PersonSignIn {
  return federated(
    name,
    () => set,
    () => '',
    'workforce-idp',
  );
}

function federated(
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
  const enter = (site: Site, session: WorkSession, client: Client): Caller => ({
    ...roleSession(
      site.account,
      { ...assumption(site, session), rolePath: rolePath(site), since: session.from },
      client,
    ),
    ...(session.console && { console: true }),
  });
  return {
    principalName: roleName,
    enter,
    opening(site, session) {
      const login = federatedUser(site.account, { type: 'SAMLUser', provider, subject: name }, session.client);
      const assumed = assumeRoleWithSaml(site.account, assumption(site, session), rolePath(site), provider);
      return [{ caller: login, call: assumed, time: session.from }, ...consoleOpening(site, session, enter)];
    },
  };
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
