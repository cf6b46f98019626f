import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBytes } from './json-bytes.ts';
import { KnownObjects } from './known-objects.ts';
import { MAX_DEPTH, NOT_READ, valueEnd } from './value-end.ts';

/** Objects that share their first hundred bytes, and some that do not. */
const object = fc
  .record({ type: fc.constantFrom('a'.repeat(120), 'b'), key: fc.constantFrom('k', 'kk', '}', '"}'), n: fc.nat(2) })
  .map((value) => JSON.stringify(value));

describe('KnownObjects', () => {
  it('ends where the object ends, and knows equal ones from others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(object, fc.constantFrom('', ',', '}', ' tail')), { maxLength: 30 }), (all) => {
        const known = new KnownObjects();
        const likenesses = new Map<string, object | undefined>();
        for (const [text, tail] of all) {
          const json = new JsonBytes(Buffer.from(`<${text}${tail}`));
          expect(known.end(json, 1, MAX_DEPTH)).toBe(1 + text.length);
          expect(known.likeness).toBeDefined();
          expect(likenesses.get(text) ?? known.likeness).toBe(known.likeness);
          likenesses.set(text, known.likeness);
        }
        expect(new Set(likenesses.values()).size).toBe(likenesses.size);
      }),
    );
  });

  it.each([
    { text: `{"name":"${'x'.repeat(3000)}"}`, why: 'too long to be remembered' },
    { text: '{"name":', why: 'cut off' },
    { text: '{"name" :1}', why: 'not as CloudTrail writes it' },
  ])('knows nothing like what is $why, and forgets what it read before', ({ text }) => {
    const known = new KnownObjects();
    known.end(new JsonBytes(Buffer.from('<{"name":1}')), 1, MAX_DEPTH);
    const json = new JsonBytes(Buffer.from(`<${text}`));

    expect(known.end(json, 1, MAX_DEPTH)).toBe(valueEnd(json, 1, MAX_DEPTH));
    expect(known.likeness).toBeUndefined();
  });

  it('takes no beginning of a known object for the whole', () => {
    const known = new KnownObjects();
    known.end(new JsonBytes(Buffer.from('<{"name":"one"}')), 1, MAX_DEPTH);

    expect(known.end(new JsonBytes(Buffer.from('<{"name":"one"')), 1, MAX_DEPTH)).toBe(NOT_READ);
  });
});
