import { createImage, shareImage, snapshotVolume } from '../../calls/compute.ts';
import { deleteSnapshot, describeSnapshots, shareSnapshot } from '../../calls/data.ts';
import { createDatabaseSnapshot, shareDatabaseSnapshot } from '../../calls/databases.ts';
import { describeVolumes } from '../../calls/operations.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Disks and databases leave the account as snapshots that another account may copy. */
export const snapshotSharedAway = story(
  {
    id: 'snapshot-shared-away',
    title: 'Snapshots of disks and databases are shared with a foreign account',
    half: 'tuning',
    kinds: ['person', 'scheduled-user', 'infrastructure'],
    sources: [
      'Datadog, "Stratus Red Team: Exfiltrate EBS Snapshot by Sharing It", https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.ec2-share-ebs-snapshot/',
      'U.S. Attorney, Southern District of New York, "Former Employee Of Technology Company Sentenced", 2023, https://www.justice.gov/usao-sdny/pr/former-employee-technology-company-sentenced-six-years-prison-stealing-confidential',
      'ATT&CK T1537 Transfer Data to Cloud Account, https://attack.mitre.org/techniques/T1537/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign } = tale;
    const { account } = victim;
    const existing = tale.others('snapshot', tale.by({ loud: 12, medium: 3, quiet: 1 }));
    const databases = tale.others('database', tale.by({ loud: 3, medium: 1, quiet: 1 }));
    const [instance = `i-0${random.hex(16)}`] = tale.others('instance', 1);
    const image = `ami-0${random.hex(16)}`;
    const fresh = `snap-0${random.hex(16)}`;

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'data', 'compute'),
      toThisEnd('T1580', ...tale.some([describeSnapshots(), describeVolumes()], { loud: 2, medium: 1, quiet: 0 })),
    );
    tale.step(
      'snapshots-shared',
      asVictim,
      inVain(
        'T1537',
        ...tale.by({ loud: existing.slice(0, 2).map((id) => shareSnapshot(id, foreign)), medium: [], quiet: [] }),
      ),
      toThisEnd(
        'T1578.001',
        ...tale.by({ loud: [snapshotVolume(`vol-0${random.hex(16)}`, fresh)], medium: [], quiet: [] }),
      ),
      toThisEnd('T1537', ...existing.map((id) => shareSnapshot(id, foreign))),
    );
    tale.rest(tale.by({ loud: 5, medium: 40, quiet: 240 }));
    const copies = databases.map((name) => ({ name, id: `${name}-${random.pick(['tmp', 'final', 'migration'])}` }));
    if (tale.by({ loud: true, medium: true, quiet: random.chance(0.5) })) {
      for (const { name, id } of copies) {
        tale.step('database-shared', asVictim, toThisEnd('T1578.001', createDatabaseSnapshot(account, name, id)));
        tale.rest(12);
        tale.step('database-shared', asVictim, toThisEnd('T1537', shareDatabaseSnapshot(id, foreign)));
      }
    }
    if (tale.loudness === 'loud') {
      tale.step('image-shared', asVictim, toThisEnd('T1537', createImage(instance, image), shareImage(image, foreign)));
      tale.step('traces-removed', asVictim, toThisEnd('T1485', deleteSnapshot(fresh)));
    }
  },
);
