import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectorPage } from './detector-page.ts';
import { DETECTORS } from './detectors/catalog.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/detectors');

describe('docs/detectors', () => {
  it.each(DETECTORS)('$id has the page that its code describes', (detector) => {
    expect(readFileSync(path.join(folder, `${detector.id}.md`), 'utf8')).toBe(detectorPage(detector));
    expect(detector.blindSpots.length).toBeGreaterThan(0);
  });

  it('there is no page without a detector', () => {
    expect(readdirSync(folder).sort()).toEqual(DETECTORS.map(({ id }) => `${id}.md`).sort());
  });
});
