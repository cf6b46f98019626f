import { getBucketPolicy, listBuckets } from '../../calls/data.ts';
import { describeDatabases } from '../../calls/databases.ts';
import { createAccessKey, getCallerIdentity, listUsers } from '../../calls/identity.ts';
import { describeInstances } from '../../calls/operations.ts';
import { getSecretValue, listSecrets } from '../../calls/secrets.ts';
import { federationSession, getFederationToken, getSigninToken, linkLogin } from '../../calls/tokens.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A user's key becomes a session in the console that outlives it. */
export const consoleByFederationToken = story(
  {
    id: 'console-by-federation-token',
    title: 'A leaked key asks for a federation token and goes on in the console with it',
    half: 'tuning',
    kinds: ['scheduled-user'],
    sources: [
      'CrowdStrike, "How Adversaries Can Persist with AWS User Federation", 2023, https://www.crowdstrike.com/en-us/blog/how-adversaries-persist-with-aws-user-federation/',
      'Hacking the Cloud, "Survive Access Key Deletion with sts:GetFederationToken", https://hackingthe.cloud/aws/post_exploitation/survive_access_key_deletion_with_sts_getfederationtoken/',
      'ATT&CK T1550.001 Application Access Token, https://attack.mitre.org/techniques/T1550/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account, principalName } = victim;
    const name = random.pick(['admin', 'aws_consoler', 'console', principalName]);
    const user = asVictim(pace.now());
    const browser = tale.by({
      loud: tale.browser(),
      medium: tale.browser(['residential', 'vpn']),
      quiet: { ...tale.client, userAgent: tale.browser().userAgent },
    });

    tale.step('key-tried', asVictim, lookAround(tale, 'identity'));
    const tries = tale.by({ loud: 3, medium: 1, quiet: 1 });
    const session = federationSession(account, user, name, pace.now(), browser);
    const call = getFederationToken(account, user, name, String(session.identity.accessKeyId), pace.now());
    tale.step(
      'token',
      asVictim,
      ...Array.from({ length: tries - 1 }, () => inVain('T1098.001', call)),
      toThisEnd('T1098.001', call),
    );
    tale.rest(4);
    const console = { ...session, console: true };
    tale.step('console', session, toThisEnd('T1550.001', getSigninToken(), linkLogin()));
    tale.step(
      'console',
      console,
      toThisEnd(
        'T1538',
        ...tale.some(
          random.shuffled([
            listBuckets(),
            describeInstances(),
            listUsers(),
            listSecrets(),
            describeDatabases(),
            getCallerIdentity(),
          ]),
          { loud: 6, medium: 3, quiet: 1 },
        ),
        ...tale.by({ loud: tale.others('bucket', 6).map(getBucketPolicy), medium: [], quiet: [] }),
      ),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 12, medium: 2, quiet: 1 }))
          .map((secret) => getSecretValue(account, secret)),
      ),
      inVain(
        'T1098.001',
        ...tale.by({ loud: [createAccessKey(principalName, accessKeyIdOf('AKIA', name))], medium: [], quiet: [] }),
      ),
    );
  },
);
