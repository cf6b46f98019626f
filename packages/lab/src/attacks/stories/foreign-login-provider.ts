import { getObject, listBuckets } from '../../calls/data.ts';
import {
  createOpenIdProvider,
  createSamlProvider,
  listOpenIdProviders,
  listSamlProviders,
} from '../../calls/iam-credentials.ts';
import { ADMINISTRATOR_POLICY, attachRolePolicy, createTrustingRole } from '../../calls/iam-grants.ts';
import {
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  createAccessKey,
  updateAssumeRolePolicy,
} from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { accessKeyIdOf, arnOf } from '../../record/account.ts';
import { federatedUser, roleSession } from '../../record/caller.ts';
import { toThisEnd } from '../attack-story.ts';
import { otherRoles, plausibleName } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** A login provider of the intruder's own vouches for whomever it likes. */
export const foreignLoginProvider = story(
  {
    id: 'foreign-login-provider',
    title: 'A login provider of the intruder’s own is registered, and a role trusts it',
    half: 'tuning',
    kinds: ['person', 'infrastructure', 'pipeline'],
    sources: [
      'Permiso, "LUCR-3: Scattered Spider Getting SaaS-y in the Cloud", 2023, https://permiso.io/blog/lucr-3-scattered-spider-getting-saas-y-in-the-cloud',
      'Datadog Security Labs, "No keys attached: Exploring GitHub-to-AWS keyless authentication flaws", 2023, https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/',
      'ATT&CK T1484.002 Trust Modification, https://attack.mitre.org/techniques/T1484/002/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account } = victim;
    const saml = random.chance(0.4);
    const name = saml
      ? random.pick(['CorpSSO2', 'okta-backup', 'adfs'])
      : random.pick(['token.ci-runner.example', 'login.sso-backup.example', 'oidc.build.example']);
    const provider = arnOf(account, 'iam', saml ? `saml-provider/${name}` : `oidc-provider/${name}`);
    const fresh = tale.by({ loud: true, medium: random.chance(0.5), quiet: false });
    const [existing = `${victim.team}-deploy`] = otherRoles(tale, 1);
    const role = fresh ? plausibleName(tale, 'role') : existing;
    const action = saml ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'identity'),
      toThisEnd(
        'T1087.004',
        ...tale.by({
          loud: [listOpenIdProviders(), listSamlProviders()],
          medium: [saml ? listSamlProviders() : listOpenIdProviders()],
          quiet: [],
        }),
      ),
    );
    tale.step(
      'provider-registered',
      asVictim,
      toThisEnd(
        'T1484.002',
        saml ? createSamlProvider(account, name) : createOpenIdProvider(account, name, random.hex(40)),
      ),
    );
    tale.step(
      'role-trusts-it',
      asVictim,
      toThisEnd(
        'T1098',
        fresh
          ? createTrustingRole(account, role, { Federated: provider }, action)
          : updateAssumeRolePolicy(role, { Federated: provider }),
      ),
      toThisEnd('T1098.003', ...(fresh ? [attachRolePolicy(role, ADMINISTRATOR_POLICY)] : [])),
    );
    tale.rest(tale.by({ loud: 10, medium: 90, quiet: 300 }));

    const entries = tale.by({ loud: 3, medium: 1, quiet: 1 });
    for (let entry = 0; entry < entries; entry++) {
      const outside = tale.abroad(saml ? ['residential', 'vpn'] : ['hosting', 'other-cloud']);
      const at = pace.now();
      const assumption = {
        roleName: role,
        sessionName: random.pick(['ci', 'admin@example.org', 'session']),
        accessKeyId: accessKeyIdOf('ASIA', role, name, at),
        at,
      };
      const login = federatedUser(
        account,
        { type: saml ? 'SAMLUser' : 'WebIdentityUser', provider, subject: assumption.sessionName },
        outside,
      );
      const session = roleSession(account, { ...assumption, since: at, federatedProvider: provider }, outside);
      const [bucket = `${victim.team}-archive`] = tale.others('bucket', 1);
      tale.step(
        'entry',
        login,
        toThisEnd(
          'T1550.001',
          saml ? assumeRoleWithSaml(account, assumption, '') : assumeRoleWithWebIdentity(account, assumption, name),
        ),
      );
      tale.step(
        'use',
        session,
        toThisEnd('T1619', ...tale.by({ loud: [listBuckets()], medium: [listBuckets()], quiet: [] })),
        toThisEnd(
          'T1555.006',
          ...tale
            .others('secret', tale.by({ loud: 5, medium: 2, quiet: 1 }))
            .map((secret) => getSecretValue(account, secret)),
        ),
        toThisEnd(
          'T1530',
          ...Array.from({ length: tale.by({ loud: 12, medium: 3, quiet: 2 }) }, () => getObject(bucket, random.hex(8))),
        ),
        toThisEnd(
          'T1098.001',
          ...tale.by({
            loud: tale.others('user', 2).map((user) => createAccessKey(user, accessKeyIdOf('AKIA', user, name))),
            medium: [],
            quiet: [],
          }),
        ),
      );
      tale.rest(60);
    }
  },
);
