import { getObject } from '../../calls/data.ts';
import { batchGetSecrets } from '../../calls/fleet.ts';
import { deactivateMfaDevice } from '../../calls/iam-credentials.ts';
import {
  ADMINISTRATOR_POLICY,
  addUserToGroup,
  attachRolePolicy,
  createPolicy,
  customerPolicy,
  deleteRolePermissionsBoundary,
} from '../../calls/iam-grants.ts';
import { attachUserPolicy, putRolePolicy, putUserPolicy } from '../../calls/identity.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Whoever may write policies writes its own. */
export const grantToSelf = story(
  {
    id: 'grant-to-self',
    title: 'An identity that may write policies writes itself one, after some refusals',
    half: 'test',
    kinds: ['person', 'function', 'pipeline', 'scheduled-user', 'instance'],
    sources: [
      'Unit 42, "Leaked Environment Variables Allow Large-Scale Extortion Operation in Cloud Environments", 2024, https://unit42.paloaltonetworks.com/large-scale-cloud-extortion-operation/',
      'Expel, "Incident report: From CLI to console, chasing an attacker in AWS", 2022, https://expel.com/blog/incident-report-from-cli-to-console-chasing-an-attacker-in-aws/',
      'ATT&CK T1098.003 Additional Cloud Roles, https://attack.mitre.org/techniques/T1098/003/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, kind } = victim;
    const name = victim.principalName;
    const user = kind === 'scheduled-user';
    const own = `${victim.team}-${random.pick(['extra', 'ops', 'temp'])}`;
    const all = { Action: random.pick(['*', 's3:*', 'secretsmanager:*']), Resource: '*' };
    const ways = user
      ? [putUserPolicy(name, own, all), attachUserPolicy(name, ADMINISTRATOR_POLICY), addUserToGroup(name, 'admins')]
      : [
          putRolePolicy(name, own, all),
          attachRolePolicy(name, ADMINISTRATOR_POLICY),
          attachRolePolicy(name, customerPolicy(account, own)),
        ];
    const [granted, ...failed] = random.shuffled(ways);
    if (granted === undefined) return;

    tale.step('look-around', asVictim, lookAround(tale, 'identity'));
    tale.step(
      'grants-tried',
      asVictim,
      inVain('T1098.003', ...tale.by({ loud: [...failed, ...failed], medium: failed.slice(0, 1), quiet: [] })),
    );
    tale.step(
      'granted',
      asVictim,
      toThisEnd(
        'T1098.003',
        ...tale.by({
          loud: [createPolicy(account, own, all), ...(user ? [] : [deleteRolePermissionsBoundary(name)])],
          medium: [],
          quiet: [],
        }),
        granted,
      ),
      toThisEnd(
        'T1556.006',
        ...tale.by({
          loud: tale.others('user', 2).map((other) => deactivateMfaDevice(account, other)),
          medium: [],
          quiet: [],
        }),
      ),
    );
    tale.rest(tale.by({ loud: 3, medium: 30, quiet: 240 }));
    const names = tale.others('secret', tale.by({ loud: 9, medium: 4, quiet: 2 }));
    const [bucket = `${victim.team}-vault`] = tale.others('bucket', 1);
    tale.step(
      'grant-used',
      asVictim,
      toThisEnd(
        'T1555.006',
        ...tale.by({
          loud: names.map((one) => batchGetSecrets(account, [one])),
          medium: [batchGetSecrets(account, names)],
          quiet: [],
        }),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(15, 30), medium: 4, quiet: 3 }) }, () =>
          getObject(bucket, random.hex(8)),
        ),
      ),
    );
  },
);
