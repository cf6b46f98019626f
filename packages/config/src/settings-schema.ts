import * as z from 'zod';
import { deploySchema } from './deploy-schema.ts';
import { changeWindow, suppression, teamMembers } from './feedback-schema.ts';

const MIB = 1024 * 1024;

const lateness = z.strictObject({
  minutes: z
    .int()
    .min(0)
    .max(1440)
    .default(15)
    .describe(
      'Minutes an epoch stays open for late records after its end. CloudTrail delivers most within 5 and nearly all within 15; ' +
        'longer keeps more in memory and delays learning, shorter counts more records as late.',
    ),
});

const dedupe = z.strictObject({
  horizonMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe(
      'Minutes of event time over which a repeated event id is recognized. Redelivery comes within the hour; memory grows with it. ' +
        'At least `lateness.minutes`, or a repetition would be learned twice.',
    ),
});

const limits = z.strictObject({
  fileBytes: z
    .int()
    .min(1)
    .default(256 * MIB)
    .describe(
      "Bytes of one container as stored. CloudTrail's own objects stay below 10 MiB; joined exports reach some hundred.",
    ),
  decompressedBytes: z
    .int()
    .min(1)
    .default(256 * MIB)
    .describe(
      'Bytes after decompression of everything in one container. Stops gzip bombs; parsed JSON takes about three times its text in memory.',
    ),
  recordBytes: z
    .int()
    .min(1)
    .default(4 * MIB)
    .describe('Bytes of one record. CloudTrail itself stops at 1 MiB; keep it above that.'),
  recordDepth: z
    .int()
    .min(1)
    .max(1000)
    .default(1000)
    .describe(
      'Levels of arrays and objects in a record. Real records stay below 20; records shorter than twice this many bytes need no look.',
    ),
  envelopeDepth: z
    .int()
    .min(1)
    .max(100)
    .default(8)
    .describe(
      'Levels of packaging around a record. A Kinesis record with a logs subscription with an EventBridge event is 4.',
    ),
  records: z
    .int()
    .min(1)
    .default(1_000_000)
    .describe('Records of one container. Bounds the time that one object can take.'),
});

const alerts = z.strictObject({
  budgetPer100ActorsPerWeek: z
    .number()
    .min(0.1)
    .max(100)
    .default(1)
    .describe(
      'False alerts a week per 100 active actors that you accept. The alert threshold follows from it: more finds more attacks and costs more attention.',
    ),
  closeAfterHours: z
    .int()
    .min(1)
    .max(336)
    .default(48)
    .describe(
      'Hours without new evidence after which an episode closes. Two nights, so that one intrusion stays one alert.',
    ),
  decayHalfLifeHours: z
    .number()
    .min(1)
    .max(336)
    .default(36)
    .describe(
      "Hours in which a piece of evidence loses half its weight. Longer than a day, so that tomorrow's evidence still joins.",
    ),
  familyDiscount: z
    .number()
    .min(0)
    .max(1)
    .default(0.35)
    .describe(
      'Weight of each further finding of one family in an episode, against the one before it. 0 counts only the strongest, 1 counts all fully; ' +
        'high values let a long but ordinary session of new work alert.',
    ),
  allowanceBits: z
    .number()
    .min(0)
    .max(20)
    .default(3.5)
    .describe(
      'Bits of surprise that every finding is forgiven. 3.5 bits is what one active day in eleven shows anyway.',
    ),
});

const detectorMode = (finds: string) =>
  z
    .enum(['off', 'shadow', 'alert'])
    .default('alert')
    .describe(`${finds} \`shadow\` computes evidence without counting it, to try the detector out.`);

const detectors = z.strictObject({
  'new-action': detectorMode('Actions that the actor seldom or never uses.'),
  'new-service': detectorMode('Services that the actor never calls.'),
  'permission-change': detectorMode('Trust, permissions or exposure given away.'),
  'log-tampering': detectorMode('Logs and detectors turned off or thinned out.'),
  'root-use': detectorMode('Any use of a root user.'),
  'service-finding': detectorMode('What GuardDuty and products behind Security Hub found about the actor.'),
  'role-chain': detectorMode('Roles that the actor never takes up.'),
  'new-data': detectorMode('Secrets, tables and buckets that the actor never reads.'),
  'new-target': detectorMode('Things that the actor never changes or uses.'),
  'new-network': detectorMode('Networks that the actor seldom or never calls from.'),
  'new-region': detectorMode('Regions that the actor never calls.'),
  'new-agent': detectorMode('Programs that the actor never calls with.'),
  'new-session': detectorMode('Sessions named otherwise than all before.'),
  'unusual-hour': detectorMode('Hours at which the actor is never active.'),
  'dormant-awake': detectorMode('Return after a silence longer than any before.'),
  'call-rate': detectorMode('More calls than the actor makes at its busiest.'),
  'denied-rate': detectorMode('More refused or failed calls than usual.'),
  'data-rate': detectorMode('More content read than usual.'),
  'change-rate': detectorMode('More changes than usual.'),
  'resource-spread': detectorMode('More different things touched than usual.'),
  'novelty-rate': detectorMode('More first times than usual, of any kind.'),
  'invocation-rate': detectorMode('Functions that run far more often than they do, by their own logs.'),
  'invocation-length': detectorMode('Functions that run longer, bill more or hold more memory than they do.'),
  'invocation-errors': detectorMode('Functions that fail, time out or start anew more often than they do.'),
  'function-silence': detectorMode('Functions that run without writing, or are heard of no more.'),
  'new-peer': detectorMode('Networks, ports and private addresses never connected to, by flow logs.'),
  'egress-volume': detectorMode('Far more bytes sent to the internet than usual.'),
  'internal-fan-out': detectorMode('Connections to far more private addresses than usual.'),
  'rejected-flows': detectorMode('Far more refused flows than usual, other than from the internet.'),
  beaconing: detectorMode('Peers that are contacted at even intervals.'),
  'unauthenticated-route': detectorMode('Routes of APIs that answer strangers where they never did.'),
  'credential-misuse': detectorMode('Known callers of APIs from networks or programs that they never used.'),
  'new-caller': detectorMode('Callers whom an API never answered.'),
  'path-enumeration': detectorMode('One asker that goes through far more paths of an API than any.'),
  'status-mix': detectorMode('Far more refused or failed requests of an API than usual.'),
});

const functions = z.strictObject({
  region: z
    .string()
    .regex(/^(?:unknown|[a-z]{2}(?:-[a-z]+)+-\d)$/, 'expected a region: eu-west-1')
    .default('unknown')
    .describe(
      'Region of logs of Lambda functions that do not tell theirs. Subscription data names the account and the function, not the region.',
    ),
  dollarsPerMillionInvocations: z
    .number()
    .min(0)
    .default(0.2)
    .describe(
      'Price of a million invocations, for the cost that alerts about functions state. List price of us-east-1.',
    ),
  dollarsPerGbSecond: z
    .number()
    .min(0)
    .default(0.0000166667)
    .describe('Price of a gigabyte-second, likewise. List price of us-east-1 for x86.'),
});

const network = z.strictObject({
  owners: z
    .record(
      z.string().regex(/^eni-[0-9a-f]{8,17}$/, 'expected an interface: eni-0123456789abcdef0'),
      z.string().min(1).max(2048),
    )
    .default({})
    .describe(
      'ARN of what owns a network interface, by its id. What its flow logs tell then joins the episode of that function, role or instance, and stays ' +
        'known when the interface is replaced. Interfaces that are not listed are known by their instance where the log tells it, else by themselves.',
    ),
});

const findingBits = (severity: string, bits: number, reason: string) =>
  z.number().min(0).max(16).default(bits).describe(`Bits of a finding of ${severity} severity. ${reason}`);

const findings = z.strictObject({
  bits: z
    .strictObject({
      low: findingBits('low', 6, 'One actor-day in 64: a tenth of what alerts at the default budget.'),
      medium: findingBits('medium', 8, 'One actor-day in 256: a quarter of it.'),
      high: findingBits('high', 11, 'One actor-day in 2,000: half of it, so it takes another oddity of the actor.'),
      critical: findingBits('critical', 16, 'The most there is: it alerts alone.'),
    })
    .prefault({}),
});

const review = z.strictObject({
  minDays: z
    .int()
    .min(1)
    .max(400)
    .default(90)
    .describe(
      'Days of logs, and of the life of a principal, below which nothing is proposed: a quarter, so that what happens once in one has happened.',
    ),
  margin: z
    .enum(['reads', 'none'])
    .default('reads')
    .describe(
      'What stays beside what was used. `reads`: looks at how things are set up, in services in use. `none`: nothing.',
    ),
  dataEvents: z
    .array(z.string().regex(/^(?:\*|[a-z][a-z0-9-]*)$/, 'takes service prefixes, or `*` for all: s3'))
    .default([])
    .describe(
      'Services whose data events the trail logs, all of them. What no log would have shown is never proposed to go.',
    ),
  keep: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Names or ARNs, with `*`, of principals that are left alone, beside those named like break-glass and those tagged `portcullis:keep`.',
    ),
});

const accounts = z.strictObject({
  own: z
    .array(z.string().regex(/^\d{12}$/))
    .default([])
    .describe(
      'Account ids of your organization. Access given to any other account counts as foreign; accounts whose logs arrive here are own without being listed.',
    ),
});

const actors = z.strictObject({
  maxSessionsPerRole: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe(
      'People behind one shared role that get a baseline of their own. Beyond it sessions are judged as the role itself, so invented session names cannot exhaust memory.',
    ),
});

const feedback = {
  teams: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), teamMembers)
    .default({})
    .describe(
      'Teams by name, each a list of actors (id, ARN or name, with `*`). A verdict can be given for a whole team.',
    ),
  changeWindows: z
    .array(changeWindow)
    .default([])
    .describe(
      'Work told beforehand. Within its time, the named actions of the named actors are shown in a case without counting; ' +
        'anything else still counts. See docs/feedback.md.',
    ),
  suppressions: z
    .array(suppression)
    .default([])
    .describe(
      'Evidence that no longer alerts. Owned, reasoned, counted, and over after at most 90 days; ' +
        'stopped logs, root use and foreign trust are never hidden. See docs/feedback.md.',
    ),
};

/** Every setting there is, with its default, range, unit and reason. `docs/configuration.md` is generated from it. */
export const settingsSchema = z
  .strictObject({
    lateness: lateness.prefault({}),
    dedupe: dedupe.prefault({}),
    limits: limits.prefault({}),
    alerts: alerts.prefault({}),
    detectors: detectors.prefault({}),
    accounts: accounts.prefault({}),
    actors: actors.prefault({}),
    functions: functions.prefault({}),
    network: network.prefault({}),
    findings: findings.prefault({}),
    review: review.prefault({}),
    ...feedback,
    deploy: deploySchema.prefault({}),
  })
  .refine(({ dedupe: { horizonMinutes }, lateness: { minutes } }) => horizonMinutes >= minutes, {
    path: ['dedupe', 'horizonMinutes'],
    message: 'takes at least lateness.minutes, or repetitions are learned twice',
  });
