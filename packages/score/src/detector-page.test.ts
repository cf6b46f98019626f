import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectorPage } from './detector-page.ts';
import { DETECTORS } from './detectors/catalog.ts';
import { FUNCTION_DETECTORS } from './functions/score-function.ts';
import { TRAFFIC_DETECTORS } from './traffic/score-traffic.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/detectors');

const ALL = [...DETECTORS, ...FUNCTION_DETECTORS, ...TRAFFIC_DETECTORS];

describe('docs/detectors', () => {
  it.each(DETECTORS)('$id has the page that its code describes', (detector) => {
    expect(readFileSync(path.join(folder, `${detector.id}.md`), 'utf8')).toBe(detectorPage(detector));
  });

  it.each(FUNCTION_DETECTORS)('$id has the page that its code describes', (detector) => {
    expect(readFileSync(path.join(folder, `${detector.id}.md`), 'utf8')).toBe(detectorPage(detector, 'functions'));
  });

  it.each(ALL)('$id says what it cannot see, what to do, how to mend it and what it is called', (detector) => {
    for (const lines of [detector.blindSpots, detector.triage, detector.remedy, detector.techniques]) {
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).toMatch(/^\S.*\S$/);
      expect(new Set(lines).size).toBe(lines.length);
    }
    for (const line of [...detector.triage, ...detector.remedy]) expect(line).toMatch(/^[A-Z].*\.$/);
    for (const id of detector.techniques) expect(id).toMatch(/^T\d{4}(\.\d{3})?$/);
  });

  it('there is no page without a detector', () => {
    expect(readdirSync(folder).sort()).toEqual(ALL.map(({ id }) => `${id}.md`).sort());
  });
});
