import type { Created } from './synthesized.ts';

/**
 * List prices of us-east-1 in dollars, on demand, without free tiers. Check them against the price list of AWS before you
 * rely on them; other regions differ by some tenths.
 */
const PRICES = {
  kinesisShardMonth: 10.95,
  kinesisMillionPuts: 0.014,
  keyMonth: 1,
  keyTenThousandCalls: 0.03,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  metricMonth: 0.3,
  lambdaMillionCalls: 0.2,
  lambdaGbSecond: 0.000_013_333_4,
  dynamoMillionWrites: 0.625,
  dynamoMillionReads: 0.125,
  dynamoGbMonth: 0.25,
  dynamoRestoreGbMonth: 0.2,
  s3ThousandPuts: 0.005,
  s3ThousandGets: 0.0004,
  s3GbMonth: 0.023,
  sqsMillionRequests: 0.4,
  logsGb: 0.5,
} as const;

const MINUTES = 30.4 * 24 * 60;

export interface Line {
  readonly what: string;
  readonly dollars: number;
}

/** What a month costs before the first event, from what is created. */
export function fixedCost(created: Created): readonly Line[] {
  const shards = created.all('Stream').reduce((sum, { inputs }) => sum + Number(inputs.shardCount), 0);
  const metrics = ownMetrics(created);
  const pollers = created.all('EventSourceMapping').filter(({ inputs }) => !('startingPosition' in inputs)).length;
  return [
    { what: `${shards} Kinesis shards`, dollars: shards * PRICES.kinesisShardMonth },
    {
      what: `${created.all('Key').length} keys, and calls to them`,
      dollars: created.all('Key').length * PRICES.keyMonth + 10 * PRICES.keyTenThousandCalls,
    },
    {
      what: `${created.all('MetricAlarm').length} alarms`,
      dollars: created.all('MetricAlarm').length * PRICES.alarmMonth,
    },
    { what: `${metrics} figures of our own, at most`, dollars: metrics * PRICES.metricMonth },
    { what: '1 dashboard', dollars: PRICES.dashboardMonth },
    {
      what: 'functions woken by the clock',
      dollars: [
        lambda({ calls: MINUTES, seconds: 0.5, memory: 3008 }),
        lambda({ calls: MINUTES, seconds: 0.2, memory: 512 }),
        lambda({ calls: MINUTES / 5, seconds: 5, memory: 512 }),
        // Each mark comes out of the stream
        lambda({ calls: MINUTES, seconds: 0.1, memory: 1769 }),
      ].reduce((sum, dollars) => sum + dollars, 0),
    },
    // Five long polls at a time, each of 20 seconds
    { what: `polling of ${pollers} queues`, dollars: (pollers * 5 * 3 * MINUTES * PRICES.sqsMillionRequests) / 1e6 },
    {
      what: 'tables at rest, and the hourly round',
      dollars:
        (15 * MINUTES * PRICES.dynamoMillionWrites + 30 * MINUTES * PRICES.dynamoMillionReads) / 1e6 +
        2 * (PRICES.dynamoGbMonth + PRICES.dynamoRestoreGbMonth),
    },
    { what: 'our own logs, 1 GB', dollars: PRICES.logsGb },
    ...(created.handlers.some(({ handler }) => handler.endsWith('/review.handler'))
      ? [{ what: 'a review a week, of five minutes', dollars: lambda({ calls: 4.4, seconds: 300, memory: 3008 }) }]
      : []),
    ...(created.handlers.some(({ handler }) => handler.endsWith('/keep-leases.handler'))
      ? [
          {
            what: 'leases gone through every five minutes',
            dollars: lambda({ calls: MINUTES / 5, seconds: 1, memory: 1024 }),
          },
        ]
      : []),
  ];
}

/** Names of figures that one function tells, at most. */
const METRICS_PER_FUNCTION = 8;

/** Where it is less; a figure of a function that is not invoked in an hour costs nothing in it, which is not counted here. */
const FEWER_METRICS: readonly (readonly [handler: RegExp, metrics: number])[] = [
  [/\/act-\w+\.handler$/, 3],
  [/\/(?:publish-revocations|review)\.handler$/, 3],
  [/\/(?:export-ledger|revocations)\.handler$/, 2],
];

function ownMetrics(created: Created): number {
  return created.handlers.reduce(
    (sum, { handler }) => sum + (FEWER_METRICS.find(([pattern]) => pattern.test(handler))?.[1] ?? METRICS_PER_FUNCTION),
    0,
  );
}

/** How many events, and how they come. */
export interface Volume {
  readonly millions: number;
  readonly delivery: 's3' | 'log-group';
  /** Bytes of one record, as text. */
  readonly recordBytes: number;
  /** Records of one trail object. */
  readonly recordsPerObject: number;
  /** Events of one actor that one batch finds together, hence one write of its segment. */
  readonly eventsPerWrite: number;
  /** KB of a segment, by the mean of all its writes. */
  readonly segmentKb: number;
  /** Actors active in a mean hour. */
  readonly actorsPerHour: number;
  /** KB of an item with both versions of a baseline. */
  readonly baselineKb: number;
  /** Part of the writes of segments that have something to prove by. */
  readonly withEvidence: number;
}

/** What a month of events costs beside the fixed part. The trail is there anyway: its first copy is free. */
export function variableCost(volume: Volume): readonly Line[] {
  const events = volume.millions * 1e6;
  const writes = events / volume.eventsPerWrite;
  const actorHours = volume.actorsPerHour * (MINUTES / 60);
  return [
    ...(volume.delivery === 's3' ? objectCost(events, volume) : logGroupCost(events, volume)),
    { what: 'activity stream', dollars: (writes * PRICES.kinesisMillionPuts) / 1e6 },
    {
      what: 'score-stream',
      dollars: lambda({
        calls: Math.min(writes, MINUTES * 30),
        seconds: (writes * 0.004) / Math.min(writes, MINUTES * 30) + 0.03,
        memory: 1769,
      }),
    },
    {
      what: 'segments: written by batch, created and frozen by hour',
      dollars: ((writes * volume.segmentKb + actorHours * volume.segmentKb * 3) * PRICES.dynamoMillionWrites) / 1e6,
    },
    {
      what: 'segments and baselines: read',
      dollars:
        ((writes * 0.5 + actorHours * (volume.segmentKb + volume.baselineKb) * 0.25 * 2) * PRICES.dynamoMillionReads) /
        1e6,
    },
    {
      what: 'baselines: written by hour',
      dollars: (actorHours * volume.baselineKb * PRICES.dynamoMillionWrites) / 1e6,
    },
    { what: 'roll-up', dollars: lambda({ calls: 0, seconds: actorHours * 0.002, memory: 3008, total: true }) },
    { what: 'evidence', dollars: (writes * volume.withEvidence * PRICES.s3ThousandPuts) / 1e3 },
  ];
}

function objectCost(events: number, { recordsPerObject }: Volume): readonly Line[] {
  const objects = events / recordsPerObject;
  return [
    {
      what: 'trail objects: announced and read',
      dollars: (objects * 3 * PRICES.sqsMillionRequests) / 1e6 + (objects * PRICES.s3ThousandGets) / 1e3,
    },
    { what: 'trail objects: decrypted', dollars: (objects * PRICES.keyTenThousandCalls) / 1e4 },
    {
      what: 'ingest-s3',
      dollars: lambda({
        calls: objects / 5,
        seconds: (events * SECONDS_PER_EVENT + objects * 0.06) / (objects / 5),
        memory: 1769,
      }),
    },
  ];
}

function logGroupCost(events: number, { recordBytes }: Volume): readonly Line[] {
  const gb = (events * recordBytes) / 1e9;
  // Subscriptions compress to about a tenth, in records of some 100 events
  const records = events / 100;
  return [
    { what: 'CloudWatch Logs, which the trail is delivered to', dollars: gb * PRICES.logsGb },
    { what: 'raw stream', dollars: (records * PRICES.kinesisMillionPuts) / 1e6 },
    {
      what: 'ingest-stream',
      dollars: lambda({
        calls: records / 10,
        seconds: (events * SECONDS_PER_EVENT) / (records / 10) + 0.03,
        memory: 1769,
      }),
    },
  ];
}

/** Lines of one source beside CloudTrail, and how they come. */
export interface LogVolume {
  readonly millions: number;
  readonly door: 'log-group' | 's3';
  /** Lines of one function or party that one container holds, hence one piece. */
  readonly linesPerPiece: number;
  /** Pieces of one record of the raw stream, or of one object. */
  readonly piecesPerContainer: number;
  /** Pieces of one hour that one batch finds together, hence one write of their segment. */
  readonly piecesPerWrite: number;
  readonly segmentKb: number;
  /** Functions or parties that log in a mean hour. */
  readonly partiesPerHour: number;
}

/** What a month of lines costs beside the fixed part. What CloudWatch Logs and S3 take for the logs themselves is paid already. */
export function logCost(volume: LogVolume): readonly Line[] {
  const lines = volume.millions * 1e6;
  const pieces = lines / volume.linesPerPiece;
  const containers = pieces / volume.piecesPerContainer;
  const writes = pieces / volume.piecesPerWrite;
  const partyHours = volume.partiesPerHour * (MINUTES / 60);
  return [
    volume.door === 's3'
      ? {
          what: 'objects: announced, read and decrypted',
          dollars:
            (containers * 3 * PRICES.sqsMillionRequests) / 1e6 +
            (containers * PRICES.s3ThousandGets) / 1e3 +
            (containers * PRICES.keyTenThousandCalls) / 1e4,
        }
      : { what: 'raw stream', dollars: (containers * PRICES.kinesisMillionPuts) / 1e6 },
    {
      what: volume.door === 's3' ? 'ingest-s3' : 'ingest-stream',
      dollars: lambda({
        calls: containers / 5,
        seconds: (lines * SECONDS_PER_LINE + containers * 0.01) / (containers / 5),
        memory: 1769,
      }),
    },
    { what: 'activity stream', dollars: (pieces * PRICES.kinesisMillionPuts) / 1e6 },
    { what: 'score-stream', dollars: lambda({ calls: 0, seconds: writes * 0.004, memory: 1769, total: true }) },
    {
      what: 'segments: written by batch, created and frozen by hour, and read',
      dollars:
        ((writes + partyHours * 3) * Math.ceil(volume.segmentKb) * PRICES.dynamoMillionWrites +
          (writes * 0.5 + partyHours * volume.segmentKb * 0.25) * PRICES.dynamoMillionReads) /
        1e6,
    },
    { what: 'roll-up', dollars: lambda({ calls: 0, seconds: partyHours * 0.002, memory: 3008, total: true }) },
  ];
}

/** Read one line and count it up on a vCPU of arm64; twice what it takes on a desk. */
const SECONDS_PER_LINE = 80e-6;

/** Gunzip, scan and normalize one record on a vCPU of arm64; twice what the bench measures on a desk. */
const SECONDS_PER_EVENT = 60e-6;

function lambda({
  calls,
  seconds,
  memory,
  total = false,
}: {
  calls: number;
  seconds: number;
  memory: number;
  total?: boolean;
}): number {
  return (
    (calls * PRICES.lambdaMillionCalls) / 1e6 + (total ? 1 : calls) * seconds * (memory / 1024) * PRICES.lambdaGbSecond
  );
}

export function sum(lines: readonly Line[]): number {
  return lines.reduce((total, { dollars }) => total + dollars, 0);
}
