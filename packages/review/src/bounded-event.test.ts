import { type PermissionReviewEvent, permissionReviewEventSchema } from '@portcullis/contract';
import { describe, expect, it } from 'vitest';
import { boundedReviewEvent } from './bounded-event.ts';
import { review } from './review.ts';
import { aPolicy, aRecord, aRole, aUse, someUsage } from './testing/builders.ts';
import { permissionReviewEvent } from './to-event.ts';

const FULL = { bucket: 'evidence', key: 'reviews/111122223333/1.json' };

function anEvent(data: Partial<PermissionReviewEvent['detail']['data']> = {}): PermissionReviewEvent {
  const role = aRole([aPolicy([{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }])]);
  const [one] = review([role], aRecord(someUsage({ 'dynamodb:PutItem': aUse() })));
  if (one?.kind !== 'proposed') throw new Error('no proposal');
  const event = permissionReviewEvent(one, { mode: 'live', configVersion: 'c1', baselineVersion: '2' });
  if (event === undefined) throw new Error('no event');
  return { ...event, detail: { ...event.detail, data: { ...event.detail.data, ...data } } };
}

describe('a proposal as it is published', () => {
  it('is whole where it is small, and says where it is kept', () => {
    const event = anEvent();
    expect(boundedReviewEvent(event, FULL).detail.data).toEqual({ ...event.detail.data, full: FULL });
  });

  it('fits through any target of a bus, whatever is proposed', () => {
    const document = { Version: '2012-10-17', Statement: [{ Action: 'x'.repeat(6000) }] };
    const trust = {
      kind: 'AWS',
      name: `arn:aws:iam::210987654321:role/${'r'.repeat(64)}`,
      reach: 'foreign-account',
    } as const;
    const large = anEvent({
      documents: Array.from({ length: 12 }, () => document),
      replace: Array.from({ length: 200 }, (_, i) => `arn:aws:iam::111122223333:policy/${'p'.repeat(120)}${i}`),
      unusedTrust: Array.from({ length: 500 }, () => trust),
    });
    const bounded = boundedReviewEvent(large, FULL);

    expect(JSON.stringify(large).length).toBeGreaterThan(100_000);
    expect(JSON.stringify(bounded).length).toBeLessThan(40_000);
    expect(bounded.detail.data.documents).toEqual([]);
    expect(bounded.detail.metadata).toEqual(large.detail.metadata);
    expect(permissionReviewEventSchema.safeParse(bounded).success).toBe(true);
  });
});
