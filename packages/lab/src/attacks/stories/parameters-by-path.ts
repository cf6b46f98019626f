import { batchGetSecrets, getParametersByPath } from '../../calls/fleet.ts';
import { getParameter } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Settings and secrets by the handful, with calls made for that. */
export const parametersByPath = story(
  {
    id: 'parameters-by-path',
    title: 'Whole branches of the parameter store and batches of secrets are read',
    half: 'test',
    kinds: ['pipeline', 'person', 'function', 'instance'],
    sources: [
      'Sysdig, "SCARLETEEL 2.0: Fargate, Kubernetes, and Crypto", 2023, https://sysdig.com/blog/scarleteel-2-0/',
      'Datadog, "Stratus Red Team: Retrieve And Decrypt SSM Parameters", https://stratus-red-team.cloud/attack-techniques/AWS/aws.credential-access.ssm-retrieve-securestring-parameters/',
      'ATT&CK T1555.006 Cloud Secrets Management Stores, https://attack.mitre.org/techniques/T1555/006/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, team } = victim;
    tale.step('listing', asVictim, lookAround(tale, 'secrets', 'functions'));
    const paths = [`/${team}`, '/', '/prod', '/shared', `/${team}/db`, '/staging', '/infra', '/global'];
    const pages = tale.by({ loud: random.int(3, 6), medium: 2, quiet: 1 });
    for (const path of tale.some(paths, { loud: 8, medium: 2, quiet: 1 })) {
      const refused = tale.by({ loud: random.chance(0.3), medium: false, quiet: false });
      tale.step(
        'branch-read',
        asVictim,
        (refused ? inVain : toThisEnd)('T1555.006', ...Array.from({ length: pages }, () => getParametersByPath(path))),
      );
      tale.rest(tale.by({ loud: 0, medium: 10, quiet: 120 }));
    }
    const names = tale.others('secret', tale.by({ loud: 20, medium: 6, quiet: 3 }));
    const size = tale.by({ loud: 5, medium: 6, quiet: 3 });
    for (let from = 0; from < names.length; from += size) {
      tale.step(
        'batch-read',
        asVictim,
        toThisEnd('T1555.006', batchGetSecrets(account, names.slice(from, from + size))),
      );
    }
    tale.step(
      'single-read',
      asVictim,
      toThisEnd('T1555.006', ...tale.others('parameter', tale.by({ loud: 20, medium: 4, quiet: 2 })).map(getParameter)),
    );
  },
);
