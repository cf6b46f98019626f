import { getObject, listBuckets, listObjects } from '../../calls/data.ts';
import {
  getAccessKeyLastUsed,
  listAccessKeys,
  updateAccessKey,
  updateLoginProfile,
} from '../../calls/iam-credentials.ts';
import { attachUserPolicy, createLoginProfile, getCallerIdentity, listUsers } from '../../calls/identity.ts';
import { describeInstances } from '../../calls/operations.ts';
import { linkLogin } from '../../calls/tokens.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { iamUser } from '../../record/caller.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A user nobody has used for long comes back to life in other hands. */
export const formerUserReturns = story(
  {
    id: 'former-user-returns',
    title: 'A user that has been idle for long is given its key back and goes to work',
    half: 'test',
    kinds: ['person', 'infrastructure', 'scheduled-user', 'pipeline'],
    sources: [
      'CISA and FBI, "Scattered Spider", advisory AA23-320A, 2023, https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-320a',
      'Permiso, "Unmasking GUI-Vil: Financially Motivated Cloud Threat Actor", 2023, https://permiso.io/blog/s/unmasking-guivil-new-cloud-threat-actor/',
      'ATT&CK T1098.001 Additional Cloud Credentials, https://attack.mitre.org/techniques/T1098/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const users = tale.others('user', tale.by({ loud: 5, medium: 2, quiet: 1 }));
    const [user = `${victim.team}-legacy`] = users;
    const keyId = accessKeyIdOf('AKIA', account.id, user, 'old');
    const login = random.chance(0.4);

    tale.step(
      'idle-users-found',
      asVictim,
      lookAround(tale, 'identity'),
      toThisEnd(
        'T1087.004',
        ...tale.by({
          loud: [listUsers(), ...users.map(listAccessKeys), getAccessKeyLastUsed(keyId)],
          medium: [listUsers()],
          quiet: [],
        }),
      ),
    );
    tale.step(
      'woken',
      asVictim,
      inVain('T1098.001', ...tale.by({ loud: users.slice(1).map(updateLoginProfile), medium: [], quiet: [] })),
      toThisEnd(
        'T1098.001',
        login
          ? random.pick([createLoginProfile(user), updateLoginProfile(user)])
          : updateAccessKey(user, keyId, 'Active'),
      ),
      toThisEnd(
        'T1098.003',
        ...tale.by({
          loud: [attachUserPolicy(user, 'arn:aws:iam::aws:policy/PowerUserAccess')],
          medium: [],
          quiet: [],
        }),
      ),
    );
    tale.rest(tale.by({ loud: 20, medium: 240, quiet: 500 }));
    const client = login ? tale.browser() : tale.by({ loud: tale.abroad(), medium: tale.abroad(), quiet: tale.client });
    const caller = { ...iamUser(account, user, client, 'old'), ...(login && { console: true }) };
    const [bucket = `${victim.team}-old`] = tale.others('bucket', 1);
    tale.step(
      'idle-user-at-work',
      caller,
      toThisEnd('T1078.004', login ? linkLogin() : getCallerIdentity()),
      toThisEnd(
        'T1580',
        ...tale.some([listBuckets(), describeInstances(), listUsers()], { loud: 3, medium: 2, quiet: 0 }),
      ),
      toThisEnd('T1619', ...tale.by({ loud: [listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] })),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(25, 50), medium: 5, quiet: 3 }) }, () =>
          getObject(bucket, random.hex(8)),
        ),
      ),
    );
  },
);
