import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Synthesized } from '../support/synth.ts';

const support = path.resolve(import.meta.dirname, '../support');

beforeAll(() => {
  execFileSync(process.execPath, [path.join(support, 'sst-install.ts')], { stdio: 'inherit' });
});

describe('what stays when a stage is removed', () => {
  it.each([
    { stage: 'production', lasts: true, why: 'holds evidence' },
    { stage: 'detest', lasts: true, why: 'a name that only looks like a throw-away one' },
    { stage: 'test', lasts: false, why: 'thrown away' },
    { stage: 'pr-17', lasts: false, why: 'thrown away with its branch' },
  ])('$stage: lasts $lasts ($why)', ({ stage, lasts }) => {
    expect(synthesize(stage).app).toMatchObject({ removal: lasts ? 'retain' : 'remove', protect: lasts });
  });
});

describe('the door', () => {
  let created: Synthesized;
  beforeAll(() => {
    created = synthesize('production');
  });

  it('creates these and nothing else', () => {
    expect(created.resources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'aws:kinesis/resourcePolicy:ResourcePolicy RawLogsTlsOnly',
      'aws:kinesis/stream:Stream RawLogsStream',
      'aws:kms/key:Key LogsKey',
      'pulumi:pulumi:Stack portcullis-production',
      'sst:aws:KinesisStream RawLogs',
    ]);
  });

  it('encrypts raw logs with a key of its own that rotates', () => {
    expect(inputsOf('LogsKey')).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    expect(inputsOf('RawLogsStream')).toMatchObject({
      encryptionType: 'KMS',
      kmsKeyId: expect.stringMatching(/:kms:.*\/LogsKey$/),
    });
  });

  it('keeps them over a weekend, on one shard', () => {
    expect(inputsOf('RawLogsStream')).toMatchObject({
      retentionPeriod: 72,
      shardCount: 1,
      streamModeDetails: { streamMode: 'PROVISIONED' },
    });
  });

  it('is closed to plain HTTP, for everyone', () => {
    const { policy, resourceArn } = inputsOf('RawLogsTlsOnly');

    expect(resourceArn).toMatch(/:kinesis:.*\/RawLogsStream$/);
    expect(JSON.parse(String(policy)).Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Action: expect.arrayContaining(['kinesis:GetRecords', 'kinesis:PutRecord', 'kinesis:PutRecords']),
        Resource: resourceArn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  function inputsOf(name: string): Readonly<Record<string, unknown>> {
    const named = created.resources.filter((resource) => resource.name === name);
    expect(named, name).toHaveLength(1);
    return named[0]?.inputs ?? {};
  }
});

/** In a process of its own: Pulumi's engine is one per process. */
function synthesize(stage: string): Synthesized {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-synth-'));
  try {
    const out = path.join(folder, 'synthesized.json');
    execFileSync(process.execPath, [path.join(support, 'synth.ts'), out, stage], { stdio: 'inherit' });
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
