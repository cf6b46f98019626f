import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseAlert } from '@portcullis/contract';
import { afterAll, describe, expect, it } from 'vitest';
import labels from '../../sample/labels.json' with { type: 'json' };
import sample from '../../sample/sample.json' with { type: 'json' };
import { runPortcullis } from '../testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../sample/AWSLogs');
const POLICIES = path.resolve(import.meta.dirname, '../../../../examples/response-policies');
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-policy-'));
const at = (name: string) => path.join(folder, name);

afterAll(() => rmSync(folder, { recursive: true }));

const replay = (policy: string, ...args: readonly string[]) =>
  runPortcullis(['replay', SAMPLE, '--alert-after', sample.alertAfter, '--response-policy', policy, ...args]);

describe('replay --response-policy', () => {
  it('says what would have been cut and what that would have blocked, and publishes the plan', async () => {
    const result = await replay(path.join(POLICIES, 'strict.config.ts'), '--json', '--summary', at('strict.json'));
    const { response } = JSON.parse(readFileSync(at('strict.json'), 'utf8'));
    const alerts = result.stdout
      .trim()
      .split('\n')
      .map((line) => parseAlert(JSON.parse(line)));
    const byRule = response.cuts.filter(({ start }: { start: string }) => start === 'rule');
    const sum = (figure: 'usual' | 'unusual') =>
      byRule.reduce(
        (total: number, { blocked }: { blocked: Record<string, number> }) => total + (blocked[figure] ?? 0),
        0,
      );

    expect(result.code).toBe(0);
    expect(alerts.flatMap(({ detail }) => detail.data.response.plan).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['deny-actions', 'deny-addresses', 'turn-keys-off']),
    );
    expect(sum('unusual')).toBeGreaterThan(20);
    expect(sum('usual')).toBe(0);
    expect(Object.keys(labels.events).length).toBeGreaterThan(sum('unusual') / 4);
  });

  it('cuts nothing by itself under the cautious example', async () => {
    const result = await replay(path.join(POLICIES, 'cautious.config.ts'));

    expect(result.stdout).toContain('had a person approved at once');
    expect(result.stdout).not.toContain('by rule:');
  });

  it('stops at a policy that is half understood', async () => {
    writeFileSync(at('wrong.json'), JSON.stringify({ rules: [{ id: 'a', mode: 'block' }] }));
    const result = await replay(at('wrong.json'));

    expect(result.code).toBe(2);
    expect(result.stderr).toContain('rules.0.mode');
  });
});
