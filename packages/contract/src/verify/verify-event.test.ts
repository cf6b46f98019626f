import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DETAIL_TYPES } from '../names.ts';
import type { AnomalyEvent, EmergingEvent, PortcullisEvent } from '../types.ts';
import { type EventSigner, signEvent } from './sign-event.ts';
import { revisionSeries, verifyAlert, verifyEvent } from './verify-event.ts';
import type { VerifyOptions } from './verify-options.ts';

const examples = new URL('../../../../docs/schemas/examples/', import.meta.url);
const read = <Event extends PortcullisEvent>(name: string): Event =>
  JSON.parse(readFileSync(new URL(`${name}.json`, examples), 'utf8'));
const alert = read<AnomalyEvent>('anomaly-detected');

const KEY_ID = 'arn:aws:kms:eu-west-1:123456789012:key/0f2d';
const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = signerOf(ours.privateKey);
const PEM = ours.publicKey.export({ format: 'pem', type: 'spki' }).toString();

const options: VerifyOptions = {
  publisherAccount: '123456789012',
  publicKeys: { [KEY_ID]: PEM },
  now: Date.parse('2026-11-23T10:16:00Z'),
};
const signed = await signEvent(alert, signer);

function signerOf(key: KeyObject, keyId = KEY_ID): EventSigner {
  return { keyId, sign: async (bytes) => sign('sha256', bytes, key) };
}

async function reasonOf(value: unknown, changed: Partial<VerifyOptions> = {}): Promise<string> {
  const result = await verifyAlert(value, { ...options, ...changed });
  return result.kind === 'verified' ? 'verified' : result.reason;
}

/** An alert that says something else of itself, signed by us. */
function signedWith(metadata: object): Promise<AnomalyEvent> {
  return signEvent(
    { ...alert, detail: { ...alert.detail, metadata: { ...alert.detail.metadata, ...metadata } } },
    signer,
  );
}

describe('verifyAlert', () => {
  it('gives an alert that is ours, as parseAlert reads it', async () => {
    expect(await verifyAlert({ ...signed, added: 1 }, options)).toEqual({ kind: 'verified', event: signed });
  });

  it('still knows it after EventBridge wrote it anew, under an id and time of its own', async () => {
    const { detail, ...envelope } = signed;
    const rewritten: unknown = JSON.parse(
      JSON.stringify(
        {
          detail: { data: detail.data, metadata: detail.metadata },
          ...envelope,
          id: 'x',
          time: '2026-11-23T10:15:59Z',
        },
        null,
        2,
      ),
    );

    expect(await reasonOf(rewritten)).toBe('verified');
  });

  it.each([
    { value: { ...signed, 'replay-name': 'incident-42' }, reason: 'archive-replay', why: 'replayed from an archive' },
    { value: { ...signed, source: 'aws.guardduty' }, reason: 'foreign-source', why: 'of somebody else' },
    { value: { ...signed, source: 'Portcullis' }, reason: 'foreign-source', why: 'nearly ours' },
    { value: { ...signed, 'detail-type': 'Anomaly' }, reason: 'unexpected-detail-type', why: 'no such event' },
    { value: read('anomaly-emerging'), reason: 'unexpected-detail-type', why: 'no alert yet' },
    { value: { ...signed, detail: { ...signed.detail, data: {} } }, reason: 'malformed', why: 'no alert in it' },
    { value: { ...signed, resources: undefined }, reason: 'malformed', why: 'no envelope' },
    { value: null, reason: 'malformed', why: 'nothing' },
    { value: 'text', reason: 'malformed', why: 'not an object' },
    { value: { ...signed, account: '210987654321' }, reason: 'wrong-publisher', why: 'put by another account' },
    { value: alert, reason: 'unsigned', why: 'forged, without a signature' },
  ])('refuses as $reason what is $why', async ({ value, reason }) => {
    expect(await reasonOf(value)).toBe(reason);
  });

  it('refuses what another key signed, also under the name of ours', async () => {
    expect(await reasonOf(await signEvent(alert, signerOf(theirs.privateKey)))).toBe('altered');
    expect(await reasonOf(await signEvent(alert, signerOf(theirs.privateKey, 'their-key')))).toBe('unknown-key');
    expect(await reasonOf(await signEvent(alert, signerOf(theirs.privateKey, 'constructor')))).toBe('unknown-key');
  });

  it('refuses the signature of another alert of ours', async () => {
    const other = await signedWith({ configVersion: 'other' });
    const { signature } = other.detail.metadata;
    const moved = { ...alert, detail: { ...alert.detail, metadata: { ...alert.detail.metadata, signature } } };

    expect(await reasonOf(moved)).toBe('altered');
  });

  it('refuses any change to what is signed, be it to a field that it does not know', async () => {
    const later = await signEvent({ ...alert, detail: { ...alert.detail, added: { since: '1.9' } } }, signer);
    expect(await reasonOf(later)).toBe('verified');
    const paths = leafPaths(later).filter(([first, ...rest]) => isSigned(first) && !rest.includes('signature'));
    expect(paths.length).toBeGreaterThan(50);

    for (const path of paths) {
      const reason = await reasonOf(changedAt(later, path));
      expect(reason, path.join('.')).not.toBe('verified');
    }
  });

  it('refuses any other bytes for a signature', async () => {
    const { signature } = signed.detail.metadata;
    const bytes = Buffer.from(signature?.value ?? '', 'base64');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (index, flip) => {
        const other = Buffer.from(bytes);
        other[index] = (other[index] ?? 0) ^ flip;
        const value = other.toString('base64');
        const metadata = { ...signed.detail.metadata, signature: { ...signature, value } };
        expect(await reasonOf({ ...signed, detail: { ...signed.detail, metadata } })).toBe('altered');
      }),
      { numRuns: 50 },
    );
  });

  it('answers whatever comes, and throws at none of it', async () => {
    const hostile = JSON.parse('{ "toString": null, "valueOf": null }');
    const field = fc.constantFrom('source', 'detail-type', 'detail', 'resources', 'account', 'replay-name', 'time');
    const value = fc.oneof(fc.jsonValue(), fc.constant(hostile));
    const changed = fc.tuple(field, value).map(([name, other]) => ({ ...signed, [name]: other }));
    const data = fc.tuple(fc.constantFrom(...Object.keys(signed.detail.data), 'added'), value).map(([name, other]) => ({
      ...signed,
      detail: { ...signed.detail, data: { ...signed.detail.data, [name]: other } },
    }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, changed, data), async (event) => {
        // What EventBridge sets itself is not signed
        const same = JSON.stringify(event) === JSON.stringify(signed);
        expect((await reasonOf(event)) === 'verified').toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is nested to exhaust it', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`);

    expect(await reasonOf({ ...signed, detail: { ...signed.detail, deep } })).toBe('altered');
  });

  it('refuses what is not live, unless other lanes are asked for', async () => {
    const replayed = await signedWith({ mode: 'replay' });

    expect(await reasonOf(replayed)).toBe('not-live');
    expect(await reasonOf(replayed, { modes: ['replay'] })).toBe('verified');
    expect(await reasonOf(signed, { modes: ['replay'] })).toBe('not-live');
  });

  it.each([
    { now: '2026-11-24T10:15:00Z', reason: 'verified', why: 'a day old: EventBridge may still be trying' },
    { now: '2026-11-24T10:15:01Z', reason: 'too-old', why: 'somebody kept it' },
    { now: '2026-11-23T10:10:00Z', reason: 'verified', why: 'clocks differ by minutes' },
    { now: '2026-11-23T10:09:59Z', reason: 'from-the-future', why: 'but by no more' },
  ])('says $reason at $now ($why)', async ({ now, reason }) => {
    expect(await reasonOf(signed, { now: Date.parse(now) })).toBe(reason);
  });

  it('takes another age, and a region', async () => {
    expect(await reasonOf(signed, { maxAgeMs: 60_000 })).toBe('verified');
    expect(await reasonOf(signed, { maxAgeMs: 59_999 })).toBe('too-old');
    expect(await reasonOf(signed, { region: 'eu-west-1' })).toBe('verified');
    expect(await reasonOf(signed, { region: 'us-east-1' })).toBe('wrong-region');
  });

  it.each([
    { last: undefined, reason: 'verified', why: 'never seen' },
    { last: 1, reason: 'verified', why: 'the one before was seen' },
    { last: 2, reason: 'already-seen', why: 'delivered again' },
    { last: 3, reason: 'superseded', why: 'overtaken' },
  ])('says $reason to revision 2 after $last ($why)', async ({ last, reason }) => {
    const { id } = alert.detail.metadata;
    const second = await signedWith({ revision: 2, idempotencyKey: `${id}:2` });
    const asked: string[] = [];
    const lastRevision = async (series: string) => {
      asked.push(series);
      return last;
    };

    expect(await reasonOf(second, { lastRevision })).toBe(reason);
    expect(asked).toEqual([id]);
  });

  it('does not ask what it has seen for the sake of a forgery', async () => {
    const lastRevision = () => {
      throw new Error('asked');
    };

    expect(await reasonOf(alert, { lastRevision })).toBe('unsigned');
  });
});

describe('keys', () => {
  it.each([
    { key: PEM, why: 'PEM' },
    { key: ours.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), why: 'as KMS gives it' },
  ])('are taken as $why', async ({ key }) => {
    expect(await reasonOf(signed, { publicKeys: { old: 'unread', [KEY_ID]: key } })).toBe('verified');
  });

  it.each([
    { key: 'nonsense', why: 'no key' },
    {
      key: generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      why: 'not ECDSA',
    },
    {
      key: generateKeyPairSync('ec', { namedCurve: 'P-384' })
        .publicKey.export({ format: 'pem', type: 'spki' })
        .toString(),
      why: 'another curve',
    },
  ])('throw as a wrong setup: $why', async ({ key }) => {
    await expect(reasonOf(signed, { publicKeys: { [KEY_ID]: key } })).rejects.toThrow(
      /^publicKeys: expected .* for arn:/,
    );
  });

  it('may be done without, by saying so', async () => {
    expect(await reasonOf(alert, { publicKeys: 'unchecked' })).toBe('verified');
  });
});

describe('verifyEvent', () => {
  it.each([
    'anomaly-detected',
    'anomaly-emerging',
    'revocation-applied',
    'permission-review-proposed',
    'pipeline-impaired',
  ])('takes %s', async (name) => {
    const event = await signEvent(read(name), signer);
    const now = Date.parse(event.detail.metadata.producedAt);

    expect(await verifyEvent(event, { ...options, now })).toEqual({ kind: 'verified', event });
  });

  it('takes what was asked for only', async () => {
    const detailTypes = DETAIL_TYPES.filter((name) => name !== 'Anomaly Detected');

    expect(await verifyEvent(signed, { ...options, detailTypes })).toMatchObject({ reason: 'unexpected-detail-type' });
  });

  it('counts an early word on its own, and has no use for it once the alert is told', async () => {
    const emerging = read<EmergingEvent>('anomaly-emerging');
    const { id } = emerging.detail.metadata;
    const after = async (seen: Record<string, number>) => {
      const event = await signEvent(emerging, signer);
      const result = await verifyEvent(event, { ...options, lastRevision: (series) => seen[series] });
      return result.kind === 'verified' ? 'verified' : result.reason;
    };

    expect(revisionSeries(emerging)).toBe(`${id}:emerging`);
    expect(await after({})).toBe('verified');
    expect(await after({ [`${id}:emerging`]: 1 })).toBe('already-seen');
    expect(await after({ [id]: 1 })).toBe('superseded');
  });
});

function isSigned(field: string | number | undefined): boolean {
  return field === 'source' || field === 'detail-type' || field === 'resources' || field === 'detail';
}

function leafPaths(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, member]) => leafPaths(member).map((path) => [key, ...path]));
}

/** A copy with another value of the same type at the end of the path. */
function changedAt(value: unknown, [key, ...rest]: readonly (string | number)[]): unknown {
  if (key === undefined) return typeof value === 'number' ? value + 0.1 : `${value}1`;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changedAt(item, rest) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changedAt(record[key], rest) };
}
