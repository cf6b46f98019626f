import { getUserData } from '../../calls/compute.ts';
import { getObject, listObjects } from '../../calls/data.ts';
import { getFunction } from '../../calls/lambda.ts';
import { filterLogEvents } from '../../calls/operations.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { otherRoles, takeRole } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A supplier is broken into, and its role in its customers' accounts reads more than it should. */
export const vendorRoleTurned = story(
  {
    id: 'vendor-role-turned',
    title: 'The role of a supplier, broken into itself, reads settings, logs and files that it never needed',
    half: 'test',
    kinds: ['scanner', 'service', 'scheduled-user'],
    sources: [
      'CISA, "Compromise of Sisense Customer Data", 2024, https://www.cisa.gov/news-events/alerts/2024/04/11/compromise-sisense-customer-data',
      'Google Threat Intelligence, "Widespread Data Theft Targets Salesforce Instances via Salesloft Drift", 2025, https://cloud.google.com/blog/topics/threat-intelligence/data-theft-salesforce-instances-via-salesloft-drift',
      'ATT&CK T1199 Trusted Relationship, https://attack.mitre.org/techniques/T1199/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, client, pace } = tale;
    const { account } = victim;
    tale.step('supplier-role', asVictim, lookAround(tale, 'functions', 'storage', 'compute'));
    const settings = tale.others('function', tale.by({ loud: 6, medium: 2, quiet: 1 })).map(getFunction);
    const machines = tale.others('instance', tale.by({ loud: 4, medium: 1, quiet: 0 })).map(getUserData);
    const logs = tale.others('log-group', tale.by({ loud: 5, medium: 1, quiet: 0 })).map(filterLogEvents);
    tale.step(
      'settings-read',
      asVictim,
      toThisEnd('T1552.001', ...random.shuffled([...settings, ...machines])),
      toThisEnd('T1552', ...logs),
    );
    tale.rest(tale.by({ loud: 10, medium: 60, quiet: 300 }));

    const roles = otherRoles(tale, tale.by({ loud: 8, medium: 2, quiet: 0 }));
    const taken = roles.map((role) => takeRole(account, role, 'support', pace.now(), client));
    tale.step('roles-tried', asVictim, inVain('T1550.001', ...taken.slice(1).map(({ call }) => call)));
    const [first] = taken;
    if (first) {
      tale.step('role-taken', asVictim, toThisEnd('T1550.001', first.call));
      tale.step(
        'role-used',
        first.session,
        toThisEnd(
          'T1555.006',
          ...tale
            .others('secret', tale.by({ loud: 8, medium: 2, quiet: 0 }))
            .map((name) => getSecretValue(account, name)),
        ),
      );
    }
    const [bucket = `${victim.team}-reports`] = tale.others('bucket', 1);
    tale.step(
      'files-read',
      asVictim,
      toThisEnd('T1619', ...tale.by({ loud: [listObjects(bucket, '')], medium: [listObjects(bucket, '')], quiet: [] })),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(40, 70), medium: 5, quiet: 3 }) }, () =>
          getObject(bucket, `${random.hex(6)}.csv`),
        ),
      ),
    );
  },
);
