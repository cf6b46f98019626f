import { getObject } from '../../calls/data.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround, type Subject } from '../look-around.ts';
import { story } from '../story.ts';

const SUBJECTS: readonly Subject[] = [
  'compute',
  'functions',
  'data',
  'secrets',
  'storage',
  'identity',
  'quotas',
  'defenses',
];

/** Somebody who does not know what its loot may do tries it out, mostly in vain. */
export const permissionProbing = story(
  {
    id: 'permission-probing',
    title: 'Stolen credentials are tried on all sorts of calls to learn by refusals what they may do',
    half: 'test',
    kinds: ['function', 'instance', 'scheduled-user', 'pipeline', 'service'],
    sources: [
      'Hacking the Cloud, "Brute Force IAM Permissions", https://hackingthe.cloud/aws/enumeration/brute_force_iam_permissions/',
      'Unit 42, "Leaked Environment Variables Allow Large-Scale Extortion Operation in Cloud Environments", 2024, https://unit42.paloaltonetworks.com/large-scale-cloud-extortion-operation/',
      'ATT&CK T1580 Cloud Infrastructure Discovery, https://attack.mitre.org/techniques/T1580/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const probes = () =>
      lookAround({ ...tale, by: (choices) => choices.loud }, ...random.shuffled(SUBJECTS).slice(0, 4));
    const pool = Array.from({ length: tale.by({ loud: 4, medium: 1, quiet: 1 }) }, probes).flat();
    const kept = tale.some(random.shuffled(pool), { loud: pool.length, medium: 10, quiet: 4 });
    tale.step(
      'probing',
      asVictim,
      toThisEnd('T1078.004', ...tale.by({ loud: [getCallerIdentity()], medium: [getCallerIdentity()], quiet: [] })),
      kept.map((attempt) => ({ ...attempt, refused: random.chance(0.8) })),
    );
    tale.rest(tale.by({ loud: 10, medium: 60, quiet: 300 }));
    const [bucket = `${victim.team}-media`] = tale.others('bucket', 1);
    tale.step(
      'what-was-allowed',
      asVictim,
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 3, medium: 1, quiet: 0 }))
          .map((name) => getSecretValue(account, name)),
      ),
      toThisEnd(
        'T1530',
        ...Array.from({ length: tale.by({ loud: random.int(10, 30), medium: 3, quiet: 2 }) }, () =>
          getObject(bucket, random.hex(8)),
        ),
      ),
    );
  },
);
