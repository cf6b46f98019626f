// Writes docs/detectors/, one page per detector, from the detectors themselves.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { detectorPage } from '../src/detector-page.ts';
import { DETECTORS, FUNCTION_DETECTORS, TRAFFIC_DETECTORS } from '../src/index.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/detectors');
mkdirSync(folder, { recursive: true });
for (const detector of DETECTORS) writeFileSync(path.join(folder, `${detector.id}.md`), detectorPage(detector));
for (const detector of FUNCTION_DETECTORS) {
  writeFileSync(path.join(folder, `${detector.id}.md`), detectorPage(detector, 'functions'));
}
for (const detector of TRAFFIC_DETECTORS) {
  writeFileSync(path.join(folder, `${detector.id}.md`), detectorPage(detector, 'traffic'));
}
