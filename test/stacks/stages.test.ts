import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';

interface App {
  app(input: { readonly stage: string }): { readonly removal: string; readonly protect: boolean };
}

describe('what stays when a stage is removed', () => {
  let config: App;
  beforeAll(async () => {
    vi.stubGlobal('$config', (value: App) => value);
    ({ default: config } = await import(pathToFileURL(path.resolve('sst.config.ts')).href));
  });

  it.each([
    { stage: 'production', lasts: true, why: 'holds evidence' },
    { stage: 'detest', lasts: true, why: 'a name that only looks like a throw-away one' },
    { stage: 'test', lasts: false, why: 'thrown away' },
    { stage: 'pr-17', lasts: false, why: 'thrown away with its branch' },
  ])('$stage: lasts $lasts ($why)', ({ stage, lasts }) => {
    expect(config.app({ stage })).toMatchObject({ removal: lasts ? 'retain' : 'remove', protect: lasts });
  });
});
