import {
  createPolicyVersion,
  customerPolicy,
  getPolicy,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  simulatePrincipalPolicy,
} from '../../calls/iam-grants.ts';
import { createAccessKey } from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { accessKeyIdOf, arnOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A policy that the intruder is already subject to gets a version that allows all. */
export const policyVersionRewritten = story(
  {
    id: 'policy-version-rewritten',
    title: 'A new default version of an attached policy allows everything, and is used at once',
    half: 'tuning',
    kinds: ['person', 'pipeline', 'scheduled-user', 'infrastructure'],
    sources: [
      'Rhino Security Labs, "AWS IAM Privilege Escalation: Methods and Mitigation", 2018, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/',
      'Sysdig, "SCARLETEEL 2.0: Fargate, Kubernetes, and Crypto", 2023, https://sysdig.com/blog/scarleteel-2-0/',
      'ATT&CK T1098.003 Additional Cloud Roles, https://attack.mitre.org/techniques/T1098/003/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, principalName } = victim;
    const policy = customerPolicy(account, `${victim.team}-${random.pick(['base', 'deploy', 'access'])}`);
    const version = `v${random.int(2, 5)}`;
    const everything = { Action: '*', Resource: '*' };

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'identity'),
      toThisEnd(
        'T1087.004',
        ...tale.some([getPolicy(policy), listPolicyVersions(policy), getPolicyVersion(policy, 'v1')], {
          loud: 3,
          medium: 2,
          quiet: 0,
        }),
        ...tale.by({
          loud: [simulatePrincipalPolicy(arnOf(account, 'iam', `user/${principalName}`), ['iam:CreateUser', 's3:*'])],
          medium: [],
          quiet: [],
        }),
      ),
    );
    const older = tale.by({ loud: true, medium: random.chance(0.5), quiet: random.chance(0.5) });
    tale.step(
      'policy-rewritten',
      asVictim,
      inVain(
        'T1098.003',
        ...tale.by({
          loud: [createPolicyVersion('arn:aws:iam::aws:policy/ReadOnlyAccess', 'v2', everything, true)],
          medium: [],
          quiet: [],
        }),
      ),
      toThisEnd('T1098.003', createPolicyVersion(policy, version, everything, !older)),
      toThisEnd('T1098.003', ...(older ? [setDefaultPolicyVersion(policy, version)] : [])),
    );
    tale.rest(tale.by({ loud: 2, medium: 20, quiet: 200 }));
    const users = tale.others('user', tale.by({ loud: 6, medium: 1, quiet: 0 }));
    tale.step(
      'power-used',
      asVictim,
      toThisEnd(
        'T1098.001',
        ...users.map((user) => createAccessKey(user, accessKeyIdOf('AKIA', account.id, user, 'taken'))),
      ),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 15, medium: 3, quiet: 2 }))
          .map((name) => getSecretValue(account, name)),
      ),
    );
    if (!older && random.chance(0.5)) {
      tale.step('policy-put-back', asVictim, toThisEnd('T1098.003', setDefaultPolicyVersion(policy, 'v1')));
    }
  },
);
