import { z } from 'zod';

/** A cut that is meant to last is a change of permissions, and a matter of review. */
const MAX_LEASE_DAYS = 30;
const NAMES_SOMETHING = /[A-Za-z0-9]/;

const kebab = z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'takes a kebab-case name' });
const pattern = z.string().regex(NAMES_SOMETHING, { error: 'takes an ARN, id or name, with * for a part of it' });
const account = z.string().regex(/^\d{12}$/, { error: 'takes a 12-digit account id' });
const instant = z.iso.datetime({ error: 'takes a time in UTC: 2026-11-23T10:15:00Z' });
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'takes a time of day in UTC: 18:30' });

const RESPONSE_MODES = ['observe', 'approve', 'enforce'] as const;

/** From the least that stops what was seen, to all that the actor may do. */
const BREADTHS = ['narrow', 'category', 'everything'] as const;

const rule = z.strictObject({
  id: kebab.describe('Named in the ledger and in events: who or what decided'),
  severity: z
    .array(z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']))
    .min(1)
    .exactOptional(),
  actorKind: z
    .array(z.enum(['role', 'user', 'person', 'function']))
    .min(1)
    .exactOptional(),
  confidence: z
    .array(z.enum(['low', 'medium', 'high']))
    .min(1)
    .exactOptional(),
  accounts: z.array(account).min(1).exactOptional(),
  tag: z
    .strictObject({ key: z.string().min(1), values: z.array(z.string()).min(1) })
    .exactOptional()
    .describe('Of the principal, as of the last look before the episode: a tag set since then has no say'),
  hours: z
    .strictObject({
      from: timeOfDay,
      to: timeOfDay.describe('Ends before it; earlier than from means the next morning'),
      days: z.array(z.int().min(0).max(6)).min(1).exactOptional().describe('0 is Sunday'),
    })
    .exactOptional()
    .describe('UTC, of the time of acting'),
  confirmed: z.boolean().exactOptional().describe('Only where a person has confirmed the alert, or has not'),
  mode: z.enum(RESPONSE_MODES),
  breadth: z.enum(BREADTHS).default('narrow').describe('Widest cut that may be chosen'),
  delayMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(0)
    .describe('Waits so long, then looks at the live state again. Gives people time to stop it, and an attacker too'),
});

const protect = z.strictObject({
  principals: z
    .array(pattern)
    .default([])
    .describe('Never touched, beside what the code protects anyway: break-glass users, the deploy role'),
  accounts: z.array(account).default([]).describe('Accounts in which nothing is ever cut: the management account'),
  tags: z
    .array(z.strictObject({ key: z.string().min(1), value: z.string().exactOptional() }))
    .default([{ key: 'break-glass' }])
    .describe('Whoever bore such a tag at the last look before the episode is never touched'),
  approvalOnly: z.array(pattern).default([]).describe('Cut after approval only: deploy roles of CI'),
  maxFunctionsPerRole: z
    .int()
    .min(1)
    .default(3)
    .describe('A role behind more functions than this is cut after approval only'),
});

const brakes = z.strictObject({
  actsPerHour: z.int().min(1).max(1000).default(20).describe('Cuts an hour, over all accounts'),
  actsPerHourAndAccount: z.int().min(1).max(1000).default(10).describe('Cuts an hour in one account'),
  shareOfActiveActors: z
    .number()
    .min(0.001)
    .max(1)
    .default(0.05)
    .describe('Share of the active actors of an account that may be under a cut at a time; one always may'),
  maxAlertAgeMinutes: z
    .int()
    .min(5)
    .max(1440)
    .default(90)
    .describe('An alert whose last event is older than this never starts a cut: archives are replayed'),
});

const lease = z.strictObject({
  hours: z.int().min(1).max(168).default(4).describe('How long a cut lasts that ends by itself'),
  maxDays: z.int().min(1).max(MAX_LEASE_DAYS).default(7).describe('Renewed while it blocks attempts, up to this'),
});

const approval = z.strictObject({
  hours: z.int().min(1).max(168).default(24).describe('A proposal that nobody approves within it lapses'),
  twoPersons: z
    .enum(['never', 'edits', 'always'])
    .default('edits')
    .describe('Whose approval takes two: edits of trust, grants, organizations and Identity Center, or all'),
});

const maintenance = z
  .strictObject({
    id: kebab,
    from: instant,
    to: instant,
    accounts: z.array(account).default([]).describe('Empty for all'),
    mode: z.enum(['observe', 'approve']).default('approve').describe('At most this, for the time'),
  })
  .refine(({ from, to }) => Date.parse(to) > Date.parse(from), { path: ['to'], message: 'takes a time after from' });

/** What may be done about an alert, by whom it is, when and how far. The first rule that fits decides; none: observe. */
export const responsePolicySchema = z.strictObject({
  rules: z.array(rule).default([]),
  protect: protect.prefault({}),
  brakes: brakes.prefault({}),
  lease: lease.prefault({}),
  approval: approval.prefault({}),
  maintenance: z.array(maintenance).default([]),
});
