import { ConfigurationError } from '@portcullis/config';
import type { TableName } from './tables.ts';

/** Where everything of one deployment lies. Names only: who may use them is a matter of roles. */
export interface AwsConfig {
  readonly region: string;
  /** Another place that speaks the protocols of AWS, as the test bed does. */
  readonly endpoint?: string | undefined;
  readonly tables: Readonly<Record<TableName, string>>;
  /** Name of the stream of packed events and marks. */
  readonly activityStream: string;
  /** URL of the FIFO queue of early words. */
  readonly incrementQueueUrl: string;
  /** Name or ARN of the bus that alerts are published on. */
  readonly bus: string;
  readonly buckets: {
    /** Snapshots, and what seals started from. */
    readonly state: string;
    readonly evidence: string;
    readonly rejects: string;
  };
  /** Begins all keys in the buckets; empty for the live lane. */
  readonly objectPrefix?: string | undefined;
  /** Name of the parameter that holds the settings. */
  readonly settingsParameter: string;
}

/** Variable of the environment by what it names; the one list that handlers and stacks read. */
export const ENVIRONMENT = {
  segmentsTable: 'PORTCULLIS_SEGMENTS_TABLE',
  baselinesTable: 'PORTCULLIS_BASELINES_TABLE',
  alertsTable: 'PORTCULLIS_ALERTS_TABLE',
  controlTable: 'PORTCULLIS_CONTROL_TABLE',
  ledgerTable: 'PORTCULLIS_LEDGER_TABLE',
  activityStream: 'PORTCULLIS_ACTIVITY_STREAM',
  incrementQueueUrl: 'PORTCULLIS_INCREMENT_QUEUE_URL',
  bus: 'PORTCULLIS_BUS',
  stateBucket: 'PORTCULLIS_STATE_BUCKET',
  evidenceBucket: 'PORTCULLIS_EVIDENCE_BUCKET',
  rejectsBucket: 'PORTCULLIS_REJECTS_BUCKET',
  settingsParameter: 'PORTCULLIS_SETTINGS_PARAMETER',
} as const;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from variables that `ENVIRONMENT` names; the region is Lambda's own.
 *
 * @throws {ConfigurationError} naming each variable that is missing
 */
export function awsConfigFrom(variables: Variables): AwsConfig {
  const missing: string[] = [];
  const take = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const config: AwsConfig = {
    region: take('AWS_REGION'),
    endpoint: variables.AWS_ENDPOINT_URL,
    tables: {
      segments: take(ENVIRONMENT.segmentsTable),
      baselines: take(ENVIRONMENT.baselinesTable),
      alerts: take(ENVIRONMENT.alertsTable),
      control: take(ENVIRONMENT.controlTable),
      ledger: take(ENVIRONMENT.ledgerTable),
    },
    activityStream: take(ENVIRONMENT.activityStream),
    incrementQueueUrl: take(ENVIRONMENT.incrementQueueUrl),
    bus: take(ENVIRONMENT.bus),
    buckets: {
      state: take(ENVIRONMENT.stateBucket),
      evidence: take(ENVIRONMENT.evidenceBucket),
      rejects: take(ENVIRONMENT.rejectsBucket),
    },
    settingsParameter: take(ENVIRONMENT.settingsParameter),
  };
  if (missing.length === 0) return config;
  throw new ConfigurationError(
    'environment',
    missing.map((path) => ({ path, message: 'is not set; the stacks set it on every function' })),
  );
}

/** The variables that `awsConfigFrom` reads, for whoever starts a handler. */
export function environmentOf(config: AwsConfig): Readonly<Record<string, string>> {
  return {
    AWS_REGION: config.region,
    ...(config.endpoint !== undefined && { AWS_ENDPOINT_URL: config.endpoint }),
    [ENVIRONMENT.segmentsTable]: config.tables.segments,
    [ENVIRONMENT.baselinesTable]: config.tables.baselines,
    [ENVIRONMENT.alertsTable]: config.tables.alerts,
    [ENVIRONMENT.controlTable]: config.tables.control,
    [ENVIRONMENT.ledgerTable]: config.tables.ledger,
    [ENVIRONMENT.activityStream]: config.activityStream,
    [ENVIRONMENT.incrementQueueUrl]: config.incrementQueueUrl,
    [ENVIRONMENT.bus]: config.bus,
    [ENVIRONMENT.stateBucket]: config.buckets.state,
    [ENVIRONMENT.evidenceBucket]: config.buckets.evidence,
    [ENVIRONMENT.rejectsBucket]: config.buckets.rejects,
    [ENVIRONMENT.settingsParameter]: config.settingsParameter,
  };
}
