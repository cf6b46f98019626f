import { enableCompileCache, registerHooks } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

// JavaScript, unlike the rest: of TypeScript even one file has Node load its compiler, which takes as long as all else.

// Halves start-up from the second run on. In the user's own folder, because whoever can write a compile
// cache can run code as its reader. Node goes on without it where the folder cannot be written.
const folder = cacheFolder();
if (folder !== undefined) enableCompileCache(path.join(folder, 'portcullis'));

// What one of our files names by its place is there, as its checks saw to. Node would ask the disk about each of a thousand
// imports, which takes a sixth of the start. What a package of ours exports is the same whoever asks: it is looked up once
const workspace = new URL('../../', import.meta.url).href;
const packages = new Map();
registerHooks({
  resolve(specifier, context, next) {
    if (!context.parentURL?.startsWith(workspace)) return next(specifier, context);
    if (specifier.startsWith('@portcullis/')) {
      const found = packages.get(specifier) ?? next(specifier, context);
      packages.set(specifier, found);
      return { ...found, shortCircuit: true };
    }
    if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true };
  },
});

const { runProgram } = await import('./program.ts');
const { reportFailure } = await import('./report-failure.ts');
process.stderr.on('error', () => {});
// Whoever reads standard output may leave early, as `head` does: the work is done all the same, and quietly
process.stdout.on('error', (error) => {
  const closed = 'code' in error && error.code === 'EPIPE';
  if (!closed && process.stdout.listenerCount('error') === 1) throw error;
});
process.exitCode = await runProgram(process.argv.slice(2)).catch(reportFailure);

/** @returns {string | undefined} */
function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  try {
    return path.join(os.homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  } catch {
    return undefined; // a container user without a home
  }
}
