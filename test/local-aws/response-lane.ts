import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { environmentOf } from '@portcullis/aws';
import {
  ARMED,
  dynamoLedger,
  ledgerLineOf,
  type ResponseConfig,
  responseEnvironmentOf,
  responsePolicyParameter,
} from '@portcullis/aws/response';
import type { ResponsePolicyInput } from '@portcullis/config';
import type { RevocationEvent } from '@portcullis/contract';
import { type EpochMs, MINUTE_MS } from '@portcullis/event';
import type { LedgerEntry } from '@portcullis/respond';
import { OURS, refusableCaller } from '../contracts/response-callers.ts';
import { accountClients } from './busy-account.ts';
import { MOTO_ACCOUNT } from './create-deployment.ts';
import { lambdaProxy } from './lambda-proxy.ts';
import type { LocalLane } from './local-lane.ts';
import { startFunctions } from './start-functions.ts';

const FUNCTIONS = [
  'respond',
  'keep-leases',
  'act-mint',
  'act-attach',
  'act-revert',
  'publish-revocations',
  'collect-facts',
] as const;
const COMMAND = path.resolve(import.meta.dirname, '../../bin/portcullis');
const SET_CLOCK = path.resolve(import.meta.dirname, '../support/set-clock.ts');

const run = promisify(execFile);

/** The response of a lane on moto: its bundled functions, asked for by each other as on AWS, with a clock that tests turn. */
export async function responseLane(lane: LocalLane, endpoint: string, account: string, start: EpochMs) {
  const { config, clients } = lane.deployment;
  const prefix = `${config.bus}-`;
  const response: ResponseConfig = {
    ...OURS,
    accounts: [account],
    ownPrincipals: [],
    killSwitchParameter: `${config.settingsParameter}/kill-switch`,
    policyParameter: `${config.settingsParameter}/policy`,
  };
  const clock = { now: start };
  const put = async (Name: string, Value: string) => {
    await clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  };
  const ledger = dynamoLedger(clients.dynamo, config.tables);
  const invoke = (name: string, event: unknown): Promise<unknown> => {
    const known = FUNCTIONS.find((one) => `${prefix}${one}` === name);
    if (known === undefined) return Promise.reject(new RangeError(`no function ${name}`));
    return functions.invoke(known, event, clock.now);
  };
  const proxy = await lambdaProxy(endpoint, invoke);
  const functions = await startFunctions(FUNCTIONS, {
    ...environmentOf({ ...config, endpoint: proxy.endpoint }),
    ...responseEnvironmentOf(response),
    PORTCULLIS_ACCOUNT: MOTO_ACCOUNT,
    PORTCULLIS_SIGNING_KEY: '',
    PORTCULLIS_RESPONSE_FUNCTIONS: prefix,
    PORTCULLIS_RESPONSE_SCHEDULES: 'default',
    PORTCULLIS_RESPONSE_SCHEDULER_ROLE: `arn:aws:iam::${MOTO_ACCOUNT}:role/response-clock`,
    POWERTOOLS_SERVICE_NAME: 'response',
    POWERTOOLS_METRICS_NAMESPACE: 'response',
  });
  await put(response.killSwitchParameter, ARMED);
  const { credentialsOf } = refusableCaller(endpoint);
  const { iam } = accountClients(endpoint, await credentialsOf(account, 'look'));

  const told = new Set<string>();
  const linesNow = async () => {
    const { Items = [] } = await clients.dynamo.send(
      new ScanCommand({ TableName: config.tables.ledger, ProjectionExpression: 'pk, sk' }),
    );
    return Items.flatMap(({ pk, sk }) => ledgerLineOf(pk?.S ?? '', sk?.S ?? '') ?? []);
  };
  for (const { restriction, sequence } of await linesNow()) told.add(`${restriction} ${sequence}`);
  /** As the ledger's stream does: each new line once, in the order of time. */
  const publish = async () => {
    const lines: LedgerEntry[] = [];
    const fresh = (await linesNow()).filter(({ restriction, sequence }) => !told.has(`${restriction} ${sequence}`));
    for (const restriction of new Set(fresh.map((one) => one.restriction))) {
      const news = new Set(fresh.filter((one) => one.restriction === restriction).map(({ sequence }) => sequence));
      lines.push(...(await ledger.read(restriction)).filter(({ sequence }) => news.has(sequence)));
    }
    lines.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    for (const { restriction, sequence } of lines) told.add(`${restriction} ${sequence}`);
    const Records = lines.map(({ restriction, sequence }) => ({
      eventName: 'INSERT',
      dynamodb: {
        Keys: { pk: { S: `restriction#${restriction}` }, sk: { S: String(sequence).padStart(10, '0') } },
        SequenceNumber: `${restriction}-${sequence}`,
      },
    }));
    await functions.invoke('publish-revocations', { Records }, clock.now);
  };

  return {
    clock,
    ledger,
    killSwitch: (value: string) => put(response.killSwitchParameter, value),
    policy: (input: ResponsePolicyInput) => put(response.policyParameter, responsePolicyParameter(input)),
    /** Wakes a function that leads; a minute later all that came of it is published. */
    async wake(name: 'respond' | 'keep-leases', event: unknown = {}): Promise<void> {
      await functions.invoke(name, event, clock.now);
      clock.now += MINUTE_MS;
      await publish();
    },
    /** Has accounts looked at, as of a time. */
    async look(at: EpochMs): Promise<void> {
      await functions.invoke('collect-facts', {}, at);
    },
    /** The real command, by somebody with credentials for the deployment. */
    async portcullis(...args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
      const { stdout } = await run(COMMAND, ['revocations', ...args, '--deployment', config.bus, '--json'], {
        env: {
          ...process.env,
          AWS_ENDPOINT_URL: proxy.endpoint,
          AWS_REGION: config.region,
          NODE_OPTIONS: `--import ${SET_CLOCK}`,
          PORTCULLIS_TEST_CLOCK: String(clock.now),
        },
      });
      clock.now += MINUTE_MS;
      await publish();
      return stdout
        .trim()
        .split('\n')
        .map((line): Record<string, unknown> => JSON.parse(line));
    },
    async createUser(UserName: string) {
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new CreateAccessKeyCommand({ UserName }));
    },
    async createRole(RoleName: string, tags: Readonly<Record<string, string>> = {}) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      });
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags }));
    },
    async attachedToRole(RoleName: string): Promise<readonly string[]> {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      return AttachedPolicies.map(({ PolicyName = '' }) => PolicyName);
    },
    async attachedTo(UserName: string): Promise<readonly string[]> {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
      return AttachedPolicies.map(({ PolicyName = '' }) => PolicyName);
    },
    /** What the subscriber got of revocations since it was asked last. */
    async received(): Promise<readonly RevocationEvent[]> {
      return (await lane.received()).filter((event): event is RevocationEvent =>
        event['detail-type'].startsWith('Revocation'),
      );
    },
    stop() {
      functions.stop();
      proxy.close();
    },
  };
}
