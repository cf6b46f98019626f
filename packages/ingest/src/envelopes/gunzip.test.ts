import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip, release } from './gunzip.ts';

describe('release', () => {
  it('gives back the memory of a large result at once', () => {
    const { bytes } = gunzip(gzipSync(Buffer.alloc(300_000, 'a')), 1_000_000);

    release(bytes);

    expect(bytes.byteLength).toBe(0);
  });

  it('leaves alone what may share its memory', () => {
    const whole = Buffer.alloc(300_000, 'a');
    const small = Buffer.from('a');
    const part = whole.subarray(1);

    release(small);
    release(part);

    expect([small.byteLength, part.byteLength]).toEqual([1, 299_999]);
  });
});
