import { describeSecret } from '../../calls/fleet.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** Somebody who may read secrets reads others than its own, one now and then. */
export const secretBySecret = story(
  {
    id: 'secret-by-secret',
    title: 'An identity that reads its own secrets every day reads those of other teams, one after another',
    half: 'tuning',
    kinds: ['function', 'instance', 'pipeline', 'person'],
    sources: [
      'Datadog Security Labs, "Tales from the cloud trenches: Raiding for AWS vaults, buckets, and secrets", 2024, https://securitylabs.datadoghq.com/articles/tales-from-the-cloud-trenches-raiding-for-vaults-buckets-secrets/',
      'Permiso, "LUCR-3: Scattered Spider Getting SaaS-y in the Cloud", 2023, https://permiso.io/blog/lucr-3-scattered-spider-getting-saas-y-in-the-cloud',
      'ATT&CK T1555.006 Cloud Secrets Management Stores, https://attack.mitre.org/techniques/T1555/006/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    tale.step('listing', asVictim, lookAround(tale, 'secrets'));
    const own = tale.own('secret');
    const names = tale.others('secret', tale.by({ loud: 40, medium: 8, quiet: 5 }));
    const rounds = tale.by({ loud: Math.max(1, Math.ceil(45 / names.length)), medium: 1, quiet: 1 });
    for (let round = 0; round < rounds; round++) {
      for (const name of names) {
        const asked = tale.by({ loud: [describeSecret(account, name)], medium: [], quiet: [] });
        const cover = own.length > 0 && random.chance(tale.by({ loud: 0, medium: 0.2, quiet: 0.4 }));
        tale.step(
          'secret-read',
          asVictim,
          toThisEnd('T1526', ...asked),
          toThisEnd(
            'T1555.006',
            ...(cover ? [getSecretValue(account, random.pick(own))] : []),
            getSecretValue(account, name),
          ),
        );
        tale.rest(tale.by({ loud: 0, medium: 6, quiet: 60 }));
      }
    }
  },
);
