import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { EpochMs } from '@portcullis/event';
import { build } from 'esbuild';
import { type LambdaFunction, startFunction } from '../support/lambda-function.ts';
import { bundleOptions } from '../support/sst-server.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Functions that run here, by their handlers' names. */
export interface StartedFunctions<Name extends string> {
  /** @param at - what the clock of the function says meanwhile; the true time where it is left out */
  invoke(name: Name, event: unknown, at?: EpochMs): Promise<unknown>;
  stop(): void;
}

/** Bundles handlers as a deployment does, and starts each in a process behind a Runtime API. */
export async function startFunctions<Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string>>,
): Promise<StartedFunctions<Name>> {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, '.cache/local-'));
  linkSdk(path.join(folder, 'node_modules/@aws-sdk'));
  const started = new Map(
    await Promise.all(
      names.map(async (name): Promise<readonly [Name, LambdaFunction]> => {
        await build({
          ...bundleOptions(path.join(root, `packages/functions/src/${name}.ts`), {
            external: ['@aws-sdk/*'],
          }),
          outfile: path.join(folder, name, 'bundle.mjs'),
        });
        return [name, await startFunction({ folder: path.join(folder, name), name, environment })];
      }),
    ),
  );
  return {
    async invoke(name, event, at) {
      const found = started.get(name);
      if (found === undefined) throw new Error(`${name} was not started`);
      return found.invoke(event, at);
    },
    stop() {
      for (const { stop } of started.values()) stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stands in for the SDK that the runtime brings. */
function linkSdk(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const owner of ['aws', 'functions']) {
    const from = path.join(root, 'packages', owner, 'node_modules/@aws-sdk');
    for (const name of readdirSync(from)) {
      const link = path.join(folder, name);
      if (!existsSync(link)) symlinkSync(path.join(from, name), link);
    }
  }
}
