import type { InvokeCommand } from '@aws-sdk/client-lambda';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import { ConflictException, type CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { executePlan, type LedgerEntry } from '@portcullis/respond';
import {
  AT,
  aBusyAccount,
  aCut,
  aPlan,
  aPolicy,
  GUARD_OF,
  memoryAccount,
  memoryPorts,
} from '@portcullis/respond/testing';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { callByFunctions } from './call-by-functions.ts';
import { copyLines } from './copy-lines.ts';
import { publishLines } from './publish-lines.ts';
import { pointerIn } from './response-pointer.ts';
import { revertIn } from './revert-request.ts';
import { oneTimeSchedules, sweepsAfter, wakingsOf } from './schedules.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
const cut = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);

async function aLedger() {
  const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
  const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
  await executePlan(aPlan([cut]), policy, GUARD_OF(policy), ports);
  return ports;
}

function recordOf(
  { restriction, sequence }: LedgerEntry,
  eventName: DynamoDBRecord['eventName'] = 'INSERT',
): DynamoDBRecord {
  return {
    eventID: `change-${sequence}`,
    ...(eventName && { eventName }),
    dynamodb: {
      Keys: { pk: { S: `restriction#${restriction}` }, sk: { S: String(sequence).padStart(10, '0') } },
      SequenceNumber: `at-${sequence}`,
      ApproximateCreationDateTime: AT / 1000,
      NewImage: { entry: { S: 'line' } },
    },
  };
}

describe('pointerIn', () => {
  const alert = { detail: { metadata: { id: 'a1', mode: 'live' }, data: { response: { mode: 'enforce' } } } };

  it.each([
    { event: alert, pointer: { id: 'a1', mode: 'live', isSweep: false }, why: 'an alert' },
    {
      event: { ...alert, 'replay-name': 'archive' },
      pointer: { id: 'a1', mode: 'live', isSweep: false, replayName: 'archive' },
      why: 'replayed',
    },
    { event: { alert: 'a1' }, pointer: { id: 'a1', mode: 'live', isSweep: true }, why: 'a sweep' },
    { event: { detail: { metadata: { id: 'a1' } } }, pointer: undefined, why: 'no lane' },
    { event: { id: 'a1' }, pointer: undefined, why: 'something else' },
    { event: null, pointer: undefined, why: 'nothing' },
  ])('reads a pointer and nothing else ($why)', ({ event, pointer }) => {
    expect(pointerIn(event)).toEqual(pointer);
  });
});

describe('revertIn', () => {
  const revert = { restriction: 'r', lease: 'l', approver: { arn: 'arn', sessionRoot: 'root' }, reason: 'x' };

  it('reads a whole request, and nothing less', () => {
    expect(revertIn({ revert: { ...revert, more: 1 } })).toEqual(revert);
    for (const name of Object.keys(revert))
      expect(revertIn({ revert: { ...revert, [name]: 1 } }), name).toBeUndefined();
    expect(revertIn({})).toBeUndefined();
  });
});

describe('callByFunctions', () => {
  const call = { operation: 'iam:CreatePolicy', power: 'mint', input: {} } as const;
  const look = () => Promise.resolve({ kind: 'done', output: { looked: true } } as const);
  const lambda = (answer: object) => {
    const asked: InvokeCommand[] = [];
    const send = (command: InvokeCommand) => {
      asked.push(command);
      return Promise.resolve(answer);
    };
    return { asked, client: { send: send as never } };
  };

  it('asks the function of the power, and looks by itself', async () => {
    const { asked, client } = lambda({ Payload: Buffer.from('{"kind":"done","output":{"a":1}}') });
    const calls = callByFunctions(client, 'portcullis-test-', look);

    expect(await calls(call, { account: '1' })).toEqual({ kind: 'done', output: { a: 1 } });
    expect(await calls({ ...call, power: 'look' }, { account: '1' })).toEqual({
      kind: 'done',
      output: { looked: true },
    });
    expect(asked.map(({ input }) => input.FunctionName)).toEqual(['portcullis-test-act-mint']);
  });

  it.each([
    {
      answer: { FunctionError: 'Unhandled', Payload: Buffer.from('{"kind":"done","output":{}}') },
      code: 'FunctionFailed',
      why: 'it failed',
    },
    { answer: { Payload: Buffer.from('null') }, code: 'NoAnswer', why: 'it said nothing' },
    { answer: { Payload: Buffer.from('{"kind":"done"}') }, code: 'NoAnswer', why: 'half an answer' },
    {
      answer: { Payload: Buffer.from('{"kind":"refused","code":"AccessDenied","message":"no"}') },
      code: 'AccessDenied',
      why: 'AWS refused',
    },
  ])('never takes for done what is not: $why', async ({ answer, code }) => {
    const { client } = lambda(answer);

    expect(await callByFunctions(client, 'x-', look)(call, { account: '1' })).toMatchObject({ kind: 'refused', code });
  });
});

describe('publishLines', () => {
  it('publishes the same events, however often and in what batches lines come', async () => {
    const ports = await aLedger();
    const records = ports.ledger.entries.map((entry) => recordOf(entry));
    const sent: string[] = [];
    const sink = {
      publish(events: readonly { readonly id: string }[]) {
        sent.push(...events.map(({ id }) => id));
        return Promise.resolve(new Map<number, string>());
      },
    };

    await publishLines(records, ports.ledger, sink, 'test');
    const once = [...sent];
    for (const record of records) await publishLines([record], ports.ledger, sink, 'test');

    expect(once).toEqual(ports.events.map(({ id }) => id));
    expect(sent).toEqual([...once, ...once]);
  });

  it('stops at what the bus refuses, and counts what failed and what a brake held', async () => {
    const ports = await aLedger();
    const [first] = ports.ledger.entries;
    if (first === undefined) throw new Error('an empty ledger');
    const refusing = { publish: () => Promise.resolve(new Map([[0, 'throttled']])) };
    const taking = { publish: () => Promise.resolve(new Map<number, string>()) };
    const records = ports.ledger.entries.map((entry) => recordOf(entry));

    expect(await publishLines(records, ports.ledger, refusing, 'test')).toMatchObject({
      published: 0,
      refused: ['at-1'],
    });

    const more: LedgerEntry[] = [
      { ...first, sequence: 6, change: { kind: 'failed', step: 'verify', cause: 'x', reason: 'y' } },
      { ...first, sequence: 7, change: { kind: 'held', by: 'brake', cause: 'acts-per-hour', reason: 'y' } },
      { ...first, sequence: 8, change: { kind: 'held', by: 'dana', cause: 'by-person', reason: 'y' } },
    ];
    for (const entry of more) await ports.ledger.append(entry);
    expect(
      await publishLines(
        more.map((entry) => recordOf(entry)),
        ports.ledger,
        taking,
        'test',
      ),
    ).toMatchObject({ failedRevocations: 1, brakesTripped: 1, refused: [] });
  });
});

describe('copyLines', () => {
  it('copies each change under a name of its own, and tells where a line was changed', async () => {
    const { ledger } = await aLedger();
    const keys: string[] = [];
    const s3 = {
      send: ((command: PutObjectCommand) => {
        keys.push(String(command.input.Key));
        return Promise.resolve({});
      }) as never,
    };
    const [first, second] = ledger.entries;
    if (first === undefined || second === undefined) throw new Error('too few lines');

    const copied = await copyLines([recordOf(first), recordOf(second, 'MODIFY')], s3, 'copy');

    expect(copied).toEqual({ copied: 2, changed: 1, failed: [], errors: [] });
    expect(keys[0]).toMatch(/^2026\/11\/23\/restriction%23.*\/0000000001\/change-1\.json$/);
    expect(new Set(keys).size).toBe(2);
  });

  it('goes on from what it copied before, and stops at what it cannot copy', async () => {
    const { ledger } = await aLedger();
    const failing = (name: string) => ({
      send: (() => Promise.reject(Object.assign(new Error('no'), { name }))) as never,
    });
    const records = ledger.entries.map((entry) => recordOf(entry));

    expect(await copyLines(records, failing('PreconditionFailed'), 'copy')).toMatchObject({ copied: 5, failed: [] });
    expect(await copyLines(records, failing('SlowDown'), 'copy')).toMatchObject({ copied: 0, failed: ['at-1'] });
  });
});

describe('schedules', () => {
  it('come back to an alert at +6, +20 and +60 minutes', () => {
    expect(sweepsAfter('a1', AT).map(({ at }) => (at - AT) / 60_000)).toEqual([6, 20, 60]);
  });

  it('wake at the end of a lease', async () => {
    const { ledger } = await aLedger();

    expect(await wakingsOf(ledger, AT)).toEqual([
      { wakes: 'keep-leases', at: expect.any(Number), input: { lease: cut.id } },
    ]);
  });

  it('are set once, delete themselves, and bear that they are there already', async () => {
    const made: CreateScheduleCommand['input'][] = [];
    const scheduler = {
      send: ((command: CreateScheduleCommand) => {
        made.push(command.input);
        if (made.length === 1) return Promise.resolve({});
        return Promise.reject(new ConflictException({ message: 'there', Message: 'there', $metadata: {} }));
      }) as never,
    };
    const set = oneTimeSchedules(scheduler, { group: 'g', roleArn: 'r', functionArn: (name) => `f-${name}` });
    const [waking] = sweepsAfter('a1', AT);
    if (waking === undefined) throw new Error('no sweep');

    await set(waking);
    await set(waking);

    expect(made[0]).toMatchObject({
      ScheduleExpression: 'at(2026-11-23T10:21:00)',
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: 'f-respond', RoleArn: 'r', Input: '{"alert":"a1"}' },
    });
    expect(made[1]?.Name).toBe(made[0]?.Name);
    expect(made[0]?.Name?.length).toBeLessThanOrEqual(64);
  });
});
