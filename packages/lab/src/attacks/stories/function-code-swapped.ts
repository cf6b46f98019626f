import { getFunction, invoke } from '../../calls/lambda.ts';
import { replaceCode, setEnvironment } from '../../calls/serverless.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Running code is replaced by code that also serves the intruder. */
export const functionCodeSwapped = story(
  {
    id: 'function-code-swapped',
    title: 'Code and environment of running functions are replaced by what hands their data and credentials out',
    half: 'tuning',
    kinds: ['person', 'pipeline', 'infrastructure', 'function'],
    sources: [
      'Sysdig, "AI-assisted cloud intrusion achieves admin access in 8 minutes", 2026, https://www.sysdig.com/blog/ai-assisted-cloud-intrusion-achieves-admin-access-in-8-minutes',
      'Datadog, "Stratus Red Team: Overwrite Lambda Function Code", https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.lambda-overwrite-code/',
      'ATT&CK T1525 Implant Internal Image, https://attack.mitre.org/techniques/T1525/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const names = tale.others('function', tale.by({ loud: 8, medium: 2, quiet: 1 }));

    tale.step('look-around', asVictim, lookAround(tale, 'functions'));
    for (const name of names) {
      const revisions = tale.by({ loud: random.int(1, 3), medium: 1, quiet: 1 });
      tale.step(
        'code-read',
        asVictim,
        toThisEnd('T1552.001', ...tale.by({ loud: [getFunction(name)], medium: [getFunction(name)], quiet: [] })),
      );
      tale.step(
        'code-swapped',
        asVictim,
        inVain(
          'T1525',
          ...(tale.by({ loud: random.chance(0.4), medium: false, quiet: false })
            ? [replaceCode(account, name, random.hex(44))]
            : []),
        ),
        ...Array.from({ length: revisions }, () => toThisEnd('T1525', replaceCode(account, name, random.hex(44)))),
        toThisEnd(
          'T1546',
          ...tale.by({
            loud: [setEnvironment(account, name)],
            medium: random.chance(0.5) ? [setEnvironment(account, name)] : [],
            quiet: [],
          }),
        ),
      );
      tale.rest(4);
      const runs = tale.by({ loud: random.int(2, 6), medium: 1, quiet: random.int(0, 1) });
      tale.step('code-run', asVictim, toThisEnd('T1648', ...Array.from({ length: runs }, () => invoke(account, name))));
    }
  },
);
