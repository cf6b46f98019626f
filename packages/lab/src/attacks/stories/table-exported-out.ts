import { describeTable } from '../../calls/data.ts';
import { describeContinuousBackups, exportTable, listTables, scanTable } from '../../calls/databases.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Whole tables are written into a bucket of another account. */
export const tableExportedOut = story(
  {
    id: 'table-exported-out',
    title: 'Tables are exported whole into a bucket of a foreign account',
    half: 'test',
    kinds: ['function', 'person', 'scheduled-user', 'pipeline'],
    sources: [
      'AWS, "Threat Technique Catalog for AWS", https://aws-samples.github.io/threat-technique-catalog-for-aws/',
      'Rapid7, "Crimson Collective: A New Threat Group Observed Operating in the Cloud", 2025, https://www.rapid7.com/blog/post/tr-crimson-collective-a-new-threat-group-observed-operating-in-the-cloud/',
      'ATT&CK T1537 Transfer Data to Cloud Account, https://attack.mitre.org/techniques/T1537/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign } = tale;
    const { account } = victim;
    const tables = [...new Set([...tale.own('table'), ...tale.others('table', 5)])];
    const bucket = random.pick(['analytics-mirror', 'dr-landing', 'dwh-intake']);

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'data'),
      toThisEnd('T1580', ...tale.by({ loud: [listTables()], medium: [listTables()], quiet: [] })),
    );
    for (const table of tale.some(tables, { loud: 6, medium: 2, quiet: 1 })) {
      tale.step(
        'table-exported',
        asVictim,
        toThisEnd(
          'T1580',
          ...tale.some([describeTable(table), describeContinuousBackups(table)], { loud: 2, medium: 1, quiet: 0 }),
        ),
        inVain('T1537', ...tale.by({ loud: [exportTable(account, table, bucket)], medium: [], quiet: [] })),
        toThisEnd(
          'T1213.006',
          ...Array.from({ length: tale.by({ loud: random.int(3, 8), medium: 1, quiet: 0 }) }, () =>
            scanTable(account, table),
          ),
        ),
        toThisEnd('T1537', exportTable(account, table, bucket, foreign)),
      );
      tale.rest(tale.by({ loud: 2, medium: 40, quiet: 200 }));
    }
    if (tale.loudness === 'quiet') tale.step('table-used', asVictim, tale.usual(3, 'T1213.006'));
  },
);
