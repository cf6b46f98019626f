import * as z from 'zod';

/** Text that may be left out; empty means that there is none. */
const optional = (pattern: RegExp, example: string, description: string) =>
  z
    .string()
    .regex(new RegExp(`^(?:${pattern.source})?$`), `takes a text like ${example}`)
    .default('')
    .meta({ examples: [example] })
    .describe(description);

const logGroups = (example: string, description: string) =>
  z
    .array(
      z
        .string()
        .regex(/^[\w./#-]{1,512}$/, `takes names of log groups: ${example}`)
        .regex(/^(?!\/?(aws\/lambda\/|aws\/vendedlogs\/)?portcullis)/, 'takes log groups other than our own: a loop'),
    )
    .default([])
    .describe(description);

const days = (most: number, standard: number, description: string) =>
  z.int().min(1).max(most).default(standard).describe(description);

const fields = z.strictObject({
  scope: z
    .enum(['account', 'organization'])
    .default('account')
    .describe(
      'Whose logs are read: those of the account that this is deployed into, or of all accounts of an organization, from its log archive account.',
    ),
  organizationId: optional(
    /o-[a-z0-9]{10,32}/,
    'o-exampleorgid',
    'Id of the organization. Only its accounts may forward events here. Needed for the scope `organization`.',
  ),
  organizationUnits: z
    .array(
      z
        .string()
        .regex(/^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/, 'takes a unit or root: ou-ab12-cd34ef56'),
    )
    .default([])
    .describe(
      'Units or roots whose accounts, also those that join later, get the member role and the forwarding rules, by a StackSet. ' +
        'Needs a delegated administrator of StackSets. Leave it empty where you roll out stacks/members/member.template.json yourself.',
    ),
  trail: z
    .enum(['new', 'existing'])
    .default('new')
    .describe(
      'Create a trail, or use one that is there. The first copy of management events is free; where a trail exists, a second costs $20 per million events.',
    ),
  delivery: z
    .enum(['s3', 'log-group'])
    .default('s3')
    .describe(
      'How logs come in bulk: as objects of the trail bucket, or by subscription of the trail log group, which is as late, and costs $0.80 more per million events.',
    ),
  logGroups: logGroups('aws-cloudtrail-logs', 'Log groups of the existing trail, for the delivery `log-group`.'),
  functionLogGroups: logGroups(
    '/aws/lambda/orders',
    'Log groups of Lambda functions, of this account and region, that are read as well: runs, errors, time and memory. Each is subscribed to; a log group has room for two subscriptions. Only what functions log is taken from them.',
  ),
  apiLogGroups: logGroups(
    'orders-api-access',
    'Log groups of access logs of API Gateway in the format of docs/api-gateway.md, of this account and region; likewise.',
  ),
  flowLogGroups: logGroups(
    'vpc-flow-logs',
    'Log groups of VPC flow logs in the default format, of this account and region; likewise. Where there are many flows, a bucket costs less.',
  ),
  flowBucket: optional(
    /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/,
    'example-flow-logs',
    'Bucket that VPC flow logs are delivered to as text (not Parquet), with EventBridge turned on by its owner. It is read and never changed.',
  ),
  flowBucketPrefix: optional(
    /[\w!.*'()/-]{1,200}/,
    'AWSLogs/',
    'Only flow logs below this prefix of that bucket are read. Empty: all of them.',
  ),
  flowBucketKeyArn: optional(
    /arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+/,
    'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'Key that encrypts the objects of that bucket, if one does. Its policy must let the role of `ingest-s3` decrypt.',
  ),
  bucket: optional(
    /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/,
    'example-trail-logs',
    'Bucket of the existing trail, for the delivery `s3`. It is read and never changed.',
  ),
  bucketPrefix: optional(
    /[\w!.*'()/-]{1,200}/,
    'trail/AWSLogs/',
    'Only objects below this prefix of the existing bucket are read. Empty: all of it.',
  ),
  bucketKeyArn: optional(
    /arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+/,
    'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'Key that encrypts the objects of the existing bucket, if one does. Its policy must let the role of `ingest-s3` decrypt.',
  ),
  announcedBy: z
    .enum(['eventbridge', 'sns'])
    .default('eventbridge')
    .describe(
      'What tells of new objects in the existing bucket: EventBridge (turned on for the bucket by its owner), or a topic that the bucket or the trail notifies.',
    ),
  topicArn: optional(
    /arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+/,
    'arn:aws:sns:eu-west-1:123456789012:trail-objects',
    'That topic, for `sns`. In another account, its policy must let this one subscribe.',
  ),
  fastLane: z
    .boolean()
    .default(true)
    .describe(
      'Forward some sixty kinds of writes worth a response as single events: seconds after the call, minutes before the rest.',
    ),
  regions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'takes regions: eu-west-1'))
    .default([])
    .describe(
      'Regions in use beside the one deployed into; the fast lane listens there too. It always does in us-east-1, where events of IAM appear.',
    ),
  rawShards: z
    .int()
    .min(1)
    .max(200)
    .default(1)
    .describe(
      'Shards of the stream of raw logs, for whatever comes by log group. One takes 1 MB or 1,000 records a second, $11 a month.',
    ),
  activityShards: z
    .int()
    .min(1)
    .max(200)
    .default(1)
    .describe(
      'Shards of the stream of activity events. One carries some thousand events a second, since those of one actor travel packed.',
    ),
  evidenceDays: days(
    3650,
    90,
    'Days that normalized writes are kept as proof for a response. They hold who did what from where.',
  ),
  failureDays: days(365, 30, 'Days that batches and records are kept that could not be processed.'),
  alertDays: days(3650, 400, 'Days that alerts are kept, and replayable from the archive of the bus.'),
  logDays: z
    .enum(['1', '3', '7', '14', '30', '60', '90', '180', '365'])
    .default('30')
    .describe("Days that the functions' own logs are kept. They hold no events."),
  trailDays: days(3650, 365, 'Days that the bucket of a new trail keeps its objects. `backfill` reads them.'),
  alarmTopicArn: optional(
    /arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+/,
    'arn:aws:sns:eu-west-1:123456789012:on-call',
    'Topic that alarms go to. Empty: one is created, to subscribe to.',
  ),
  response: z
    .enum(['none', 'cuts', 'cuts-and-edits'])
    .default('none')
    .describe(
      'Whether there is anything that can act. `cuts`: functions that can take away what `response-policy.config.ts` says, and nothing else. ' +
        '`cuts-and-edits`: also the one that changes what is yours (trust, grants, shares), after approval only. `none`: nothing is created that could.',
    ),
  review: z
    .enum(['none', 'weekly', 'monthly'])
    .default('none')
    .describe(
      'How often what roles and users may do is set against what they did, and less is proposed (`docs/review.md`). It takes the right to read every ' +
        'policy of an account, which nothing else here has, and says nothing before `review.minDays` of logs; so it has to be asked for.',
    ),
  reviewRoles: z
    .array(
      z
        .string()
        .regex(
          /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
          'takes a role: arn:aws:iam::111122223333:role/reviewer',
        ),
    )
    .default([])
    .describe(
      'Roles by which a review asks IAM of other accounts, one for each. Each has to trust the role of the function `review`, and may do no more than `iam:GetAccountAuthorizationDetails`.',
    ),
  managementAccount: optional(
    /\d{12}/,
    '210987654321',
    'Management account of the organization, or the one that it delegated policies and Identity Center to. Cuts of people in permission sets, and pins, are made there.',
  ),
  identityCenterRegion: optional(
    /[a-z]{2}(?:-[a-z]+)+-\d/,
    'eu-west-1',
    'Region of Identity Center. Empty: there is none, or nothing is cut there.',
  ),
  responseIssuer: optional(
    /https:\/\/[\w.-]+(?:\/[\w./-]*)?/,
    'https://login.example.com',
    'Issuer of the tokens (OIDC) by which people approve over HTTP. Empty: by AWS credentials only.',
  ),
  responseAudience: z
    .array(z.string().min(1))
    .default([])
    .describe('Audiences that those tokens have to be for. Needed with an issuer.'),
  ledgerDays: days(
    3650,
    400,
    'Days that the copy of the ledger is locked: nobody can change or delete it before, the root of the account included. Longer is for ever, shorter is not possible afterwards.',
  ),
});

type Fields = z.output<typeof fields>;

/** What must be there together with what else. */
const NEEDED: readonly (readonly [keyof Fields, (deploy: Fields) => boolean, string])[] = [
  [
    'organizationId',
    ({ scope, organizationId }) => scope === 'organization' && !organizationId,
    'takes the id of the organization',
  ],
  [
    'organizationUnits',
    ({ scope, organizationUnits }) => scope === 'account' && organizationUnits.length > 0,
    'takes units for the scope organization only',
  ],
  [
    'logGroups',
    ({ trail, delivery, logGroups }) => trail === 'existing' && delivery === 'log-group' && logGroups.length === 0,
    'takes the log groups of the existing trail',
  ],
  [
    'logGroups',
    ({ trail, delivery, logGroups }) => (trail === 'new' || delivery === 's3') && logGroups.length > 0,
    'takes names for an existing trail that is delivered to log groups only',
  ],
  [
    'bucket',
    ({ trail, delivery, bucket }) => trail === 'existing' && delivery === 's3' && !bucket,
    'takes the bucket of the existing trail',
  ],
  [
    'bucket',
    ({ trail, delivery, bucket }) => (trail === 'new' || delivery === 'log-group') && Boolean(bucket),
    'takes a name for an existing trail that is delivered to s3 only',
  ],
  [
    'topicArn',
    ({ bucket, announcedBy, topicArn }) => Boolean(bucket) && announcedBy === 'sns' && !topicArn,
    'takes the topic that tells of new objects',
  ],
  ...(['functionLogGroups', 'apiLogGroups', 'flowLogGroups'] as const).map(
    (setting) =>
      [
        setting,
        (deploy: Fields) => deploy[setting].some((name) => holders(deploy, name) > 1),
        'takes each log group once: a group is believed about one kind of log only',
      ] as const,
  ),
  ...(['flowBucketPrefix', 'flowBucketKeyArn'] as const).map(
    (setting) =>
      [
        setting,
        (deploy: Fields) => Boolean(deploy[setting]) && !deploy.flowBucket,
        'takes a value together with flowBucket only',
      ] as const,
  ),
  [
    'responseAudience',
    ({ responseIssuer, responseAudience }) => Boolean(responseIssuer) !== responseAudience.length > 0,
    'takes audiences with an issuer, and none without',
  ],
  [
    'reviewRoles',
    ({ review, reviewRoles }) => review === 'none' && reviewRoles.length > 0,
    'takes roles only where there is a review: set review',
  ],
  [
    'responseIssuer',
    ({ response, responseIssuer }) => response === 'none' && Boolean(responseIssuer),
    'takes an issuer only where something can be approved: set response',
  ],
];

/** How often a log group is named. */
function holders({ logGroups: ofTrail, functionLogGroups, apiLogGroups, flowLogGroups }: Fields, name: string): number {
  return [...ofTrail, ...functionLogGroups, ...apiLogGroups, ...flowLogGroups].filter((one) => one === name).length;
}

/** How it is deployed. Says nothing about what is an alert, so it is left out of the version that alerts name. */
export const deploySchema = fields.superRefine((deploy, context) => {
  for (const [setting, isWrong, message] of NEEDED) {
    if (isWrong(deploy)) context.addIssue({ code: 'custom', path: [setting], message });
  }
});
