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
  return checkedSettings(await loadValue(file), file);
}

/**
 * What a JSON file holds, or a module exports by default.
 *
 * @throws {ConfigurationError} when the file cannot be read or run
 */
export async function loadValue(file: string): Promise<unknown> {
  try {
    return MODULE.test(file) ? await defaultExport(file) : JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const { ConfigurationError } = await import('@portcullis/config');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(file, [{ path: '', message: `cannot be loaded: ${reason}` }], { cause });
  }
}

/** @throws {ConfigurationError} */
export async function checkedSettings(value: unknown, file: string): Promise<Settings> {
  // Loaded only where there is something to check: it takes as long as a second of logs
  const { parseSettings } = await import('@portcullis/config');
  return parseSettings(value, file);
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
