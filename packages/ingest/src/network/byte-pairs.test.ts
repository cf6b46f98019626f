import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTexts, unpackText } from './byte-pairs.ts';

it('gives every text back, from its place alone', () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const packed = packTexts(texts);
      let start = 0;
      const unpacked = texts.map(() => {
        const one = unpackText(packed, start);
        start = packed.bytes.indexOf(0, start) + 1;
        return one;
      });
      expect(unpacked).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

it('makes what repeats shorter', () => {
  const texts = Array.from({ length: 50 }, (_, number) => `Example Networks ${number} Ltd.`);

  expect(packTexts(texts).bytes.length).toBeLessThan(texts.join('\0').length / 3);
});
