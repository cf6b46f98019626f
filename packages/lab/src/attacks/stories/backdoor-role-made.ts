import { listBuckets, listObjects } from '../../calls/data.ts';
import { describeDatabases } from '../../calls/databases.ts';
import {
  ADMINISTRATOR_POLICY,
  attachRolePolicy,
  createTrustingRole,
  deleteRolePermissionsBoundary,
} from '../../calls/iam-grants.ts';
import { putRolePolicy } from '../../calls/identity.ts';
import { copyAbroad } from '../../calls/storage.ts';
import { toThisEnd } from '../attack-story.ts';
import { fromAccount, plausibleName, takeRole } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** A new role, named like the house's own, lets a foreign account in. */
export const backdoorRoleMade = story(
  {
    id: 'backdoor-role-made',
    title: 'A new role with a house-like name trusts a foreign account, which copies buckets with it',
    half: 'test',
    kinds: ['person', 'infrastructure', 'scheduled-user'],
    sources: [
      'Datadog, "Stratus Red Team: Create a backdoored IAM Role", https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-backdoor-role/',
      'Unit 42, "JavaGhost’s Persistent Phishing Attacks From the Cloud", 2025, https://unit42.paloaltonetworks.com/javaghost-cloud-phishing/',
      'ATT&CK T1136.003 Create Account: Cloud Account, https://attack.mitre.org/techniques/T1136/003/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign, pace } = tale;
    const { account } = victim;
    const names = [
      ...new Set(Array.from({ length: tale.by({ loud: 3, medium: 1, quiet: 1 }) }, () => plausibleName(tale, 'role'))),
    ];
    const [role = `${victim.team}-support`] = names;
    const inline = putRolePolicy(role, 'access', { Action: ['s3:Get*', 's3:List*'], Resource: '*' });

    tale.step('look-around', asVictim, lookAround(tale, 'identity', 'storage'));
    for (const name of names) {
      tale.step(
        'role-made',
        asVictim,
        toThisEnd(
          'T1136.003',
          createTrustingRole(
            account,
            name,
            { AWS: `arn:aws:iam::${foreign}:${random.pick(['root', 'role/ops'])}` },
            'sts:AssumeRole',
          ),
        ),
        toThisEnd(
          'T1098.003',
          ...tale.by({
            loud: [attachRolePolicy(name, ADMINISTRATOR_POLICY), deleteRolePermissionsBoundary(name)],
            medium: [attachRolePolicy(name, ADMINISTRATOR_POLICY)],
            quiet: [inline],
          }),
        ),
      );
    }
    tale.rest(tale.by({ loud: 15, medium: 180, quiet: 500 }));
    const outside = tale.abroad(['hosting', 'other-cloud', 'vpn']);
    for (let entry = 0; entry < tale.by({ loud: 4, medium: 2, quiet: 1 }); entry++) {
      const taken = takeRole(account, role, random.pick(['AWSCLI-Session', 'i-0backup', 'svc']), pace.now(), outside);
      const [bucket = `${victim.team}-media`] = tale.others('bucket', 1);
      tale.step('entry-from-abroad', fromAccount(account, foreign, outside), toThisEnd('T1550.001', taken.call));
      tale.step(
        'buckets-copied',
        taken.session,
        toThisEnd(
          'T1619',
          ...tale.some([listBuckets(), listObjects(bucket, ''), describeDatabases()], { loud: 3, medium: 2, quiet: 0 }),
        ),
        toThisEnd(
          'T1537',
          ...Array.from({ length: tale.by({ loud: random.int(12, 25), medium: 4, quiet: 3 }) }, () =>
            copyAbroad(bucket, random.hex(10), 'mirror-store'),
          ),
        ),
      );
      tale.rest(45);
    }
  },
);
