import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { UnreadableContainer } from '../log-source.ts';

export interface ListedFile {
  /** As found: the path given, joined with the names below it. */
  readonly path: string;
  readonly bytes: number;
  /** Pipes and devices are read to their end; what they hold cannot be known before. */
  readonly kind: 'file' | 'stream';
}

export interface FileListing {
  /** Each file once, by path. */
  readonly files: readonly ListedFile[];
  /** What could not be looked at, with the reason. */
  readonly unreadable: readonly UnreadableContainer[];
  /** Given paths that could not be had, as messages. */
  readonly missing: readonly string[];
}

/** Standard input, among the paths. */
export const STDIN_PATH = '-';

/** Read when found in a folder. Firehose and Logs exports have names without one: those are read if they begin as we expect. */
const LOG_EXTENSIONS = new Set(['.json', '.jsonl', '.ndjson', '.log', '.gz']);

/**
 * Lists what to read: a file that is named is always read; of a folder, at any depth, the log files
 * that are not hidden.
 *
 * Symbolic links are followed; a folder or file that is reached again, by a loop or twice among the paths,
 * is taken once. Pipes and devices are read only when named.
 */
export function listFiles(paths: readonly string[]): FileListing {
  const walk: Walk = { files: [], unreadable: [], seen: new Set() };
  const missing: string[] = [];
  for (const path of paths) {
    if (path === STDIN_PATH) {
      addOnce(walk, STDIN_PATH, { path, bytes: 0, kind: 'stream' });
    } else {
      const before = walk.unreadable.length;
      visit(walk, path, { named: true });
      missing.push(
        ...walk.unreadable
          .slice(before)
          .filter(({ name }) => name === path)
          .map(({ rejection }) => rejection.message),
      );
    }
  }
  walk.files.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { files: walk.files, unreadable: walk.unreadable, missing };
}

interface Walk {
  readonly files: ListedFile[];
  readonly unreadable: UnreadableContainer[];
  /** Device and inode of everything visited. */
  readonly seen: Set<string>;
}

function visit(walk: Walk, root: string, { named }: { named: boolean }): void {
  const waiting = [{ path: root, named }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path } = next;
    try {
      const stat = statSync(path, { bigint: true });
      const identity = `${stat.dev}:${stat.ino}`;
      if (stat.isDirectory()) {
        if (!walk.seen.has(identity)) {
          walk.seen.add(identity);
          const names = readdirSync(path).filter((name) => !name.startsWith('.'));
          waiting.push(...names.map((name) => ({ path: join(path, name), named: false })));
        }
      } else if (stat.isFile()) {
        if (next.named || isLogFile(path)) {
          addOnce(walk, identity, { path, bytes: Number(stat.size), kind: 'file' });
        }
      } else if (next.named) {
        addOnce(walk, identity, { path, bytes: 0, kind: 'stream' });
      }
    } catch (error) {
      // A link in a folder that leads nowhere holds no log.
      if (next.named || codeOf(error) !== 'ENOENT') {
        walk.unreadable.push(unreadable(path, error));
      }
    }
  }
}

function addOnce({ seen, files }: Walk, identity: string, file: ListedFile): void {
  if (!seen.has(identity)) {
    seen.add(identity);
    files.push(file);
  }
}

function isLogFile(path: string): boolean {
  const extension = extname(basename(path)).toLowerCase();
  return extension === '' ? beginsAsLog(path) : LOG_EXTENSIONS.has(extension);
}

/** Gzip, or JSON by its first character. */
function beginsAsLog(path: string): boolean {
  const head = Buffer.alloc(64);
  const file = openSync(path, 'r');
  try {
    const start = head.subarray(0, readSync(file, head, 0, head.length, 0));
    return (start[0] === 0x1f && start[1] === 0x8b) || /^(\xef\xbb\xbf)?\s*[[{]/.test(start.toString('latin1'));
  } finally {
    closeSync(file);
  }
}

/** One rejected record in place of a file that cannot be had. */
export function unreadable(path: string, error: unknown): UnreadableContainer {
  const message = error instanceof Error ? error.message : 'cannot be read';
  return { name: path, rejection: { reason: 'unreadable-file', message: `${path}: ${message}`, position: '' } };
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
