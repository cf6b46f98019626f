import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AnomalyData, AnomalyDetailType, AnomalyEvent, EventMetadata } from '@portcullis/contract';
import { type PublicKeys, signEvent } from '@portcullis/contract/verify';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY_ID = 'arn:aws:kms:eu-west-1:123456789012:key/0f2d';
const example: AnomalyEvent = JSON.parse(
  readFileSync(new URL('../../docs/schemas/examples/anomaly-detected.json', import.meta.url), 'utf8'),
);

/** What a subscriber trusts, and a minute after the alert was made. */
export const trusted: {
  readonly publisherAccount: string;
  readonly publicKeys: PublicKeys;
  readonly now: () => number;
} = {
  publisherAccount: '123456789012',
  publicKeys: { [KEY_ID]: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
  now: () => Date.parse('2026-11-23T10:16:00Z'),
};

export interface Changes {
  readonly detailType?: AnomalyDetailType;
  readonly data?: Partial<AnomalyData>;
  readonly revision?: number;
  readonly id?: string;
  readonly metadata?: Partial<EventMetadata>;
}

/** The documented alert, changed and then signed by its publisher. */
export function signedAlert({ detailType, data, revision = 1, id, metadata }: Changes = {}): Promise<AnomalyEvent> {
  const { detail } = example;
  const episode = id ?? detail.metadata.id;
  const event: AnomalyEvent = {
    ...example,
    'detail-type': detailType ?? example['detail-type'],
    detail: {
      metadata: { ...detail.metadata, id: episode, revision, idempotencyKey: `${episode}:${revision}`, ...metadata },
      data: { ...detail.data, ...data },
    },
  };
  return signEvent(event, { keyId: KEY_ID, sign: async (bytes) => sign('sha256', bytes, privateKey) });
}

/** What every subscriber must leave alone, and why. */
export async function untrustworthy(): Promise<readonly { readonly event: unknown; readonly reason: string }[]> {
  const genuine = await signedAlert();
  const { detail } = genuine;
  return [
    { event: { ...example, id: 'forged' }, reason: 'unsigned' },
    { event: { ...genuine, detail: { ...detail, data: { ...detail.data, severity: 'LOW' } } }, reason: 'altered' },
    { event: { ...genuine, 'replay-name': 'last-week' }, reason: 'archive-replay' },
    { event: { ...genuine, account: '210987654321' }, reason: 'wrong-publisher' },
    { event: await signedAlert({ metadata: { mode: 'replay' } }), reason: 'not-live' },
    { event: await signedAlert({ metadata: { producedAt: '2026-11-20T10:15:00Z' } }), reason: 'too-old' },
    { event: { hello: 'world' }, reason: 'foreign-source' },
  ];
}
