import { getObject, listBuckets } from '../../calls/data.ts';
import { attachRolePolicy } from '../../calls/iam-grants.ts';
import { getRole, updateAssumeRolePolicy } from '../../calls/identity.ts';
import { describeInstances } from '../../calls/operations.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { arnOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { fromAccount, otherRoles, takeRole } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** An existing role is opened to a foreign account, which then walks in. */
export const trustOpenedAbroad = story(
  {
    id: 'trust-opened-abroad',
    title: 'The trust of an existing role is widened to a foreign account, which takes the role up and reads',
    half: 'tuning',
    kinds: ['person', 'infrastructure', 'pipeline'],
    sources: [
      'Datadog, "Stratus Red Team: Backdoor an IAM Role", https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-role/',
      'Invictus Incident Response, "The curious case of DangerDev@protonmail.me", 2024, https://www.invictus-ir.com/news/the-curious-case-of-dangerdev-protonmail-me',
      'ATT&CK T1098 Account Manipulation, https://attack.mitre.org/techniques/T1098/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign, pace } = tale;
    const { account } = victim;
    const roles = otherRoles(tale, tale.by({ loud: 4, medium: 1, quiet: 1 }));
    const [role = `${victim.team}-service`] = roles;

    tale.step('look-around', asVictim, lookAround(tale, 'identity', 'storage'));
    for (const name of roles.length > 0 ? roles : [role]) {
      tale.step(
        'trust-widened',
        asVictim,
        toThisEnd('T1087.004', ...tale.by({ loud: [getRole(name)], medium: [getRole(name)], quiet: [] })),
        toThisEnd(
          'T1098',
          updateAssumeRolePolicy(name, {
            AWS: [
              arnOf(account, 'iam', 'root'),
              `arn:aws:iam::${foreign}:${random.pick(['root', 'user/ops', 'role/sync'])}`,
            ],
          }),
        ),
        toThisEnd(
          'T1098.003',
          ...tale.by({
            loud: [attachRolePolicy(name, 'arn:aws:iam::aws:policy/PowerUserAccess')],
            medium: [],
            quiet: [],
          }),
        ),
      );
    }
    tale.rest(tale.by({ loud: 10, medium: 60, quiet: 240 }));

    const abroad = tale.abroad(['other-region', 'hosting']);
    const entries = tale.by({ loud: 3, medium: 1, quiet: 1 });
    for (let entry = 0; entry < entries; entry++) {
      const taken = takeRole(account, role, random.pick(['ops', 'sync', 'migration']), pace.now(), abroad);
      tale.step('foreign-entry', fromAccount(account, foreign, abroad), toThisEnd('T1550.001', taken.call));
      const [bucket = `${victim.team}-exports`] = tale.others('bucket', 1);
      tale.step(
        'foreign-use',
        taken.session,
        toThisEnd(
          'T1580',
          ...tale.by({ loud: [listBuckets(), describeInstances()], medium: [listBuckets()], quiet: [] }),
        ),
        toThisEnd(
          'T1555.006',
          ...tale
            .others('secret', tale.by({ loud: 5, medium: 2, quiet: 1 }))
            .map((name) => getSecretValue(account, name)),
        ),
        toThisEnd(
          'T1530',
          ...Array.from({ length: tale.by({ loud: 15, medium: 4, quiet: 2 }) }, () =>
            getObject(bucket, `data/${random.hex(8)}.parquet`),
          ),
        ),
      );
      tale.rest(90);
    }
  },
);
