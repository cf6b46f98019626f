import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrator, emptyCalibration, learnDay, restoreCalibration, storeCalibration } from './calibration.ts';

/** 1,000 actor-days; on the first of them the channel says so many bits. */
function days(bits: readonly number[], silent = 1000 - bits.length) {
  const calibration = emptyCalibration();
  for (const value of bits) learnDay(calibration, new Map([['a', value]]));
  for (let day = 0; day < silent; day++) learnDay(calibration, new Map());
  return calibration;
}

describe('calibrator', () => {
  it('leaves alone what nothing is known of', () => {
    expect(calibrator([emptyCalibration()])('a', 7)).toBe(7);
    expect(calibrator([days([5])])('b', 7)).toBe(7);
  });

  it('restates bits by how many normal days reach them', () => {
    const often = Array.from({ length: 125 }, (_, i) => 4 + (i % 10) / 10);

    // One day in eight reaches four bits: three bits
    expect(calibrator([days(often)])('a', 4)).toBeCloseTo(3, 1);
  });

  it('goes on beyond the data, never steeper than the bits themselves and never by more than three more', () => {
    const calibrate = calibrator([days(Array.from({ length: 100 }, (_, i) => i / 10))]);

    const [at10, at20, at40] = [calibrate('a', 10), calibrate('a', 20), calibrate('a', 40)];

    expect(at20).toBeGreaterThan(at10);
    expect(at40 - at20).toBeLessThanOrEqual(20.001);
    expect(calibrator([days([0.6], 1_000_000)])('a', 0.7)).toBeCloseTo(3.7, 5);
  });

  it('is monotone', () => {
    const bits = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 80 }), bits, bits, (seen, a, b) => {
        const calibrate = calibrator([days(seen)]);

        expect(calibrate('a', Math.max(a, b))).toBeGreaterThanOrEqual(calibrate('a', Math.min(a, b)) - 1e-9);
      }),
    );
  });

  it('adds local days to shipped ones', () => {
    const shipped = days([6, 6, 6, 6]);
    const local = days(Array.from({ length: 200 }, () => 6));

    expect(calibrator([shipped, local])('a', 6)).toBeLessThan(calibrator([shipped])('a', 6) - 2);
  });

  it('is stored and read back', () => {
    const calibration = days([1, 2, 2.5, 90]);

    expect(restoreCalibration(storeCalibration(calibration))).toEqual(calibration);
  });
});
