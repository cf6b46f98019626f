import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { logFileBytes } from '../delivery/log-file.ts';
import { bundledSample } from './bundled-sample.ts';

const folder = fileURLToPath(new URL('../../../cli/sample/', import.meta.url));
const sample = bundledSample();

describe('the bundled sample', () => {
  it('is what its seed gives, byte for byte once decompressed', () => {
    const stored = readdirSync(`${folder}AWSLogs`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.gz'))
      .map((path) => `AWSLogs/${path}`)
      .sort();

    expect(stored).toEqual(sample.files.map(({ path }) => path).sort());
    for (const file of sample.files) {
      const bytes = gunzipSync(readFileSync(folder + file.path));
      expect(bytes.equals(gunzipSync(logFileBytes(file))), `${file.path}: run write-sample.ts`).toBe(true);
    }
  });

  it('carries the labels its seed gives', () => {
    expect(JSON.parse(readFileSync(`${folder}labels.json`, 'utf8'))).toEqual(sample.labels);
  });

  it('stays small', () => {
    const bytes = sample.files.reduce((sum, file) => sum + logFileBytes(file).length, 0);

    expect(bytes).toBeLessThan(300 * 1024);
  });
});
