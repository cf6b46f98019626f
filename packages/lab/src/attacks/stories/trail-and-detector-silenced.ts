import { deleteFlowLogs } from '../../calls/compute.ts';
import { getObject } from '../../calls/data.ts';
import {
  deleteDetector,
  deleteTrail,
  disableDetector,
  disableHub,
  narrowTrail,
  stopRecorder,
} from '../../calls/defenses.ts';
import { getTrailStatus, stopLogging } from '../../calls/operations.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';

/** What watches is switched off first; then come the data. */
export const trailAndDetectorSilenced = story(
  {
    id: 'trail-and-detector-silenced',
    title: 'Trail, detector and recorder are switched off before data are taken',
    half: 'tuning',
    kinds: ['person', 'infrastructure', 'scheduled-user'],
    sources: [
      'Sysdig, "SCARLETEEL: Operation leveraging Terraform, Kubernetes, and AWS for data theft", 2023, https://sysdig.com/blog/cloud-breach-terraform-data-theft/',
      'Permiso, "LUCR-3: Scattered Spider Getting SaaS-y in the Cloud", 2023, https://permiso.io/blog/lucr-3-scattered-spider-getting-saas-y-in-the-cloud',
      'ATT&CK T1685.002 Disable or Modify Cloud Log, https://attack.mitre.org/techniques/T1685/002/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const [trail = `${victim.team}-audit`] = tale.others('trail', 1);
    const [detector = random.hex(32)] = tale.others('detector', 1);
    const silenced = random.pick([
      stopLogging(account, trail),
      narrowTrail(account, trail),
      deleteTrail(account, trail),
    ]);
    const tools = random.shuffled([
      disableDetector(detector),
      deleteDetector(detector),
      stopRecorder('default'),
      disableHub(),
      deleteFlowLogs(`fl-0${random.hex(16)}`),
    ]);

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'defenses', 'storage'),
      toThisEnd(
        'T1526',
        ...tale.by({ loud: [getTrailStatus(account, trail)], medium: [getTrailStatus(account, trail)], quiet: [] }),
      ),
    );
    tale.step('trail-silenced', asVictim, toThisEnd('T1685.002', silenced));
    tale.rest(15);
    tale.step('tools-silenced', asVictim, toThisEnd('T1685', ...tale.some(tools, { loud: 5, medium: 2, quiet: 0 })));
    tale.rest(tale.by({ loud: 5, medium: 30, quiet: 240 }));
    const [bucket = `${victim.team}-archive`] = [...tale.others('bucket', 1)];
    tale.step(
      'data-taken',
      asVictim,
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(25, 50), medium: 5, quiet: 3 }) }, () =>
          getObject(bucket, `${random.pick(['hr', 'finance', 'source'])}/${random.hex(6)}.zip`),
        ),
      ),
    );
  },
);
