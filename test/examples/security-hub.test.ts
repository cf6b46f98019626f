import type { AsffFinding } from '@portcullis/contract';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../examples/security-hub/batches.ts';
import { type Importing, importAlerts } from '../../examples/security-hub/import-alerts.ts';
import { signedAlert, trusted, untrustworthy } from './signed-alert.ts';

const hub = { account: '999999999999', region: 'eu-west-1' };

function anImporting(importFindings?: Importing['importFindings']) {
  const calls: (readonly AsffFinding[])[] = [];
  const lines: string[] = [];
  const log = { warn: (line: string) => void lines.push(line), error: (line: string) => void lines.push(line) };
  const importing: Importing = {
    ...trusted,
    hub,
    log,
    importFindings: async (findings) => {
      calls.push(findings);
      return (await importFindings?.(findings)) ?? [];
    },
  };
  return { importing, calls, lines };
}

/** Messages `m0`, `m1`, ... with these events. */
const queued = (...events: unknown[]) => ({
  Records: events.map((event, index) => ({
    messageId: `m${index}`,
    body: typeof event === 'string' ? event : JSON.stringify(event),
  })),
});

describe('importAlerts', () => {
  it('imports what is ours in one call', async () => {
    const { importing, calls } = anImporting();

    const response = await importAlerts(
      queued(await signedAlert({ id: 'a' }), await signedAlert({ id: 'b' })),
      importing,
    );

    expect(response).toEqual({ batchItemFailures: [] });
    expect(calls.map((findings) => findings.map(({ Id }) => Id))).toEqual([['portcullis/a', 'portcullis/b']]);
  });

  it('leaves alone what is not to be trusted, and does not ask for it again', async () => {
    const bad = await untrustworthy();
    const { importing, calls, lines } = anImporting();

    const response = await importAlerts(queued(...bad.map(({ event }) => event), 'no JSON'), importing);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual([]);
    expect(lines.map((line) => JSON.parse(line).refused)).toEqual([...bad.map(({ reason }) => reason), 'malformed']);
  });

  it('imports the newest revision of each only, and asks for all of its messages again', async () => {
    const { importing, calls } = anImporting(async ([finding]) => [{ id: finding?.Id ?? '', why: 'InternalFailure' }]);
    const second = await signedAlert({ revision: 2, detailType: 'Anomaly Closed' });

    const response = await importAlerts(queued(await signedAlert(), second, await signedAlert()), importing);

    expect(calls.flat().map(({ ProductFields }) => ProductFields['portcullis/revision'])).toEqual(['2']);
    expect(calls.flat().map(({ RecordState }) => RecordState)).toEqual(['ARCHIVED']);
    expect(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm1', 'm2']);
  });

  it('asks again for those alone that Security Hub did not take', async () => {
    const { importing, lines } = anImporting(async () => [{ id: 'portcullis/b', why: 'InvalidInput too long' }]);
    const events = [await signedAlert({ id: 'a' }), await signedAlert({ id: 'b' }), await signedAlert({ id: 'c' })];

    expect(await importAlerts(queued(...events), importing)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(lines).toEqual(['{"notImported":"portcullis/b","why":"InvalidInput too long"}']);
  });

  it('asks again for all of a call that failed', async () => {
    const { importing } = anImporting(async () => {
      throw new Error('throttled');
    });

    const response = await importAlerts(
      queued(await signedAlert({ id: 'a' }), await signedAlert({ id: 'b' })),
      importing,
    );

    expect(response.batchItemFailures).toHaveLength(2);
  });

  it('throws where it is set up wrongly, so that nothing is lost', async () => {
    const { importing } = anImporting();
    const publicKeys = Object.fromEntries(Object.keys(trusted.publicKeys).map((keyId) => [keyId, 'no key']));

    await expect(importAlerts(queued(await signedAlert()), { ...importing, publicKeys })).rejects.toThrow('publicKeys');
  });
});

describe('batchesOf', () => {
  const finding = (size: number) => ({ Description: 'x'.repeat(size) }) as AsffFinding;

  it.each([
    { count: 0, size: 10, batches: [], why: 'nothing' },
    { count: 100, size: 10, batches: [100], why: 'as many as it takes' },
    { count: 201, size: 10, batches: [100, 100, 1], why: 'one more' },
    { count: 60, size: 240_000, batches: [25, 25, 10], why: '6 MB are less than a hundred large ones' },
  ])('$count of $size bytes make $batches ($why)', ({ count, size, batches }) => {
    const made = batchesOf(Array.from({ length: count }, () => finding(size)));

    expect(made.map((batch) => batch.length)).toEqual(batches);
    for (const batch of made) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(6 * 1024 * 1024);
  });
});
