import type { DeliveredObject } from '@portcullis/aws';
import { amount } from '../amount.ts';

/** Dollars, list prices of us-east-1 as of November 2026; see docs/deploy.md. */
const PER_THOUSAND_GETS = 0.0004;
const PER_TEN_THOUSAND_DECRYPTS = 0.03;
const PER_GB_OUT_OF_AWS = 0.09;

/** What is to be read. */
export interface BackfillSize {
  readonly objects: number;
  readonly bytes: number;
}

export function sizeOf(objects: readonly DeliveredObject[]): BackfillSize {
  return { objects: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** `1,234 objects, 0.56 GB: $0.05 outside of AWS, $0.01 within its region`. */
export function costText({ objects, bytes }: BackfillSize): string {
  const requests = (objects / 1000) * PER_THOUSAND_GETS + (objects / 10_000) * PER_TEN_THOUSAND_DECRYPTS;
  const gigabytes = bytes / 1024 ** 3;
  const out = requests + gigabytes * PER_GB_OUT_OF_AWS;
  return (
    `${amount(objects, 'object')}, ${gigabytes.toFixed(2)} GB; reading them costs some $${out.toFixed(2)} ` +
    `where this runs outside of AWS, $${requests.toFixed(2)} in the region of the bucket`
  );
}
