import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { Synthesized, SynthesizedResource } from '../support/synth.ts';

const support = path.resolve(import.meta.dirname, '../support');

export const CONFIGURATIONS = ['new-trail', 'log-group', 'organization', 'response', 'sources'] as const;
export type Configuration = (typeof CONFIGURATIONS)[number];

type Inputs = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What would be created, with questions to ask of it. */
export interface Created extends Synthesized {
  /** By the end of Pulumi's type: `Queue`. */
  all(kind: string): readonly SynthesizedResource[];
  /** Of the one resource of this name. */
  inputsOf(name: string): Inputs;
  /** Of a document that stands in an input as text. */
  statementsOf(name: string, input?: string): readonly Statement[];
  /** What each role may do. */
  granted(): readonly (Statement & { readonly role: string })[];
}

const done = new Map<string, Created>();

/** Once for each stage and configuration. */
export function synthesize(stage: string, configuration: Configuration): Created {
  const key = `${stage} ${configuration}`;
  const created = done.get(key) ?? synthesizeAnew(stage, configuration);
  done.set(key, created);
  return created;
}

/** In a process of its own: Pulumi's engine is one per process. */
function synthesizeAnew(stage: string, configuration: Configuration): Created {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-synth-'));
  try {
    execFileSync(process.execPath, [path.join(support, 'sst-install.ts')], { stdio: 'inherit' });
    const out = path.join(folder, 'synthesized.json');
    const config = path.join(import.meta.dirname, `configurations/${configuration}.config.ts`);
    execFileSync(process.execPath, [path.join(support, 'synth.ts'), out, stage, config], { stdio: 'inherit' });
    return questions(JSON.parse(readFileSync(out, 'utf8'), revealed));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pulumi wraps what a provider calls a secret, such as the value of every parameter. */
function revealed(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && SECRET in value && 'value' in value ? value.value : value;
}

const SECRET = '4dabf18193072939515e22adb298388d';

function questions(created: Synthesized): Created {
  const all = (kind: string) => created.resources.filter(({ type }) => type.endsWith(`:${kind}`));
  const inputsOf = (name: string): Inputs => {
    const named = created.resources.filter((resource) => resource.name === name && !resource.type.startsWith('sst:'));
    expect(named, name).toHaveLength(1);
    return named[0]?.inputs ?? {};
  };
  return {
    ...created,
    all,
    inputsOf,
    statementsOf: (name, input = 'policy') => parsed(inputsOf(name)[input]),
    granted: () =>
      all('Role').flatMap(({ name, inputs }) =>
        (inputs.inlinePolicies as readonly { readonly policy: string }[]).flatMap(({ policy }) =>
          parsed(policy).map((statement) => ({ ...statement, role: name })),
        ),
      ),
  };
}

function parsed(document: unknown): readonly Statement[] {
  return JSON.parse(String(document)).Statement;
}

/** `"a"` and `["a"]` mean the same in a policy. */
export function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}
