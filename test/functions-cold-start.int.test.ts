import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFunction } from './support/lambda-function.ts';
import { bundleOptions } from './support/sst-server.ts';

const root = path.resolve(import.meta.dirname, '..');

const HANDLERS = [
  'ingest-stream',
  'ingest-s3',
  'ingest-event',
  'score-stream',
  'roll-up',
  'alert',
  'publish-outbox',
  'heartbeat',
  'review',
] as const;

/** What the stacks set; nothing is called at these places while a function starts. */
const ENVIRONMENT = {
  PORTCULLIS_SEGMENTS_TABLE: 'segments',
  PORTCULLIS_BASELINES_TABLE: 'baselines',
  PORTCULLIS_ALERTS_TABLE: 'alerts',
  PORTCULLIS_CONTROL_TABLE: 'control',
  PORTCULLIS_LEDGER_TABLE: 'ledger',
  PORTCULLIS_ACTIVITY_STREAM: 'activity',
  PORTCULLIS_INCREMENT_QUEUE_URL: 'http://127.0.0.1:9/increments.fifo',
  PORTCULLIS_BUS: 'alerts',
  PORTCULLIS_STATE_BUCKET: 'state',
  PORTCULLIS_EVIDENCE_BUCKET: 'evidence',
  PORTCULLIS_REJECTS_BUCKET: 'rejects',
  PORTCULLIS_SETTINGS_PARAMETER: '/portcullis-test/settings',
  PORTCULLIS_ACCOUNT: '123456789012',
  PORTCULLIS_FEED: '["portcullis-test-trail"]',
  PORTCULLIS_MEMBER_ROLE: '',
  PORTCULLIS_SIGNING_KEY: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
  PORTCULLIS_NETWORK_TABLE: path.join(root, 'packages/ingest/data/network.bin'),
  PORTCULLIS_LOG_GROUPS: '["aws-cloudtrail-logs"]',
  PORTCULLIS_LOG_OWNERS: '["123456789012"]',
  PORTCULLIS_TRAIL_BUCKET: 'example-trail-logs',
  PORTCULLIS_FLOW_BUCKET: '',
  PORTCULLIS_FLOW_PREFIX: '',
  PORTCULLIS_TRAIL_PREFIX: '',
} as const;

describe('handlers as they are deployed', () => {
  let folder: string;
  beforeAll(async () => {
    mkdirSync(path.join(root, '.cache'), { recursive: true });
    folder = mkdtempSync(path.join(root, '.cache/functions-'));
    // Stands in for the SDK that the runtime brings
    symlinkSync(path.join(root, 'node_modules/.pnpm/node_modules'), path.join(folder, 'node_modules'));
    await Promise.all(
      HANDLERS.map((name) =>
        build({
          ...bundleOptions(path.join(root, `packages/functions/src/${name}.ts`), { external: ['@aws-sdk/*'] }),
          outfile: path.join(folder, name, 'bundle.mjs'),
        }),
      ),
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(HANDLERS)('%s starts within 2 s of processor time', async (name) => {
    const started = await startFunction({ folder: path.join(folder, name), name, environment: ENVIRONMENT });
    started.stop();

    const { coldStartMs, coldStartCpuMs } = started;
    console.info(
      `cold start of ${name}: ${Math.round(coldStartMs)} ms, of which the processor worked ${coldStartCpuMs} ms`,
    );
    // The wall clock also shows what else the machine is doing
    expect(coldStartCpuMs).toBeLessThan(2000);
  });

  it.each([
    { name: 'score-stream', missing: 'PORTCULLIS_CONTROL_TABLE' },
    { name: 'ingest-stream', missing: 'PORTCULLIS_LOG_GROUPS' },
    { name: 'ingest-s3', missing: 'PORTCULLIS_TRAIL_BUCKET' },
  ])('$name does not start without $missing, and says so', async ({ name, missing }) => {
    const { [missing as keyof typeof ENVIRONMENT]: _, ...environment } = ENVIRONMENT;

    await expect(startFunction({ folder: path.join(folder, name), name, environment })).rejects.toThrow(
      new RegExp(`ConfigurationError: environment: ${missing}: is not set`),
    );
  });
});
