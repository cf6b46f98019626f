import { getObject } from '../../calls/data.ts';
import { lookAround, type Subject } from '../look-around.ts';
import { story } from '../story.ts';

const SUBJECTS: readonly Subject[] = [
  'identity',
  'compute',
  'storage',
  'functions',
  'data',
  'secrets',
  'defenses',
  'quotas',
];

/** Somebody maps the account: nothing but reading, and much of it. */
export const listAndReadEverything = story(
  {
    id: 'list-and-read-everything',
    title: 'A script lists and reads all there is, service after service',
    half: 'tuning',
    kinds: ['person', 'function', 'instance', 'scheduled-user', 'scanner'],
    sources: [
      'Sysdig, "AI-assisted cloud intrusion achieves admin access in 8 minutes", 2026, https://www.sysdig.com/blog/ai-assisted-cloud-intrusion-achieves-admin-access-in-8-minutes',
      'Datadog Security Labs, "Following attackers’ (Cloud)trail in AWS: Methodology and findings in the wild", 2023, https://securitylabs.datadoghq.com/articles/following-attackers-trail-in-aws-methodology-findings-in-the-wild/',
      'ATT&CK T1526 Cloud Service Discovery, https://attack.mitre.org/techniques/T1526/',
    ],
  },
  (tale) => {
    const { asVictim, random, victim } = tale;
    const rounds = tale.by({ loud: random.int(4, 7), medium: random.int(3, 4), quiet: 0 });
    for (let round = 0; round < rounds; round++) {
      tale.step('inventory', asVictim, lookAround(tale, ...random.shuffled(SUBJECTS).slice(0, 3)));
      tale.rest(tale.by({ loud: 1, medium: 10, quiet: 0 }));
    }
    const [bucket = `${victim.team}-config`] = tale.others('bucket', 1);
    const read = Array.from({ length: tale.by({ loud: 10, medium: 2, quiet: 2 }) }, () =>
      getObject(bucket, `config/${random.hex(4)}.yaml`),
    );
    if (tale.loudness === 'quiet') {
      const asked = lookAround({ ...tale, by: (choices) => choices.medium }, 'storage', 'functions', 'data');
      tale.step('inventory', asVictim, asked, tale.usual(asked.length));
    }
    tale.step(
      'configuration-read',
      asVictim,
      read.map((call) => ({ technique: 'T1530', call })),
    );
  },
);
