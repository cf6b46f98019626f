import {
  associateProfile,
  describeProfileAssociations,
  launchInstances,
  replaceUserData,
  startInstances,
  stopInstances,
} from '../../calls/compute.ts';
import { getObject } from '../../calls/data.ts';
import {
  ADMINISTRATOR_POLICY,
  addRoleToInstanceProfile,
  attachRolePolicy,
  createInstanceProfile,
} from '../../calls/iam-grants.ts';
import { assumeRole, createAccessKey, getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { awsService, roleSession } from '../../record/caller.ts';
import { toThisEnd } from '../attack-story.ts';
import { insideAccount, otherRoles } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A machine with a stronger role than its owner's hands that role out. */
export const passRoleInstance = story(
  {
    id: 'pass-role-instance',
    title: 'A machine is given a stronger role, by a new profile or a new start script, and hands it out',
    half: 'test',
    kinds: ['person', 'infrastructure', 'pipeline'],
    sources: [
      'Rhino Security Labs, "AWS IAM Privilege Escalation: Methods and Mitigation", 2018, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/',
      'Datadog, "Stratus Red Team: Execute Commands on EC2 Instance via User Data", https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ec2-user-data/',
      'ATT&CK T1098.003 Additional Cloud Roles, https://attack.mitre.org/techniques/T1098/003/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account } = victim;
    const [role = `${victim.team}-admin`, ...otherProfiles] = otherRoles(tale, 6);
    const profile = `${role}-profile`;
    const fresh = `i-0${random.hex(16)}`;
    const [existing = fresh] = tale.others('instance', 1);
    const launch = tale.by({ loud: true, medium: random.chance(0.5), quiet: random.chance(0.4) });
    const machine = launch ? fresh : existing;
    const image = `ami-0${random.hex(16)}`;

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'compute', 'identity'),
      toThisEnd(
        'T1580',
        ...tale.by({ loud: [describeProfileAssociations()], medium: [describeProfileAssociations()], quiet: [] }),
      ),
    );
    tale.step(
      'profile-prepared',
      asVictim,
      toThisEnd(
        'T1098.003',
        ...tale.by({
          loud: [createInstanceProfile(account, profile), addRoleToInstanceProfile(profile, role)],
          medium: [addRoleToInstanceProfile(profile, role)],
          quiet: [],
        }),
      ),
      inVain(
        'T1098.003',
        ...tale
          .some(otherProfiles, { loud: 5, medium: 1, quiet: 0 })
          .map((name) => associateProfile(account, machine, name)),
      ),
    );
    tale.step(
      'stronger-machine',
      asVictim,
      launch
        ? toThisEnd(
            'T1578.002',
            launchInstances(account, {
              imageId: image,
              instanceType: random.pick(['t3.micro', 't4g.small']),
              count: 1,
              profile,
              userData: true,
              instanceIds: [fresh],
            }),
          )
        : toThisEnd(
            'T1098.003',
            ...random.pick([
              [associateProfile(account, machine, profile)],
              [stopInstances(machine), replaceUserData(machine), startInstances(machine)],
            ]),
          ),
    );
    tale.rest(tale.by({ loud: 4, medium: 20, quiet: 60 }));

    const since = pace.now();
    const accessKeyId = accessKeyIdOf('ASIA', machine, since);
    const session = roleSession(
      account,
      { roleName: role, sessionName: machine, accessKeyId, since, fromInstance: true },
      tale.by({
        loud: tale.abroad(),
        medium: tale.abroad(['other-region']),
        quiet: insideAccount(tale),
      }),
    );
    tale.step(
      'as-that-machine',
      awsService(account, 'ec2.amazonaws.com'),
      toThisEnd('T1550.001', assumeRole(account, { roleName: role, sessionName: machine, accessKeyId, at: since })),
    );
    tale.step(
      'as-that-machine',
      session,
      toThisEnd('T1078.004', ...tale.by({ loud: [getCallerIdentity()], medium: [getCallerIdentity()], quiet: [] })),
      toThisEnd(
        'T1098.003',
        ...tale.by({ loud: [attachRolePolicy(victim.principalName, ADMINISTRATOR_POLICY)], medium: [], quiet: [] }),
      ),
      toThisEnd(
        'T1098.001',
        ...tale
          .others('user', tale.by({ loud: 3, medium: 0, quiet: 0 }))
          .map((user) => createAccessKey(user, accessKeyIdOf('AKIA', user, machine))),
      ),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 8, medium: 2, quiet: 1 }))
          .map((name) => getSecretValue(account, name)),
      ),
      toThisEnd(
        'T1530',
        ...tale
          .others('bucket', 1)
          .flatMap((bucket) =>
            Array.from({ length: tale.by({ loud: 15, medium: 3, quiet: 2 }) }, () => getObject(bucket, random.hex(8))),
          ),
      ),
    );
  },
);
