import { getRegistryToken } from '../../calls/containers.ts';
import { putObject } from '../../calls/data.ts';
import { getParametersByPath } from '../../calls/fleet.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue, listSecrets } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { intruderTool } from '../intruder-tools.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** A dependency of the build runs with the pipeline's role, on the pipeline's own machines. */
export const poisonedWorkflow = story(
  {
    id: 'poisoned-workflow',
    title:
      'A poisoned build step uses the pipeline’s role from its usual runners to read secrets and alter what is released',
    half: 'tuning',
    kinds: ['pipeline', 'infrastructure'],
    sources: [
      'CISA, "Supply Chain Compromise of Third-Party tj-actions/changed-files (CVE-2025-30066)", 2025, https://www.cisa.gov/news-events/alerts/2025/03/18/supply-chain-compromise-third-party-tj-actionschanged-files-cve-2025-30066-and-reviewdogaction',
      'CircleCI, "CircleCI incident report for January 4, 2023 security incident", 2023, https://circleci.com/blog/jan-4-2023-incident-report/',
      'ATT&CK T1195.001 Compromise Software Dependencies and Development Tools, https://attack.mitre.org/techniques/T1195/001/',
    ],
  },
  (tale) => {
    const { victim, random, pace } = tale;
    const { account } = victim;
    const runner = victim.client(pace.now(), random);
    const tool = tale.by({
      loud: intruderTool('tuning', random),
      medium: random.chance(0.5) ? intruderTool('tuning', random) : runner.userAgent,
      quiet: runner.userAgent,
    });
    const session = victim.session(pace.now(), random, { ...runner, userAgent: tool });
    const cover = tale.by({ loud: 2, medium: 3, quiet: 5 });

    tale.step(
      'build-step',
      session,
      toThisEnd('T1078.004', ...tale.by({ loud: [getCallerIdentity()], medium: [getCallerIdentity()], quiet: [] })),
    );
    tale.step('build-step', session, tale.usual(cover, 'T1195.001'), lookAround(tale, 'secrets', 'functions'));
    const secrets = tale.others('secret', tale.by({ loud: 20, medium: 3, quiet: 1 }));
    tale.step(
      'secrets',
      session,
      toThisEnd('T1526', ...tale.by({ loud: [listSecrets(), getRegistryToken()], medium: [], quiet: [] })),
      toThisEnd('T1555.006', ...secrets.map((name) => getSecretValue(account, name))),
      toThisEnd(
        'T1555.006',
        ...tale.by({
          loud: [getParametersByPath('/'), getParametersByPath(`/${victim.team}/`)],
          medium: [getParametersByPath(`/${victim.team}/`)],
          quiet: [],
        }),
      ),
    );
    const [bucket = `${victim.team}-artifacts`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    tale.step(
      'release-altered',
      session,
      toThisEnd(
        'T1195.002',
        ...Array.from({ length: tale.by({ loud: 6, medium: 2, quiet: 1 }) }, () =>
          putObject(bucket, `release/${random.hex(6)}.tgz`),
        ),
      ),
      tale.usual(tale.by({ loud: 0, medium: 2, quiet: 3 }), 'T1195.002'),
    );
  },
);
