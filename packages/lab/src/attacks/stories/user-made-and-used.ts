import { getObject, listBuckets, listObjects } from '../../calls/data.ts';
import { ADMINISTRATOR_POLICY, addUserToGroup } from '../../calls/iam-grants.ts';
import {
  attachUserPolicy,
  createAccessKey,
  createLoginProfile,
  createUser,
  getCallerIdentity,
} from '../../calls/identity.ts';
import { describeInstances } from '../../calls/operations.ts';
import { getSecretValue, listSecrets } from '../../calls/secrets.ts';
import { linkLogin } from '../../calls/tokens.ts';
import { toThisEnd } from '../attack-story.ts';
import { intrudersUser, plausibleName } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A user of the intruder's own goes on where the stolen session ends. */
export const userMadeAndUsed = story(
  {
    id: 'user-made-and-used',
    title: 'A stolen session makes a user, and the user does the rest',
    half: 'tuning',
    kinds: ['person', 'infrastructure', 'scheduled-user'],
    sources: [
      'Invictus Incident Response, "The curious case of DangerDev@protonmail.me", 2024, https://www.invictus-ir.com/news/the-curious-case-of-dangerdev-protonmail-me',
      'Rapid7, "Crimson Collective: A New Threat Group Observed Operating in the Cloud", 2025, https://www.rapid7.com/blog/post/tr-crimson-collective-a-new-threat-group-observed-operating-in-the-cloud/',
      'ATT&CK T1136.003 Create Account: Cloud Account, https://attack.mitre.org/techniques/T1136/003/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const names = [
      ...new Set(Array.from({ length: tale.by({ loud: 4, medium: 1, quiet: 1 }) }, () => plausibleName(tale, 'user'))),
    ];
    const [first = `${victim.team}-svc`] = names;
    const { caller, keyId } = intrudersUser(
      account,
      first,
      tale.by({ loud: tale.abroad(), medium: tale.abroad(), quiet: tale.client }),
    );
    const grant = tale.by({
      loud: [attachUserPolicy(first, ADMINISTRATOR_POLICY), addUserToGroup(first, 'Administrators')],
      medium: [attachUserPolicy(first, ADMINISTRATOR_POLICY)],
      quiet: [
        random.pick([
          addUserToGroup(first, `${victim.team}-developers`),
          attachUserPolicy(first, 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
        ]),
      ],
    });

    tale.step('look-around', asVictim, lookAround(tale, 'identity'));
    tale.step(
      'user-made',
      asVictim,
      ...names.map((name) => toThisEnd('T1136.003', createUser(account, name))),
      toThisEnd('T1098.003', ...grant),
      toThisEnd(
        'T1098.001',
        createAccessKey(first, keyId),
        ...tale.by({ loud: [createLoginProfile(first)], medium: [], quiet: [] }),
      ),
    );
    tale.rest(tale.by({ loud: 10, medium: 60, quiet: 300 }));
    const [bucket = `${victim.team}-archive`] = tale.others('bucket', 1);
    tale.step(
      'user-used',
      caller,
      toThisEnd('T1078.004', getCallerIdentity()),
      toThisEnd(
        'T1580',
        ...tale.by({
          loud: [linkLogin(), listBuckets(), listSecrets(), describeInstances()],
          medium: [listBuckets()],
          quiet: [],
        }),
      ),
      inVain(
        'T1136.003',
        ...tale.by({
          loud: [createUser(account, `${first}-2`), createUser(account, `${first}-3`)],
          medium: [],
          quiet: [],
        }),
      ),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 12, medium: 3, quiet: 1 }))
          .map((name) => getSecretValue(account, name)),
      ),
      toThisEnd('T1619', ...tale.by({ loud: [listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] })),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(20, 50), medium: 5, quiet: 3 }) }, () =>
          getObject(bucket, `${random.hex(8)}.gz`),
        ),
      ),
    );
  },
);
