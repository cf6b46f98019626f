import { gzipSync } from 'node:zlib';
import { json, PACKAGINGS, RECORDS, utf8 } from './containers.ts';
import { API_ACCESS, FLOW_LINES } from './edge-logs.ts';
import {
  GUARDDUTY,
  GUARDDUTY_IN_ASFF,
  GUARDDUTY_IN_OCSF,
  guardDutyEvent,
  PARTNER_IN_ASFF,
  securityHubEvent,
} from './findings.ts';
import { FUNCTION_LINES, functionLogs } from './function-logs.ts';

/** Seeded source of choices; the same seed gives the same inputs on every machine. */
export interface Choices {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  oneOf<T>(values: readonly T[]): T;
}

/** Mulberry32, by Tommy Ettinger, public domain: 32 bits of state are enough to pick mutations. */
export function choicesFrom(seed: number): Choices {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  return {
    below,
    oneOf: (values) => {
      const value = values[below(values.length)];
      if (value === undefined && values.length === 0) {
        throw new RangeError('nothing to choose from');
      }
      return value as (typeof values)[number];
    },
  };
}

const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  'true',
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  'x'.repeat(100_000),
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  'ＡＤＭＩＮ',
  '💥'.repeat(50),
  [],
  {},
  [[[[[]]]]],
  [null, [null]],
  'arn:aws:sts::111122223333:assumed-role/',
  'arn:aws:iam::*:root',
  'arn:::::::::',
  '::ffff:203.0.113.10',
  '999.1.1.1',
  '203.0.113.10, 10.0.0.1',
  'fe80::1%eth0',
  'not.a.service.amazonaws.com.evil.example',
  '2026-13-45T99:99:99Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  1772442900,
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*"}]}',
  `${'%7B%22'.repeat(2000)}`,
  '{"a":'.repeat(3000),
];

const STRANGE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'Records',
  'detail',
  'data',
  'kinesis',
  'kind',
  'reason',
];

type Tree = Record<string, unknown> | unknown[];

/** Parsed for each copy, which takes a fraction of cloning. */
const RECORD_TEXTS = RECORDS.map((record) => JSON.stringify(record));

/** A record with up to four things wrong in it, anywhere. */
function mutatedRecord(choices: Choices): unknown {
  const record: unknown = JSON.parse(choices.oneOf(RECORD_TEXTS));
  for (let left = choices.below(5); left > 0; left--) {
    mutateNode(choices, someTree(choices, record as Tree));
  }
  return record;
}

function someTree(choices: Choices, root: Tree): Tree {
  let tree = root;
  for (;;) {
    const inner = Object.values(tree).filter((value): value is Tree => typeof value === 'object' && value !== null);
    if (inner.length === 0 || choices.below(3) === 0) {
      return tree;
    }
    tree = choices.oneOf(inner);
  }
}

function mutateNode(choices: Choices, tree: Tree): void {
  if (Array.isArray(tree)) {
    tree.push(choices.below(2) === 0 ? strangeValue(choices) : structuredClone(tree));
    return;
  }
  const key = choices.oneOf(Object.keys(tree).concat('added'));
  switch (choices.below(7)) {
    case 0:
      delete tree[key];
      return;
    case 1:
    case 2:
      tree[key] = strangeValue(choices);
      return;
    case 3:
      define(tree, choices.oneOf(STRANGE_KEYS), strangeValue(choices));
      return;
    case 4:
      tree[key] = JSON.stringify(tree[key] ?? null);
      return;
    case 5:
      tree[key] = deep(choices.oneOf([10, 190, 201, 600]), tree[key] ?? null);
      return;
    default:
      tree[`${key.slice(0, 1).toUpperCase()}${key.slice(1)}`] = [tree[key] ?? null];
  }
}

/** A copy, since later mutations may reach into it. */
function strangeValue(choices: Choices): unknown {
  return structuredClone(choices.oneOf(STRANGE_VALUES));
}

/** As an own property even under the name `__proto__`, which is what JSON.parse makes of it. */
function define(tree: Tree, key: string, value: unknown): void {
  Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true });
}

function deep(levels: number, core: unknown): unknown {
  let value = core;
  for (let level = 0; level < levels; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

const PACKINGS = Object.values(PACKAGINGS);

/** A container of mutated records; one in three has wrong bytes too. */
export function mutatedContainer(choices: Choices): Buffer {
  const records = Array.from({ length: choices.below(6) }, () => mutatedRecord(choices));
  const packed = otherSource(choices) ?? choices.oneOf(PACKINGS)(records);
  const wrapped = choices.below(8) === 0 ? repack(choices, packed) : packed;
  return choices.below(3) === 0 ? withWrongBytes(choices, wrapped) : wrapped;
}

/** One container in three is of another source. */
function otherSource(choices: Choices): Buffer | undefined {
  switch (choices.below(12)) {
    case 0:
      return mutatedFunctionLogs(choices);
    case 1:
      return mutatedFlowLog(choices);
    case 2:
      return mutatedAccessLogs(choices);
    case 3:
      return mutatedFindings(choices);
    default:
      return undefined;
  }
}

function mutatedFlowLog(choices: Choices): Buffer {
  const lines = Array.from({ length: 1 + choices.below(8) }, () => {
    const line = choices.oneOf(FLOW_LINES);
    return choices.below(3) === 0
      ? line.replace(/\S+/g, (cell) => (choices.below(6) === 0 ? String(strangeValue(choices)).slice(0, 5000) : cell))
      : line;
  });
  const text = utf8(lines.join(choices.oneOf(['\n', '\r\n', ' '])));
  return choices.below(2) === 0 ? gzipSync(text) : text;
}

function mutatedAccessLogs(choices: Choices): Buffer {
  const logs = Array.from({ length: 1 + choices.below(4) }, () =>
    withStrangeMember(choices, structuredClone(choices.oneOf(API_ACCESS))),
  );
  return utf8(logs.map((log) => `${JSON.stringify(log)}\n`).join(''));
}

/** Findings in each of their forms, in one of the ways they come. */
function mutatedFindings(choices: Choices): Buffer {
  const findings = Array.from({ length: 1 + choices.below(4) }, () =>
    withStrangeMember(
      choices,
      structuredClone(choices.oneOf([GUARDDUTY, GUARDDUTY_IN_ASFF, GUARDDUTY_IN_OCSF, PARTNER_IN_ASFF])),
    ),
  );
  return choices.oneOf([
    () => json(securityHubEvent(findings)),
    () => json(findings.map(guardDutyEvent)),
    () => json({ Findings: findings }),
    () => gzipSync(utf8(findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''))),
  ])();
}

/** Lines of a function, some of them cut, joined or with something else in place of a value. */
function mutatedFunctionLogs(choices: Choices): Buffer {
  const lines = Array.from({ length: 1 + choices.below(6) }, () => {
    const line = choices.oneOf(FUNCTION_LINES);
    switch (choices.below(6)) {
      case 0:
        return line.slice(0, choices.below(line.length + 1));
      case 1:
        return line.replace(/\d+/, String(strangeValue(choices)).slice(0, 300));
      case 2:
        return line.startsWith('{') ? JSON.stringify(withStrangeMember(choices, JSON.parse(line))) : line.repeat(2);
      default:
        return line;
    }
  });
  const data = functionLogs(lines);
  if (choices.below(3) === 0) mutateNode(choices, someTree(choices, data as Tree));
  return choices.below(2) === 0 ? gzipSync(json(data)) : json(data);
}

function withStrangeMember(choices: Choices, value: unknown): unknown {
  mutateNode(choices, someTree(choices, value as Tree));
  return value;
}

/** Packaging in packaging that AWS never makes. */
function repack(choices: Choices, packed: Buffer): Buffer {
  const base64 = packed.toString('base64');
  return choices.oneOf([
    () => gzipSync(packed),
    () => gzipSync(gzipSync(packed)),
    () => json({ awslogs: { data: base64 } }),
    () => json({ Records: [{ eventSource: 'aws:kinesis', kinesis: { data: base64 } }] }),
    () => json([[[[[[[[[[{ data: { event: { awslogs: { data: base64 } } } }]]]]]]]]]]),
    () => utf8(`junk ${packed.toString('latin1')}`),
    () => Buffer.concat([packed, packed]),
  ])();
}

function withWrongBytes(choices: Choices, bytes: Buffer): Buffer {
  const at = choices.below(bytes.length + 1);
  switch (choices.below(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1: {
      const flipped = Buffer.from(bytes);
      for (let left = 1 + choices.below(4); left > 0 && bytes.length > 0; left--) {
        const position = choices.below(bytes.length);
        flipped[position] = (flipped[position] ?? 0) ^ (1 << choices.below(8));
      }
      return flipped;
    }
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(choices.oneOf(['\n', '"', '}', ']', '{', '[', '\\', '\0', ',,'])),
        bytes.subarray(at),
      ]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + choices.below(200)))]);
    default:
      return bytes.subarray(at);
  }
}
