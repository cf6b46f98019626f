import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Decision } from '@portcullis/contract';
import { decodeState } from '@portcullis/pipeline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sample from '../sample/sample.json' with { type: 'json' };
import { alertRecord } from './alerts/alert-list.ts';
import { alertsOf } from './alerts/saved-alerts.ts';
import { runPortcullis } from './testing/run-portcullis.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../sample/AWSLogs');
const LABELS = path.resolve(import.meta.dirname, '../sample/labels.json');
const REPLAY = ['replay', SAMPLE, '--alert-after', sample.alertAfter];
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-feedback-'));
const at = (name: string) => path.join(folder, name);
const [STATE, DECISIONS] = [at('state'), at('decisions.ndjson')];
const run = (...args: string[]) => runPortcullis(args, { cwd: folder });

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly actor: string;
  readonly answer?: { readonly verdict: string; readonly by: string };
}

let saved = Buffer.alloc(0);
let first = '';

beforeAll(async () => {
  await run(...REPLAY, '--save-state', STATE);
  saved = readFileSync(STATE);
  first = listed()[0]?.id ?? '';
}, 60_000);

beforeEach(() => {
  writeFileSync(STATE, saved);
  rmSync(DECISIONS, { force: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What `alerts list --json` prints of the state as it is now. */
function listed(): readonly Listed[] {
  const state = decodeState(readFileSync(STATE));
  return alertsOf(state).map((alert): Listed => JSON.parse(JSON.stringify(alertRecord(alert, state))));
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const decisions = (): readonly Decision[] =>
  lines(readFileSync(DECISIONS, 'utf8')).map((line): Decision => JSON.parse(line));

const answer = (verdict: string, ...options: string[]) =>
  run('alerts', verdict, first, '--state', STATE, '--decisions', DECISIONS, '--reason', 'a drill', ...options);

describe('alerts', () => {
  it('list shows what the replay told, latest first, as a table or as JSON', async () => {
    const { code, stdout } = await run('alerts', 'list', '--state', STATE);
    const json = await run('alerts', 'list', '--state', STATE, '--json', '--unanswered');
    const all = listed();

    expect(code).toBe(0);
    expect(lines(json.stdout).map((line) => JSON.parse(line))).toEqual(all);
    expect(all.length).toBeGreaterThan(3);
    for (const { id } of all) expect(stdout).toContain(id.slice(0, 12));
  });

  it('show takes the beginning of an id, and gives the whole alert', async () => {
    const { code, stdout } = await run('alerts', 'show', first.slice(0, 8), '--state', STATE);

    expect(code).toBe(0);
    expect(stdout).toContain(first);
    expect(stdout).toContain('status: open');
  });

  it.each([
    { name: 'dismiss', verdict: 'dismissed', status: 'closed' },
    { name: 'expected', verdict: 'expected', status: 'closed' },
    { name: 'confirm', verdict: 'confirmed', status: 'open' },
  ])('$name is kept in the state and in the file, so that a replay repeats it', async ({ name, verdict, status }) => {
    const { code, stdout } = await answer(name, '--by', 'dana');

    expect(code).toBe(0);
    expect(stdout).toContain(`${verdict} ${first}`);
    expect(listed().find(({ id }) => id === first)).toMatchObject({ status, answer: { verdict, by: 'dana' } });

    await run(...REPLAY, '--decisions', DECISIONS, '--save-state', at('repeated'));
    expect(readFileSync(at('repeated')).equals(readFileSync(STATE))).toBe(true);
  });

  it('reopen takes the answer back', async () => {
    await answer('dismiss');
    await answer('reopen', '--at', '2026-03-10T01:00:00Z');
    await run(...REPLAY, '--decisions', DECISIONS, '--to', '2026-03-09T20:00:00Z', '--save-state', STATE);

    expect(decisions().map((decision) => decision.kind === 'verdict' && decision.verdict)).toEqual([
      'dismissed',
      'reopened',
    ]);
    expect((await run('alerts', 'show', first, '--state', STATE)).stdout).toContain('dismissed as of 2026-03-10');
  });

  it('an answer with a scope and an end says so in the file', async () => {
    const scope = ['--actors', '*backup*', '--actors', 'ops-*', '--team', 'backup', '--until', '2026-04-01'];
    await answer('expected', ...scope);
    const unanswered = await run('alerts', 'list', '--state', STATE, '--unanswered', '--json');

    expect(unanswered.stdout).not.toContain(first);

    expect(decisions()).toMatchObject([
      { scope: { actors: ['*backup*', 'ops-*'], team: 'backup', until: '2026-04-01T00:00:00Z' } },
    ]);
  });

  it('--json prints the decision, what became of it, and the event', async () => {
    const { stdout } = await answer('dismiss', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      decision: { verdict: 'dismissed', episode: first },
      outcome: 'applied',
      event: { 'detail-type': 'Anomaly Closed', detail: { data: { verdict: { verdict: 'dismissed' } } } },
    });
  });

  it('a decision for later waits in the state', async () => {
    const { stdout } = await answer('dismiss', '--at', '2026-05-01');

    expect(stdout).toContain('waits until the logs get there');
    expect(listed()[0]).toMatchObject({ status: 'open', waiting: [{ at: '2026-05-01T00:00:00Z' }] });
  });

  it('mute is for an alert or for an actor', async () => {
    const [listedFirst] = listed();
    const options = ['--state', STATE, '--decisions', DECISIONS, '--until', '2026-03-12', '--reason', 'load test'];

    expect(await run('alerts', 'mute', first, ...options)).toMatchObject({ code: 0 });
    expect(await run('alerts', 'mute', '--actor', listedFirst?.actor ?? '', ...options)).toMatchObject({ code: 0 });
    expect(decisions()).toMatchObject([
      { kind: 'mute', episode: first },
      { kind: 'mute', actor: listedFirst?.actor },
    ]);
  });

  it.each([
    { args: ['dismiss', 'nothing', '--reason', 'r'], says: 'no alert nothing', why: 'no such alert' },
    { args: ['dismiss', '', '--reason', 'r'], says: 'begins', why: 'any alert' },
    { args: ['dismiss', 'FIRST'], says: "required option '--reason", why: 'no reason' },
    { args: ['dismiss', 'FIRST', '--reason', 'r', '--at', '2026-01-01'], says: 'had not been told', why: 'too early' },
    { args: ['dismiss', 'FIRST', '--reason', 'r', '--actors', '*'], says: 'scope.actors[0]', why: 'everybody' },
    { args: ['mute', '--until', '2026-03-12', '--reason', 'r'], says: 'either the id', why: 'nobody named' },
    { args: ['mute', 'FIRST', '--until', '2029-01-01', '--reason', 'r'], says: 'at most 90 days', why: 'for years' },
    { args: ['show', 'FIRST', '--state', 'absent'], says: '--state: absent', why: 'no such state' },
  ])('2 and "$says" for $args ($why), and nothing is written', async ({ args, says }) => {
    const given = args.map((arg) => (arg === 'FIRST' ? first : arg));
    const state = given.includes('--state') ? [] : ['--state', STATE];
    const log = args[0] === 'show' ? [] : ['--decisions', DECISIONS];

    const { code, stderr } = await run('alerts', ...given, ...state, ...log);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(DECISIONS)).toBe(false);
    expect(readFileSync(STATE).equals(saved)).toBe(true);
  });
});

describe('replay --decisions', () => {
  it('stops with 2 at a line that cannot be used, naming file and line', async () => {
    await answer('dismiss');
    writeFileSync(at('bad.ndjson'), `${JSON.stringify(decisions()[0])}\n{"kind":"verdict"}\n`);

    const { code, stderr, stdout } = await run(...REPLAY, '--decisions', DECISIONS, '--decisions', 'bad.ndjson');

    expect(code).toBe(2);
    expect(stderr).toContain('bad.ndjson:2: ');
    expect(stdout).toBe('');
  });

  it('tells on standard error what came late and what matches nothing', async () => {
    await answer('dismiss');
    const [known] = decisions();
    const unknown = { ...known, episode: 'nobody' };
    const work = {
      version: '1',
      kind: 'declared-work',
      at: '2026-03-01T00:00:00Z',
      id: 'w',
      title: 'w',
      owner: 'dana',
    };
    const span = { from: '2026-03-09T00:00:00Z', to: '2026-03-20T00:00:00Z', actors: ['a'], actions: ['s3:*'] };
    const lines = [unknown, { ...work, ...span, accounts: [] }].map((line) => JSON.stringify(line));
    writeFileSync(DECISIONS, lines.join('\n'));

    const again = ['replay', SAMPLE, '--load-state', STATE, '--decisions', DECISIONS, '--summary', at('summary.json')];
    const { code, stderr } = await run(...again);

    expect(code).toBe(0);
    expect(stderr).toContain('matches no alert told by then: episode nobody');
    expect(stderr).toContain('declared work w at 2026-03-01T00:00:00Z is late');
    expect(JSON.parse(readFileSync(at('summary.json'), 'utf8'))).toMatchObject({
      decisions: { applied: 1, late: 1, repeated: 0, unmatched: 1, notDue: 0 },
    });
  });

  it('says which suppressions have expired', async () => {
    const suppression = {
      id: 'old',
      owner: 'dana',
      reason: 'r',
      created: '2026-01-01T00:00:00Z',
      expires: '2026-02-01T00:00:00Z',
      match: { actor: '*e*' },
    };
    writeFileSync(at('config.json'), JSON.stringify({ suppressions: [suppression] }));

    const { stderr, stdout } = await run(...REPLAY, '--config', at('config.json'));

    expect(stderr).toContain('suppression old of dana expired at 2026-02-01T00:00:00Z');
    expect(stdout).toContain(first);
  });
});

describe('declare', () => {
  const DECLARE = ['declare', '--decisions', DECISIONS, '--title', 'Audit', '--owner', 'dana'];
  const WORK = ['--from', '2026-03-08', '--to', '2026-03-11', '--actor', '*', '--action', 'iam:*'];

  it('appends a record that a replay follows', async () => {
    const work = WORK.map((arg) => (arg === '*' ? '*a*' : arg));
    writeFileSync(DECISIONS, '\n\n'.trimEnd());
    const declared = await run(...DECLARE, ...work, '--at', '2026-03-01');
    const again = await run(...DECLARE, ...work, '--action', 'ec2:*', '--at', '2026-03-02');

    expect(declared).toMatchObject({ code: 0, stderr: '' });
    expect(again.code).toBe(0);
    expect(new Set(decisions().map((decision) => decision.kind === 'declared-work' && decision.id)).size).toBe(1);
    const { stdout } = await run(...REPLAY, '--decisions', DECISIONS);
    expect(stdout).toContain('does not count: declared: Audit by dana');
  });

  it.each([
    { args: WORK, says: 'actors[0]', why: 'everybody' },
    { args: WORK.with(5, 'a').with(7, '*:*'), says: 'actions[0]', why: 'everything' },
    { args: WORK.with(5, 'a').with(3, '2026-01-01'), says: 'to: expected later than from', why: 'ends first' },
    { args: WORK.slice(0, 6), says: "required option '--action", why: 'no action' },
  ])('2 and "$says" ($why)', async ({ args, says }) => {
    const { code, stderr } = await run(...DECLARE, ...args, '--at', '2026-03-01');

    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(DECISIONS)).toBe(false);
  });

  it('warns of work that is told afterwards', async () => {
    const { code, stderr } = await run(...DECLARE, ...WORK.with(5, 'a'), '--at', '2026-03-20');

    expect(code).toBe(0);
    expect(stderr).toContain('covers nothing');
  });
});

describe('suppressions try', () => {
  it('says which alerts would have been hidden, and how many of them are attacks', async () => {
    const suppression = {
      id: 'all',
      owner: 'dana',
      reason: 'r',
      created: '2026-01-01T00:00:00Z',
      expires: '2026-02-01T00:00:00Z',
      match: { actor: '*e*' },
    };
    writeFileSync(at('try.json'), JSON.stringify([suppression]));
    const args = ['suppressions', 'try', 'try.json', SAMPLE, '--alert-after', sample.alertAfter];

    const plain = await run(...args);
    const labelled = await run(...args, '--labels', LABELS);

    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/would have hidden [1-9]\d* of \d+ alerts; whether attacks/);
    expect(labelled.stdout).toMatch(/would have hidden ([1-9]\d*) of \d+ alerts; \1 of them labelled attacks/);
    expect(labelled.stdout).toContain('LABELLED ATTACK');
  });

  it('stops with 2 where the file is wrong', async () => {
    writeFileSync(at('wrong.json'), '[{"id":"x"}]');

    const { code, stderr } = await run('suppressions', 'try', 'wrong.json', SAMPLE);

    expect(code).toBe(2);
    expect(stderr).toContain('suppressions.0.');
  });
});
