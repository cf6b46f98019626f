import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NoReadablePathError } from './errors.ts';
import { type FileSourceOptions, fileSource } from './file-source.ts';
import type { LogContainer, UnreadableContainer } from './log-source.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-source-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(
  paths: readonly string[],
  options?: FileSourceOptions,
): Promise<(LogContainer | UnreadableContainer)[]> {
  const items: (LogContainer | UnreadableContainer)[] = [];
  for await (const item of fileSource(paths, options)) {
    items.push(item);
  }
  return items;
}

/** What came, in order: `a.json`, or `a.json: unreadable-file`. */
async function names(paths: readonly string[], options?: FileSourceOptions): Promise<string[]> {
  return (await read(paths, options)).map((item) => {
    const name = item.name === '-' ? '-' : relative(folder, item.name);
    return 'rejection' in item ? `${name}: ${item.rejection.reason}` : name;
  });
}

/** The belief about what follows each container, as time of day. */
async function beliefs(paths: readonly string[], options?: FileSourceOptions): Promise<(string | undefined)[]> {
  return (await read(paths, options)).map((item) => {
    const at = 'rejection' in item ? undefined : item.laterStartsAt;
    return at === undefined || !Number.isFinite(at) ? at?.toString() : new Date(at).toISOString().slice(11, 16);
  });
}

const record = (time: string) =>
  JSON.stringify({ eventVersion: '1.11', eventTime: `2026-03-02T${time}:00Z`, eventName: 'GetUser' });
const s3Object = (...times: string[]) => gzipSync(`{"Records":[${times.map(record).join(',')}]}`);
const lines = (...times: string[]) => times.map((time) => `${record(time)}\n`).join('');
const s3Name = (time: string, random = 'a') => `111122223333_CloudTrail_eu-west-1_20260302T${time}Z_${random}.json.gz`;

describe('fileSource lists', () => {
  it('log files of folders at any depth, and named files whatever their name', async () => {
    for (const name of [
      'a.json',
      'b/c/d.NDJSON',
      'b/e.jsonl',
      'f.json.gz',
      'g.log',
      'readme.md',
      'h.csv',
      '.hidden.json',
      '.git/x.json',
    ]) {
      put(name, '{}');
    }
    put('firehose-1-2026-03-02', '{}');
    put('LICENSE', 'Apache');
    const named = put('named.txt', '{}');

    expect((await names([folder])).sort()).toEqual([
      'a.json',
      'b/c/d.NDJSON',
      'b/e.jsonl',
      'f.json.gz',
      'firehose-1-2026-03-02',
      'g.log',
    ]);
    expect(await names([named])).toEqual(['named.txt']);
  });

  it('each file once, through loops, links and repeated paths', async () => {
    const file = put('a/b.json', '{}');
    symlinkSync(folder, join(folder, 'a/loop'));
    symlinkSync(file, join(folder, 'link.json'));
    linkSync(file, join(folder, 'hard.json'));
    symlinkSync(join(folder, 'gone.json'), join(folder, 'dangling.json'));

    expect(await names([folder, file, `${folder}/a/../a`])).toHaveLength(1);
  });

  it('what it cannot read, among what it can', async () => {
    put('a.json', '{}');

    expect(await names([folder, join(folder, 'missing.json')])).toEqual(['missing.json: unreadable-file', 'a.json']);
  });

  it.skipIf(process.getuid?.() === 0)('a file it may not open as unreadable', async () => {
    chmodSync(put('secret.json', '{}'), 0o000);

    expect(await names([folder])).toEqual(['secret.json: unreadable-file']);
  });

  it('pipes only when named', async () => {
    const pipe = join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    put('a.json', '{}');

    expect(await names([folder])).toEqual(['a.json']);
    const writing = names([pipe]);
    await promisify(execFile)('sh', ['-c', `echo '{}' > '${pipe}'`]);
    expect(await writing).toEqual(['pipe.json']);
  });

  it('nothing, and says so at once', () => {
    expect(() => fileSource([join(folder, 'no'), join(folder, 'neither')])).toThrow(NoReadablePathError);
    expect(() => fileSource([])).toThrow('no path given');
    expect(() => fileSource([folder])).not.toThrow();
  });
});

describe('fileSource orders', () => {
  it('by the time in the name, else by the earliest record in sight, files without any first', async () => {
    put(`z/${s3Name('0900')}`, s3Object('08:58'));
    put(`a/${s3Name('1000')}`, s3Object('09:58'));
    put('export.json', `[${record('09:30')}]`);
    put('newest-first.json', `[${[...Array(200).keys()].map((n) => record(`08:${59 - (n % 60)}`)).join(',')}]`);
    put('labels.json', '{"events":{}}');

    expect(await names([folder])).toEqual([
      'labels.json',
      'newest-first.json',
      `z/${s3Name('0900')}`,
      'export.json',
      `a/${s3Name('1000')}`,
    ]);
  });

  it.each([
    { content: `{"@timestamp":"2026-03-02T07:00:00.000Z"}`, why: 'Logstash' },
    {
      content: `{"Events":[{"EventTime":1772434800.0,"CloudTrailEvent":"{\\"eventTime\\":\\"2026-03-02T07:00:00Z\\"}"}]}`,
      why: 'in a string',
    },
    {
      content: `{"kinesis":{"data":"aGVsbG8=","approximateArrivalTimestamp":1772434800.5}}`,
      why: 'arrival, for what is packed',
    },
    { content: `{"logEvents":[{"timestamp":1772434800000,"message":"x"}]}`, why: 'log events' },
    { content: `{"eventTime":"1970-01-01T00:00:00Z"},{"eventTime":"2026-03-02T07:00:00Z"}`, why: 'older than AWS' },
  ])('sees the time in $content ($why)', async ({ content }) => {
    put('b.json', content);
    put(s3Name('0600'), s3Object('06:00'));

    expect(await beliefs([folder])).toEqual(['07:00', undefined]);
  });

  it('believes the rest to start with the earliest record still to come, not with the next name', async () => {
    put(s3Name('2340', 'whole-day'), s3Object('00:10', '12:00', '23:30'));
    put(s3Name('0900'), s3Object('08:58'));
    put(s3Name('2350', 'other-region'), s3Object('00:20', '23:40'));

    expect(await names([folder])).toEqual([
      s3Name('0900'),
      s3Name('2340', 'whole-day'),
      s3Name('2350', 'other-region'),
    ]);
    expect(await beliefs([folder])).toEqual(['00:10', '00:20', undefined]);
  });

  it('reads an export newest first, too long to see its end, before everything', async () => {
    const times = [...Array(1000).keys()].map((n) =>
      record(`${`${20 - Math.floor(n / 60)}`.padStart(2, '0')}:${`${59 - (n % 60)}`.padStart(2, '0')}`),
    );
    put('export.json.gz', gzipSync(`[${times.join(',')}]`, { level: 0 }));
    put(s3Name('0900'), s3Object('08:58'));

    expect(await names([folder])).toEqual(['export.json.gz', s3Name('0900')]);
  });

  it('knows nothing of what a pipe will bring', async () => {
    put('a.json', record('09:00'));

    expect(await names(['-', folder], { stdin: Readable.from([Buffer.from('{}')]) })).toEqual(['a.json', '-']);
    expect(await beliefs(['-', folder], { stdin: Readable.from([Buffer.from('{}')]) })).toEqual([
      '-Infinity',
      undefined,
    ]);
  });
});

describe('fileSource cuts long files into runs', () => {
  const many = lines(
    ...Array.from({ length: 100 }, (_, index) => `${10 + Math.floor(index / 60)}:${`${index % 60}`.padStart(2, '0')}`),
  );

  it.each([
    { name: 'long.ndjson', content: Buffer.from(many), why: 'plain' },
    { name: 'long.bin', content: gzipSync(many, { level: 0 }), why: 'gzip, whatever its name' },
  ])('of whole lines, counting on ($why)', async ({ name, content }) => {
    const runs = (await read([put(name, content)], { runBytes: 2000 })).filter((item) => 'bytes' in item);

    expect(runs.length).toBeGreaterThan(1);
    expect(Buffer.concat(runs.map(({ bytes }) => bytes)).toString()).toBe(many);
    let linesBefore = 0;
    for (const { bytes, precedingLines } of runs) {
      expect(precedingLines).toBe(linesBefore);
      expect(bytes.at(-1)).toBe(0x0a);
      linesBefore += Buffer.from(bytes).toString().split('\n').length - 1;
    }
  });

  it('and believes the rest of the file to start with the next run, or with the next file', async () => {
    const chunks = [lines('10:00', '10:01'), lines('10:30', '10:31'), lines('23:59', '10:50'), lines('11:00')];
    const stdin = () => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

    expect(await beliefs(['-'], { stdin: stdin(), runBytes: 100 })).toEqual(['10:30', '10:50', '11:00', undefined]);
  });

  it('unless it is one document', async () => {
    const document = Buffer.from(
      JSON.stringify({ Records: [...Array(100).keys()].map(() => ({ eventName: 'x' })) }, null, 1),
    );

    const whole = await read([put('a.json', document)], { runBytes: 500 });
    expect(whole).toMatchObject([{ precedingLines: 0, laterStartsAt: undefined }]);
    expect(whole[0] && 'bytes' in whole[0] && Buffer.from(whole[0].bytes).equals(document)).toBe(true);
    expect(
      await names([put('a.json', document)], { runBytes: 500, limits: { fileBytes: 1000, decompressedBytes: 1000 } }),
    ).toEqual(['a.json: file-too-large']);
  });

  it('and gives up one line that is too long, not those around it', async () => {
    const stdin = Readable.from(
      [
        lines('10:00', '10:01'),
        `{"x":"${'y'.repeat(500)}`,
        'y'.repeat(500),
        `"}\n${lines('10:02')}`,
        lines('10:03'),
      ].map((text) => Buffer.from(text)),
    );
    const items = await read(['-'], { stdin, runBytes: 200 });

    expect(
      items.map((item) =>
        'rejection' in item ? `${item.rejection.reason} at ${item.rejection.position}` : item.precedingLines,
      ),
    ).toEqual(['record-too-large at line 3', 0, 3]);
  });

  it('keeps the whole lines in front of a cut in the gzip stream', async () => {
    const cut = gzipSync(many, { level: 0 }).subarray(0, 5000);
    const items = await read(['-'], { stdin: Readable.from([cut]), runBytes: 2000 });

    expect(items.map((item) => ('rejection' in item ? item.rejection.reason : 'lines'))).toContain('truncated-gzip');
    const kept = Buffer.concat(items.flatMap((item) => ('bytes' in item ? [item.bytes] : []))).toString();
    expect(kept.length).toBeGreaterThan(4500);
    expect(many.startsWith(kept)).toBe(true);
    expect(kept.endsWith('\n')).toBe(true);
  });

  it('stops unpacking a bomb', async () => {
    const bomb = gzipSync(lines('10:00').concat('\n'.repeat(2_000_000)));

    expect(
      await names(['-'], {
        stdin: Readable.from([bomb]),
        runBytes: 1e6,
        limits: { fileBytes: 1e5, decompressedBytes: 1e5 },
      }),
    ).toContain('-: decompressed-too-large');
  });

  it('and takes an empty stream for an empty container', async () => {
    expect(await read(['-'], { stdin: Readable.from([]) })).toMatchObject([{ name: '-', precedingLines: 0 }]);
  });
});
