import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBytes } from './json-bytes.ts';
import { KnownBytes, UNKNOWN } from './known-bytes.ts';

/** Looks a text up among others around it, and adds it where it is not known. */
function madeOf(known: KnownBytes<string>, text: string): string | undefined {
  const json = new JsonBytes(Buffer.from(`<<${text}>>`));
  const end = json.bytes.length - 2;
  const entry = known.find(json, 2, end) || known.add(json, 2, end, text);
  expect(entry === UNKNOWN || known.isAt(entry, json, 2)).toBe(true);
  return entry === UNKNOWN ? text : known.madeOf(entry);
}

describe('KnownBytes', () => {
  it('gives what was made of the same bytes', () => {
    const known = new KnownBytes<object>(10, 100);
    const json = new JsonBytes(Buffer.from('iam.amazonaws.com,sts.amazonaws.com'));
    const made = {};
    const entry = known.add(json, 0, 17, made);

    expect(known.find(json, 0, 17)).toBe(entry);
    expect(known.madeOf(entry)).toBe(made);
    expect(known.find(json, 18, 35)).toBe(UNKNOWN);
    expect(known.find(json, 0, 16)).toBe(UNKNOWN);
    expect(known.isAt(entry, json, 18)).toBe(false);
    expect(known.isAt(entry, json, 30)).toBe(false);
  });

  it('never takes one text for another, however often it forgets', () => {
    const texts = fc.array(fc.string({ maxLength: 24, unit: fc.constantFrom('a', 'b', 'ä') }), { maxLength: 100 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 64 }), (all, entries, bytes) => {
        const known = new KnownBytes<string>(entries, bytes);
        for (const text of all) expect(madeOf(known, text)).toBe(text);
      }),
    );
  });

  it('takes room as it is needed, and remembers what it knew before', () => {
    const known = new KnownBytes<string>(1000, 1_000_000);
    const texts = Array.from({ length: 300 }, (_, i) => `${i} `.repeat(100));
    for (const text of texts) madeOf(known, text);

    const found = texts.map((text) => {
      const json = new JsonBytes(Buffer.from(text));
      return known.madeOf(known.find(json, 0, json.bytes.length));
    });
    expect(found.filter((text, at) => text === texts[at]).length).toBeGreaterThan(250);
  });

  it('an entry that was forgotten matches nothing until it is used anew', () => {
    const known = new KnownBytes<string>(1, 100);
    const json = new JsonBytes(Buffer.from('onetwo'));
    const first = known.add(json, 0, 3, 'one');
    known.add(json, 3, 6, 'two');

    expect(known.isAt(first, json, 0)).toBe(false);
    expect(known.madeOf(first)).toBe('two');
  });
});
