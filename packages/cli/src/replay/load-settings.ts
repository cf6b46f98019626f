import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';

const CONFIG_PACKAGE = '@portcullis/config';
const MODULE = /\.[cm]?[jt]s$/;

/**
 * The settings of a configuration file: JSON, or a module (`portcullis.config.ts`) whose default export holds them.
 *
 * @param file - as the user named it; the defaults when absent
 * @throws {ConfigurationError} also when the file cannot be read or run
 */
export async function loadSettings(file: string | undefined): Promise<Settings> {
  if (file === undefined) return defaultSettings;
  // Loaded only where there is something to check: it takes as long as a second of logs
  const { ConfigurationError, parseSettings } = await import('@portcullis/config');
  const unreadable = (reason: string, cause: unknown) =>
    new ConfigurationError(file, [{ path: '', message: `cannot be loaded: ${reason}` }], { cause });
  return parseSettings(await load(file, unreadable), file);
}

async function load(file: string, unreadable: (reason: string, cause: unknown) => Error): Promise<unknown> {
  try {
    return MODULE.test(file) ? await defaultExport(file) : JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(reason, cause);
  }
}

/** The file may lie anywhere, so `@portcullis/config` is resolved from here and not from beside it. */
async function defaultExport(file: string): Promise<unknown> {
  const url = import.meta.resolve(CONFIG_PACKAGE);
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === CONFIG_PACKAGE ? { url, shortCircuit: true } : next(specifier, context),
  });
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path.resolve(file)).href);
    return module.default;
  } finally {
    hooks.deregister();
  }
}
