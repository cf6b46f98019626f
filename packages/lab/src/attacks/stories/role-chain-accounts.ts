import { getObject, listBuckets, listObjects } from '../../calls/data.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue, listSecrets } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { fromAccount, otherRoles, takeRole } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';
import { othersThings } from '../targets.ts';

/** From role to role, the last in another account of the organization. */
export const roleChainAccounts = story(
  {
    id: 'role-chain-accounts',
    title: 'A stolen session takes up one role after another until one of them reaches into another account',
    half: 'tuning',
    kinds: ['person', 'pipeline', 'infrastructure', 'instance'],
    sources: [
      'Sysdig, "SCARLETEEL: Operation leveraging Terraform, Kubernetes, and AWS for data theft", 2023, https://sysdig.com/blog/cloud-breach-terraform-data-theft/',
      'Hacking the Cloud, "Role Chain Juggling", https://hackingthe.cloud/aws/post_exploitation/role-chain-juggling/',
      'ATT&CK T1550.001 Application Access Token, https://attack.mitre.org/techniques/T1550/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, organization, client, pace } = tale;
    const { account } = victim;
    const name = random.pick(['session', 'botocore-session-1749', 'audit', 'svc', 'aws-go-sdk']);
    const roles = otherRoles(tale, 12);
    const [first = `${victim.team}-deploy`, second = `${victim.team}-admin`, ...locked] = roles;

    tale.step('look-around', asVictim, lookAround(tale, 'identity', 'quotas'));
    for (const role of tale.some(locked, { loud: 8, medium: 1, quiet: 0 })) {
      tale.step('roles-tried', asVictim, inVain('T1550.001', takeRole(account, role, name, pace.now(), client).call));
    }
    const taken = takeRole(account, first, name, pace.now(), client);
    tale.step('first-role', asVictim, toThisEnd('T1550.001', taken.call));
    tale.step('first-role', taken.session, toThisEnd('T1078.004', getCallerIdentity()));
    tale.rest(20);

    const elsewhere = organization.accounts.find(({ id }) => id !== account.id) ?? account;
    const next = takeRole(elsewhere, second, name, pace.now(), client);
    tale.step('second-role', taken.session, toThisEnd('T1550.001', next.call));
    if (elsewhere !== account) {
      tale.step('second-role', fromAccount(elsewhere, account.id, client), toThisEnd('T1550.001', next.call));
    }
    const target = { ...victim, account: elsewhere, resources: [] };
    const secrets = othersThings(organization, target, 'secret', tale.by({ loud: 10, medium: 3, quiet: 1 }), random);
    const [bucket = 'shared-archive'] = othersThings(organization, target, 'bucket', 1, random);
    tale.step(
      'other-account',
      next.session,
      toThisEnd('T1526', ...tale.by({ loud: [listSecrets(), listBuckets()], medium: [listSecrets()], quiet: [] })),
      toThisEnd('T1555.006', ...secrets.map((secret) => getSecretValue(elsewhere, secret))),
      toThisEnd('T1619', ...tale.by({ loud: [listObjects(bucket, '')], medium: [], quiet: [] })),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(15, 30), medium: 3, quiet: 1 }) }, () =>
          getObject(bucket, `terraform/${random.hex(6)}.tfstate`),
        ),
      ),
    );
  },
);
