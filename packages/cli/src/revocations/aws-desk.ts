import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { dynamoLedger, readResponsePolicy } from '@portcullis/aws/response';
import type { ResponsePolicy } from '@portcullis/config';
import { approverOf, type Ledger } from '@portcullis/respond';
import { UsageError } from '../errors.ts';
import { type DeploymentArguments, type OpenDeployment, openDeployment } from '../live/open-deployment.ts';
import type { Desk } from './desk.ts';

export interface RevocationArguments extends DeploymentArguments {
  readonly json?: boolean;
}

/** The desk of a deployment, by the AWS credentials of whoever calls. @throws {UsageError} where no region is known */
export async function awsDesk(options: DeploymentArguments): Promise<Desk> {
  return deskOf(await openDeployment(options));
}

function deskOf({ config, clients }: OpenDeployment): Desk {
  const { region, endpoint, tables } = config;
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const sts = new STSClient(place);
  const lambda = new LambdaClient(place);
  return {
    ports: {
      ledger: explained(dynamoLedger(clients.dynamo, tables), `the ledger ${tables.ledger} in ${region}`),
      // The ledger's own stream is published
      publish: () => Promise.resolve(),
      now: Date.now,
      mode: 'live',
      configVersion: 'ledger',
    },
    async caller() {
      const { Arn } = await asked('who you are', () => sts.send(new GetCallerIdentityCommand({})));
      if (Arn === undefined) throw new UsageError('AWS does not say who you are');
      return approverOf(Arn);
    },
    async goOn(request) {
      // Named alike, the table and the function
      const FunctionName = tables.ledger.replace(/ledger$/, 'keep-leases');
      await asked(`${FunctionName} to go on`, () =>
        lambda.send(
          new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(request)) }),
        ),
      );
    },
  };
}

/** The desk of a deployment, and the policy by which its response goes. */
export async function policyDesk(
  options: DeploymentArguments,
): Promise<{ readonly desk: Desk; readonly policy: ResponsePolicy }> {
  const deployment = await openDeployment(options);
  // Named alike, and there only with a response
  const name = deployment.config.settingsParameter.replace(/settings$/, 'response-policy');
  const policy = await asked(`the response policy ${name}`, () => readResponsePolicy(deployment.clients.ssm, name));
  return { desk: deskOf(deployment), policy };
}

/** A ledger whose refusals say what was asked of whom. */
function explained(ledger: Ledger, what: string): Ledger {
  return {
    read: (restriction) => asked(what, () => ledger.read(restriction)),
    append: (entry) => asked(what, () => ledger.append(entry)),
    open: () => asked(what, () => ledger.open()),
    ofAlert: (alert) => asked(what, () => ledger.ofAlert(alert)),
    intentsSince: (time) => asked(what, () => ledger.intentsSince(time)),
  };
}

/** @throws {UsageError} with the words of AWS; most often credentials, region or name are wrong */
async function asked<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new UsageError(`asked AWS for ${what}: ${name}: ${message}`, { cause: error });
  }
}
