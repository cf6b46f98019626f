import { read } from '../../calls/call.ts';
import { getObject, listBuckets } from '../../calls/data.ts';
import { batchGetSecrets } from '../../calls/fleet.ts';
import { createAnywhereProfile, createTrustAnchor, listTrustAnchors } from '../../calls/iam-credentials.ts';
import { ADMINISTRATOR_POLICY, attachRolePolicy, createTrustingRole } from '../../calls/iam-grants.ts';
import { updateAssumeRolePolicy } from '../../calls/identity.ts';
import { accessKeyIdOf, arnOf } from '../../record/account.ts';
import { roleSession } from '../../record/caller.ts';
import { toThisEnd } from '../attack-story.ts';
import { otherRoles, plausibleName } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** A certificate authority of the intruder's own opens roles to whoever holds its certificates. */
export const anywhereTrustAnchor = story(
  {
    id: 'anywhere-trust-anchor',
    title: 'A foreign certificate authority becomes a trust anchor, and its certificates open a role',
    half: 'test',
    kinds: ['person', 'infrastructure', 'pipeline', 'scheduled-user'],
    sources: [
      'Datadog, "Stratus Red Team: Create an IAM Roles Anywhere trust anchor", https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.rolesanywhere-create-trust-anchor/',
      'AWS, "Threat Technique Catalog for AWS", https://aws-samples.github.io/threat-technique-catalog-for-aws/',
      'ATT&CK T1484.002 Trust Modification, https://attack.mitre.org/techniques/T1484/002/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account } = victim;
    const [existing = `${victim.team}-batch`] = otherRoles(tale, 1);
    const fresh = tale.by({ loud: true, medium: random.chance(0.4), quiet: false });
    const role = fresh ? plausibleName(tale, 'role') : existing;
    const anchorId = random.uuid();
    const profileId = random.uuid();
    const trusted = { Service: 'rolesanywhere.amazonaws.com' };

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'identity'),
      toThisEnd('T1526', ...tale.by({ loud: [listTrustAnchors()], medium: [listTrustAnchors()], quiet: [] })),
    );
    tale.step(
      'role-opened',
      asVictim,
      toThisEnd(
        'T1098',
        fresh ? createTrustingRole(account, role, trusted, 'sts:AssumeRole') : updateAssumeRolePolicy(role, trusted),
      ),
      toThisEnd('T1098.003', ...(fresh ? [attachRolePolicy(role, ADMINISTRATOR_POLICY)] : [])),
    );
    tale.rest(tale.by({ loud: 3, medium: 30, quiet: 200 }));
    tale.step(
      'anchor-set',
      asVictim,
      toThisEnd(
        'T1484.002',
        createTrustAnchor(account, random.pick(['onprem-ca', 'vpn-ca', 'legacy']), anchorId),
        createAnywhereProfile(account, 'onprem', profileId, [role]),
      ),
    );
    tale.rest(tale.by({ loud: 10, medium: 120, quiet: 500 }));

    for (let entry = 0; entry < tale.by({ loud: 3, medium: 2, quiet: 1 }); entry++) {
      const outside = {
        ...tale.abroad(['hosting', 'residential']),
        userAgent: 'CredHelper/1.7.1 (go1.24.4; linux; amd64)',
      };
      const since = pace.now();
      const serial = random.hex(32);
      const session = roleSession(
        account,
        { roleName: role, sessionName: serial, accessKeyId: accessKeyIdOf('ASIA', role, serial), since },
        outside,
      );
      const anchor = { trustAnchorArn: arnOf(account, 'rolesanywhere', `trust-anchor/${anchorId}`) };
      const request = {
        ...anchor,
        profileArn: arnOf(account, 'rolesanywhere', `profile/${profileId}`),
        roleArn: arnOf(account, 'iam', `role/${role}`),
        cert: 'MIICiTCCAfICCQD6',
      };
      const [bucket = `${victim.team}-vault`] = tale.others('bucket', 1);
      tale.step('entry', session, toThisEnd('T1550.001', read('rolesanywhere', 'CreateSession', request)));
      tale.step(
        'use',
        session,
        toThisEnd('T1619', ...tale.by({ loud: [listBuckets()], medium: [listBuckets()], quiet: [] })),
        toThisEnd(
          'T1555.006',
          ...tale.by({
            loud: tale.others('secret', 6).map((name) => batchGetSecrets(account, [name])),
            medium: [batchGetSecrets(account, tale.others('secret', 3))],
            quiet: [],
          }),
        ),
        toThisEnd(
          'T1530',
          ...Array.from({ length: tale.by({ loud: 12, medium: 3, quiet: 3 }) }, () => getObject(bucket, random.hex(8))),
        ),
      );
      tale.rest(40);
    }
  },
);
