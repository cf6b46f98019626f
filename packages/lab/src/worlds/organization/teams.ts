import { randomStream } from '../../random.ts';
import type { Culture } from './culture.ts';
import { sample } from './draw.ts';
import type { Country, Flavour } from './pools/pool.ts';
import type { Site } from './sites.ts';

/** People and machines that own things together. */
export interface Team {
  readonly name: string;
  readonly flavour: Flavour;
  /** What it works on; names of its things are made of these. */
  readonly subjects: readonly string[];
  /** Services it uses day by day, most used first. */
  readonly services: readonly string[];
  /** Where its live things are. */
  readonly live: Site;
  /** Where it tries things out. */
  readonly trial: Site;
  readonly country: Country;
}

const EVERYDAY: Readonly<Record<Flavour, readonly string[]>> = {
  product: ['lambda', 'logs', 'monitoring', 'dynamodb', 's3', 'cloudformation', 'ssm', 'secretsmanager'],
  platform: [
    'ec2',
    'iam',
    'cloudformation',
    'monitoring',
    'logs',
    'elasticloadbalancing',
    'autoscaling',
    'route53',
    'acm',
    'kms',
    'rds',
  ],
  data: ['s3', 'logs', 'rds', 'dynamodb', 'ce', 'kms'],
  security: ['iam', 'cloudtrail', 'config', 'guardduty', 'access-analyzer', 'kms', 's3', 'organizations'],
  support: ['logs', 'monitoring', 'lambda', 'health', 'support', 'dynamodb'],
  finance: ['ce', 'organizations', 'tagging', 's3'],
};

/** Teams for about `people` people: one platform team at least, products most of all. */
export function teamsOf(culture: Culture, sites: readonly Site[], people: number): readonly Team[] {
  const random = randomStream('teams', culture.half, culture.seed);
  const count = Math.max(2, Math.min(60, Math.round(people / random.int(5, 10))));
  const subjects = random.shuffled(culture.pool.subjects);
  const flavours: Flavour[] = ['platform', 'product'];
  for (const flavour of random.shuffled<Flavour>(['data', 'security', 'support', 'product', 'finance']))
    flavours.push(flavour);
  while (flavours.length < count) flavours.push(random.weighted(FURTHER).flavour);
  return flavours.slice(0, count).map((flavour, index) => {
    const name = random.pick(culture.pool.teamNames[flavour]);
    const live = siteFor(flavour, sites, index);
    return {
      name: flavours.indexOf(flavour) === index ? name : `${name}-${index}`,
      flavour,
      subjects: [0, 1, 2].map((step) => String(subjects[(index * 3 + step) % subjects.length])),
      services: [
        ...sample(random, EVERYDAY[flavour], EVERYDAY[flavour].length - random.int(0, 2)),
        ...sample(random, culture.pool.catalog.ownServices, flavour === 'finance' ? 1 : random.int(2, 5)),
      ],
      live,
      trial: flavour === 'security' ? live : (sites.find(({ stage }) => stage === 'dev') ?? live),
      country: random.pick(culture.countries),
    };
  });
}

const FURTHER: readonly { readonly weight: number; readonly flavour: Flavour }[] = [
  { weight: 7, flavour: 'product' },
  { weight: 2, flavour: 'platform' },
  { weight: 2, flavour: 'data' },
  { weight: 1, flavour: 'support' },
  { weight: 1, flavour: 'security' },
];

function siteFor(flavour: Flavour, sites: readonly Site[], index: number): Site {
  const wanted = flavour === 'data' ? 'data' : flavour === 'security' ? 'security' : 'prod';
  const fitting = sites.filter(({ stage }) => stage === wanted);
  const chosen = fitting[index % Math.max(1, fitting.length)] ?? sites[0];
  if (chosen === undefined) throw new RangeError('an organization has an account');
  return chosen;
}
