import {
  ANOMALY_DETAIL_TYPES,
  CONFIDENCES,
  DETAIL_TYPES,
  EMERGING_DETAIL_TYPES,
  EVENT_SOURCE,
  SEVERITIES,
} from '../names.ts';
import type { AlertActor, Confidence, DetailType, EventMode, Severity } from '../types.ts';
import { PatternError } from './errors.ts';
import { atLeast, either, except, type FieldPattern, numbersFrom, oneOf } from './field-pattern.ts';

/** What EventBridge takes for the pattern of a rule. */
export const MAX_PATTERN_CHARACTERS = 2048;

/**
 * What a subscriber wants. All that is given must hold; within a list, one is enough.
 *
 * A value that ends in `*` stands for all that begin with what is before it.
 */
export interface AlertPatternOptions {
  /** Alerts where nothing is said: `Anomaly Detected`, `Updated` and `Closed`. */
  readonly detailTypes?: readonly DetailType[];
  /** `live` where nothing is said: replays and dry runs are no alarms. */
  readonly mode?: EventMode | readonly EventMode[];
  /** Lets through what somebody replays from an archive of the bus, which is no news. */
  readonly archiveReplays?: boolean;
  readonly minSeverity?: Severity;
  /** 0 to 100. */
  readonly minScore?: number;
  readonly minConfidence?: Confidence;
  /** Accounts in which it happened, not the one that publishes. */
  readonly accounts?: readonly string[];
  readonly exceptAccounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly exceptRegions?: readonly string[];
  readonly actorKinds?: readonly AlertActor['kind'][];
  readonly exceptActorKinds?: readonly AlertActor['kind'][];
  /** ARNs. Actors without one (services) are left out. */
  readonly actorArns?: readonly string[];
  /** ARNs. Actors without one are let in. */
  readonly exceptActorArns?: readonly string[];
  /** With evidence of one of these detectors. */
  readonly detectors?: readonly string[];
  /** ATT&CK; `T1098*` with its sub-techniques. */
  readonly techniques?: readonly string[];
  /** Whether a person gave a verdict. */
  readonly answered?: boolean;
}

/** An event pattern of EventBridge, as it goes into a rule. */
export interface EventPattern {
  readonly source: FieldPattern;
  readonly 'detail-type': FieldPattern;
  readonly 'replay-name'?: FieldPattern;
  readonly detail: {
    readonly metadata: { readonly mode: FieldPattern };
    readonly data?: NestedPattern;
  };
}

export interface NestedPattern {
  readonly [field: string]: FieldPattern | NestedPattern;
}

/**
 * The pattern of an EventBridge rule that lets through what a subscriber wants.
 *
 * It always pins the source and the lane, and keeps archive replays out. That is no proof of origin: a consumer asks `verifyAlert` before it acts.
 *
 * @throws {PatternError} naming the option that is wrong, or what makes the pattern too long
 * @example
 * JSON.stringify(alertPattern({ minSeverity: 'HIGH', accounts: ['123456789012'] }));
 */
export function alertPattern(options: AlertPatternOptions = {}): EventPattern {
  const { detailTypes = ANOMALY_DETAIL_TYPES, mode = 'live', archiveReplays = false } = options;
  checkNames(options);
  checkTypes(options, detailTypes);
  const data = withoutEmpty({
    account: either('accounts', options.accounts, 'exceptAccounts', options.exceptAccounts),
    region: either('regions', options.regions, 'exceptRegions', options.exceptRegions),
    severity: atLeast('minSeverity', options.minSeverity, SEVERITIES),
    score: numbersFrom('minScore', options.minScore, { lowest: 0, highest: 100 }),
    confidence: atLeast('minConfidence', options.minConfidence, CONFIDENCES),
    actor: withoutEmpty({
      kind: either('actorKinds', options.actorKinds, 'exceptActorKinds', options.exceptActorKinds),
      arn: arnPattern(options),
    }),
    evidence: withoutEmpty({ detector: oneOf('detectors', options.detectors) }),
    techniques: oneOf('techniques', options.techniques),
    verdict: options.answered === undefined ? undefined : { verdict: [{ exists: options.answered }] },
  });
  const pattern: EventPattern = {
    source: [EVENT_SOURCE],
    'detail-type': oneOf('detailTypes', detailTypes),
    ...(archiveReplays ? {} : { 'replay-name': [{ exists: false }] }),
    detail: {
      metadata: { mode: oneOf('mode', typeof mode === 'string' ? [mode] : mode) },
      ...(data === undefined ? {} : { data }),
    },
  };
  checkLength(pattern, data);
  return pattern;
}

/** What is excepted by ARN must not except those that have none. */
function arnPattern({ actorArns, exceptActorArns }: AlertPatternOptions): FieldPattern | undefined {
  if (exceptActorArns === undefined) return oneOf('actorArns', actorArns);
  if (actorArns !== undefined) return either('actorArns', actorArns, 'exceptActorArns', exceptActorArns);
  return [...except('exceptActorArns', exceptActorArns), { exists: false }];
}

const ANOMALIES: readonly DetailType[] = [...ANOMALY_DETAIL_TYPES, ...EMERGING_DETAIL_TYPES];
const ALL_BUT = (...absent: DetailType[]) => DETAIL_TYPES.filter((name) => !absent.includes(name));

/** Which events have the field that an option asks for. Asked of any other, it would silence all of them. */
const HAVE_FIELD: Readonly<Record<keyof AlertPatternOptions, readonly DetailType[]>> = {
  detailTypes: DETAIL_TYPES,
  mode: DETAIL_TYPES,
  archiveReplays: DETAIL_TYPES,
  minSeverity: ALL_BUT('Permission Review Proposed'),
  minScore: ANOMALIES,
  minConfidence: ANOMALIES,
  // Absent where all accounts or regions are concerned, which nobody wants to miss
  accounts: ALL_BUT('Pipeline Impaired'),
  exceptAccounts: ALL_BUT('Pipeline Impaired'),
  regions: ANOMALIES,
  exceptRegions: ANOMALIES,
  actorKinds: ALL_BUT('Pipeline Impaired', 'Permission Review Proposed'),
  exceptActorKinds: ALL_BUT('Pipeline Impaired', 'Permission Review Proposed'),
  actorArns: ALL_BUT('Pipeline Impaired', 'Permission Review Proposed'),
  exceptActorArns: ALL_BUT('Pipeline Impaired', 'Permission Review Proposed'),
  detectors: ANOMALIES,
  techniques: ANOMALIES,
  answered: ANOMALIES,
};

function checkNames(options: AlertPatternOptions): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(HAVE_FIELD, name)) {
      throw new PatternError(`no such option: ${name}; there are ${Object.keys(HAVE_FIELD).join(', ')}`);
    }
  }
}

function checkTypes(options: AlertPatternOptions, detailTypes: readonly DetailType[]): void {
  const unknown = detailTypes.find((name) => !DETAIL_TYPES.includes(name));
  if (unknown !== undefined) throw new PatternError(`detailTypes: no such event: ${unknown}`);
  for (const [name, have] of Object.entries(HAVE_FIELD)) {
    if (options[name as keyof AlertPatternOptions] === undefined) continue;
    const without = detailTypes.find((detailType) => !have.includes(detailType));
    if (without !== undefined) {
      throw new PatternError(
        `${name}: not every ${without} has the field, so none would come; make a rule of its own for it`,
      );
    }
  }
}

function checkLength(pattern: EventPattern, data: NestedPattern | undefined): void {
  const { length } = JSON.stringify(pattern);
  if (length <= MAX_PATTERN_CHARACTERS) return;
  const sizes = Object.entries(data ?? {}).map(([field, part]) => [JSON.stringify(part).length, field] as const);
  const [longest] = sizes.sort(([a], [b]) => b - a);
  throw new PatternError(
    `the pattern has ${length} characters, EventBridge takes ${MAX_PATTERN_CHARACTERS}: ` +
      `use prefixes (arn:aws:iam::1*), or several rules; most of it is ${longest?.[1]}`,
  );
}

/** Without members that say nothing; nothing where none is left. */
function withoutEmpty(parts: Record<string, FieldPattern | NestedPattern | undefined>): NestedPattern | undefined {
  const said = Object.entries(parts).flatMap(([field, part]) => (part === undefined ? [] : [[field, part] as const]));
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
