import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { dynamoLedger } from '@portcullis/aws/response';
import { executePlan } from '@portcullis/respond';
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeployment } from './create-deployment.ts';
import { type Moto, motoAvailable, startMoto } from './moto.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../bin/portcullis');
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
const STAGE = 'revocations';

const run = promisify(execFile);

describe.runIf(motoAvailable())('portcullis revocations, on moto', () => {
  let moto: Moto;
  let ledger: ReturnType<typeof dynamoLedger>;
  const inForce = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);
  const waits = { ...aCut({ kind: 'close-function-url', function: FUNCTION }, FUNCTION), start: 'person' as const };

  /** The real command, with made-up credentials of an administrator. */
  const portcullis = async (...args: readonly string[]) => {
    const { stdout } = await run(COMMAND, ['revocations', ...args, '--deployment', STAGE, '--json'], {
      env: { ...process.env, AWS_ENDPOINT_URL: moto.endpoint, AWS_REGION: 'eu-west-1' },
    });
    return stdout
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
  };

  beforeAll(async () => {
    moto = await startMoto();
    const { clients, config } = await createDeployment(moto.endpoint, STAGE);
    ledger = dynamoLedger(clients.dynamo, config.tables);
    const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }], approval: { hours: 168 } });
    // As of now: proposals lapse by the clock of whoever answers
    const ports = memoryPorts(memoryAccount(aBusyAccount()), Date.now());
    const plan = aPlan([inForce, waits]);
    await executePlan(
      { ...plan, alert: { ...plan.alert, lastSeen: plan.alert.lastSeen + Date.now() - AT } },
      policy,
      GUARD_OF(policy),
      {
        ...ports,
        ledger,
      },
    );
  });
  afterAll(() => moto?.stop());

  it('reads the ledger of a deployment, and writes down what its caller says', async () => {
    expect(await portcullis('list')).toMatchObject([
      { id: waits.id, state: 'proposed' },
      { id: inForce.id, state: 'verified', standing: 'on' },
    ]);
    expect(await portcullis('hold', inForce.id, '--reason', 'still looking')).toMatchObject([{ outcome: 'held' }]);
    const [rejected] = await portcullis('reject', waits.id, '--reason', 'known');
    expect(rejected).toMatchObject({ outcome: 'rejected', by: expect.stringMatching(/^arn:aws:/) });

    const [, last] = await ledger.read(waits.restriction);
    expect(last?.change).toEqual({ kind: 'rejected', by: rejected?.by, reason: 'known' });
    expect(await portcullis('list')).toMatchObject([{ id: inForce.id, onHold: true }]);
    expect(await portcullis('show', waits.id, '--alert', 'a1')).toMatchObject([
      { state: 'rejected', history: [{}, { change: { kind: 'rejected' } }] },
    ]);
  });

  it('says so where there is no such deployment', async () => {
    const failing = run(COMMAND, ['revocations', 'list', '--deployment', 'nowhere'], {
      env: { ...process.env, AWS_ENDPOINT_URL: moto.endpoint, AWS_REGION: 'eu-west-1' },
    });

    await expect(failing).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/portcullis-nowhere/deployment'),
    });
  });
});
