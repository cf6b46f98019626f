import { write } from '../../calls/call.ts';
import { getObject, listObjects, putObject } from '../../calls/data.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { getPublicAccessBlock } from '../../calls/storage.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A developer's session changes one script of a web page, and later changes it back. */
export const frontendTampered = story(
  {
    id: 'frontend-tampered',
    title: 'A stolen session puts other scripts under a web page, and later puts the old ones back',
    half: 'test',
    kinds: ['person', 'pipeline', 'function'],
    sources: [
      'Elastic Security Labs, "Bit ByBit: emulation of the DPRK’s largest cryptocurrency heist", 2025, https://www.elastic.co/security-labs/bit-bybit',
      'Codecov, "Bash Uploader Security Update", 2021, https://about.codecov.io/security-update/',
      'ATT&CK T1565.001 Stored Data Manipulation, https://attack.mitre.org/techniques/T1565/001/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const [bucket = `${victim.team}-web`] = [...tale.own('bucket'), ...tale.others('bucket', 1)];
    const scripts = Array.from(
      { length: tale.by({ loud: random.int(15, 30), medium: 3, quiet: 1 }) },
      () => `static/js/${random.pick(['main', 'vendor', 'app', 'chunk'])}.${random.hex(8)}.js`,
    );
    const invalidate = write('cloudfront', 'CreateInvalidation', {
      distributionId: `E${random.base32(13)}`,
      invalidationBatch: { callerReference: random.hex(12), paths: { quantity: 1, items: ['/*'] } },
    });

    tale.step(
      'look-around',
      asVictim,
      toThisEnd('T1078.004', ...tale.by({ loud: [getCallerIdentity()], medium: [], quiet: [] })),
      lookAround(tale, 'storage'),
      inVain(
        'T1556.006',
        ...tale.by({
          loud: [write('iam', 'CreateVirtualMFADevice', { virtualMFADeviceName: victim.principalName, path: '/' })],
          medium: [],
          quiet: [],
        }),
      ),
    );
    tale.rest(tale.by({ loud: 30, medium: 300, quiet: 400 }));
    tale.step(
      'scripts-read',
      asVictim,
      toThisEnd(
        'T1619',
        ...tale.by({
          loud: [listObjects(bucket, 'static/'), getPublicAccessBlock(bucket)],
          medium: [listObjects(bucket, 'static/')],
          quiet: [],
        }),
      ),
      toThisEnd('T1530', ...scripts.map((key) => getObject(bucket, key))),
    );
    tale.step(
      'scripts-replaced',
      asVictim,
      toThisEnd(
        'T1565.001',
        ...scripts.map((key) => putObject(bucket, key)),
        ...tale.by({ loud: [invalidate], medium: [invalidate], quiet: [] }),
      ),
    );
    tale.rest(tale.by({ loud: 60, medium: 200, quiet: 300 }));
    tale.step('scripts-put-back', asVictim, toThisEnd('T1565.001', ...scripts.map((key) => putObject(bucket, key))));
  },
);
