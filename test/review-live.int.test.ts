import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { permissionReviewEventSchema } from '@portcullis/contract';
import { DAY_MS, isoTime } from '@portcullis/event';
import { deliver, type LogFile, labNetworks, organization, permissionsKeeper, simulate } from '@portcullis/lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortcullis } from '../packages/cli/src/testing/run-portcullis.ts';
import { refusableCaller } from './contracts/response-callers.ts';
import { type Moto, motoAvailable, startMoto } from './local-aws/moto.ts';

const SEED = 31;
const DAYS = 24;

/** An organization whose principals hold more than they use, in ways that are known, and work from tomorrow on: moto makes roles today. */
function anOrganization() {
  const start = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
  const world = organization({ seed: SEED, actors: 12, days: DAYS, half: 'tuning', volume: 0.1 });
  const shift = start - world.start;
  const keeper = permissionsKeeper({ network: labNetworks(), seed: SEED, since: start - DAY_MS });
  const lines = [...keeper.watched(moved(deliver(simulate(world, SEED), SEED), shift))].flatMap(({ records }) =>
    records.map((record) => `${JSON.stringify(record)}\n`),
  );
  return { lines, details: keeper.details() };
}

function* moved(files: Iterable<LogFile>, shift: number): Generator<LogFile> {
  for (const file of files) {
    const records = file.records.map((record) => ({
      ...record,
      eventTime: isoTime(Date.parse(record.eventTime) + shift),
    }));
    yield { ...file, records };
  }
}

interface Held {
  readonly Arn: string;
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly AssumeRolePolicyDocument?: object;
  readonly RolePolicyList?: readonly Sheet[];
  readonly UserPolicyList?: readonly Sheet[];
}

interface Sheet {
  readonly PolicyName: string;
  readonly PolicyDocument: object;
}

/** Gives principals on moto what the details say that they hold. */
async function install(iam: IAMClient, { RoleName, UserName, ...held }: Held): Promise<void> {
  if (RoleName !== undefined) {
    const AssumeRolePolicyDocument = JSON.stringify(held.AssumeRolePolicyDocument);
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    for (const { PolicyName, PolicyDocument } of held.RolePolicyList ?? []) {
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }),
      );
    }
  } else if (UserName !== undefined) {
    await iam.send(new CreateUserCommand({ UserName }));
    for (const { PolicyName, PolicyDocument } of held.UserPolicyList ?? []) {
      await iam.send(
        new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }),
      );
    }
  }
}

describe.runIf(motoAvailable())('a review of accounts that IAM itself tells of', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-review-'));
  const logs = path.join(folder, 'logs.ndjson');
  const file = path.join(folder, 'details.json');
  const ways = ['--logs', logs, '--min-days', String(DAYS - 5), '--data-events', '*', '--json'];
  let moto: Moto;
  let accounts: readonly string[];

  beforeAll(async () => {
    moto = await startMoto();
    const { lines, details } = anOrganization();
    writeFileSync(logs, lines.join(''));
    writeFileSync(file, JSON.stringify(details));
    const { UserDetailList, RoleDetailList }: Record<string, readonly Held[]> = JSON.parse(JSON.stringify(details));
    const held = [...(UserDetailList ?? []), ...(RoleDetailList ?? [])];
    accounts = [...new Set(held.map(({ Arn }) => Arn.split(':')[4] ?? ''))];
    const { credentialsOf } = refusableCaller(moto.endpoint);
    for (const account of accounts) {
      const credentials = await credentialsOf(account, 'edit');
      const iam = new IAMClient({ region: 'eu-west-1', endpoint: moto.endpoint, credentials });
      for (const one of held) if (one.Arn.split(':')[4] === account) await install(iam, one);
    }
  });
  afterAll(async () => {
    await moto?.stop();
    rmSync(folder, { recursive: true });
  });

  it('proposes what a review of saved details proposes, and breaks no call', async () => {
    const env = { AWS_ENDPOINT_URL: moto.endpoint };
    const roles = accounts.flatMap((account) => ['--role', `arn:aws:iam::${account}:role/reviewer`]);
    const live = await runPortcullis(['review', ...roles, ...ways], { env });
    const saved = await runPortcullis(['review', file, ...ways]);

    expect(live.stderr).not.toContain('error');
    expect(proposalsIn(live.stdout)).toEqual(proposalsIn(saved.stdout));
    const proposals = proposalsIn(live.stdout);
    expect(proposals.length).toBeGreaterThan(3);
    for (const { checked } of proposals) expect(checked).toMatchObject({ broken: 0, undecided: 0 });
    const before = proposals.reduce((sum, { actions }) => sum + actions.before, 0);
    const after = proposals.reduce((sum, { actions }) => sum + actions.after, 0);
    console.info(`${proposals.length} proposals in ${accounts.length} accounts: ${before} actions to ${after}`);
    expect(after).toBeLessThan(before / 4);
  });

  it('says what IAM refused', async () => {
    const { code, stderr } = await runPortcullis(['review', '--live', ...ways], {
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
    });

    expect(code).toBe(2);
    expect(stderr).toContain('IAM: ');
  });
});

function proposalsIn(output: string) {
  const events = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => permissionReviewEventSchema.parse(JSON.parse(line)).detail.data);
  return events.sort((a, b) => (a.principal.arn < b.principal.arn ? -1 : 1));
}
