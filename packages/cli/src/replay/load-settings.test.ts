import { defaultSettings } from '@portcullis/config';
import { DEFAULT_LIMITS } from '@portcullis/ingest';
import { expect, it } from 'vitest';
import { loadSettings } from './load-settings.ts';

it('gives the defaults without a file', async () => {
  expect(await loadSettings(undefined)).toBe(defaultSettings);
});

it('has the limits that ingest has by itself', () => {
  expect(defaultSettings.limits).toEqual(DEFAULT_LIMITS);
});
