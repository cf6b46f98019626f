import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixedCost, type Line, type LogVolume, logCost, sum, type Volume, variableCost } from './monthly-cost.ts';
import { CONFIGURATIONS, synthesize } from './synthesized.ts';

/** An organization of a hundred million management events a month, of which a thousand actors make in a mean hour. */
const LARGE: Volume = {
  millions: 100,
  delivery: 's3',
  recordBytes: 1600,
  recordsPerObject: 200,
  eventsPerWrite: 14,
  segmentKb: 3.5,
  actorsPerHour: 1000,
  baselineKb: 6,
  withEvidence: 0.2,
};

/** A hundred million lines a month of each source. */
const SOURCES: Readonly<Record<string, LogVolume>> = {
  'functions, by log group': {
    ...{ millions: 100, door: 'log-group', linesPerPiece: 40, piecesPerContainer: 1 },
    ...{ piecesPerWrite: 2, segmentKb: 1, partiesPerHour: 200 },
  },
  'APIs, by log group': {
    ...{ millions: 100, door: 'log-group', linesPerPiece: 30, piecesPerContainer: 1 },
    ...{ piecesPerWrite: 2, segmentKb: 4, partiesPerHour: 20 },
  },
  'flows, by log group': {
    ...{ millions: 100, door: 'log-group', linesPerPiece: 60, piecesPerContainer: 1 },
    ...{ piecesPerWrite: 1.5, segmentKb: 6, partiesPerHour: 300 },
  },
  'flows, by bucket': {
    ...{ millions: 100, door: 's3', linesPerPiece: 100, piecesPerContainer: 200 },
    ...{ piecesPerWrite: 1.5, segmentKb: 6, partiesPerHour: 300 },
  },
};

/** What the design promises, in dollars. */
const FIXED_AT_MOST = 60;
const PER_MILLION_AT_MOST = { s3: 0.4, 'log-group': 1.3 } as const;
const PER_MILLION_LINES_AT_MOST = 0.1;

export function testMonthlyCost(): void {
  describe('the monthly cost', () => {
    it.each(CONFIGURATIONS)('of %s, before the first event, is what was promised', (configuration) => {
      const lines = fixedCost(synthesize('production', configuration));

      console.info(table(configuration, lines));
      expect(sum(lines)).toBeLessThanOrEqual(FIXED_AT_MOST);
      expect(sum(lines)).toBeGreaterThan(10);
    });

    it.each(['s3', 'log-group'] as const)('of a million events by %s is what was promised', (delivery) => {
      const lines = variableCost({ ...LARGE, delivery });

      console.info(table(`100 M by ${delivery}`, lines));
      expect(sum(lines) / LARGE.millions).toBeLessThanOrEqual(PER_MILLION_AT_MOST[delivery]);
    });

    it.each(Object.entries(SOURCES))('of a million lines of %s stays below that of events', (source, volume) => {
      const lines = logCost(volume);

      console.info(table(source, lines));
      expect(sum(lines) / volume.millions).toBeLessThanOrEqual(PER_MILLION_LINES_AT_MOST);
    });

    it('grows with actors more than with events: batches then find less of each together', () => {
      const many = { ...LARGE, actorsPerHour: 3000, eventsPerWrite: 7, segmentKb: 2.5 };

      expect(sum(variableCost(many))).toBeGreaterThan(1.2 * sum(variableCost(LARGE)));
    });

    it('stands in docs/deploy.md as calculated', () => {
      const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
      const fixed = CONFIGURATIONS.map((configuration) => sum(fixedCost(synthesize('production', configuration))));
      const variable = (['s3', 'log-group'] as const).map(
        (delivery) => sum(variableCost({ ...LARGE, delivery })) / LARGE.millions,
      );

      for (const dollars of fixed) expect(page).toContain(`$${dollars.toFixed(0)}`);
      const lines = Object.values(SOURCES).map((volume) => sum(logCost(volume)) / volume.millions);
      for (const dollars of lines) expect(page).toContain(`$${dollars.toFixed(3)}`);
      for (const dollars of variable) expect(page).toContain(`$${dollars.toFixed(2)}`);
    });
  });
}

function table(title: string, lines: readonly Line[]): string {
  return [
    ...lines.map(({ what, dollars }) => `  ${dollars.toFixed(2).padStart(7)}  ${what}`),
    `  ${sum(lines).toFixed(2).padStart(7)}  ${title}`,
  ].join('\n');
}
