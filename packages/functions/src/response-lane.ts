import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsConfigFrom, createClients, readSettings } from '@portcullis/aws';
import { readResponsePolicy, responseConfigFrom, responsePorts } from '@portcullis/aws/response';
import { configVersion, type ResponsePolicy } from '@portcullis/config';
import type { GuardFacts, LookStore, ResponsePorts, ResponseStores } from '@portcullis/respond';
import { callByFunctions } from './call-by-functions.ts';

/** What handlers of the response start with. */
export interface ResponseLane {
  /** Calls are made directly, by taking up the role of their power: for whoever holds one. */
  readonly acting: ResponsePorts;
  /** Calls are made by the function that holds their power: for whoever leads. What happens is published from the ledger's stream. */
  readonly leading: (functions: string) => ResponsePorts;
  readonly stores: ResponseStores & GuardFacts;
  readonly looks: LookStore;
  /** Where functions may run. */
  readonly regions: readonly string[];
  /** Read anew each time: a change of mind holds from the next alert on. */
  policy(): Promise<ResponsePolicy>;
  /** Of the settings, as events name it. */
  configVersion(): Promise<string>;
  readonly region: string;
  readonly partition: string;
  readonly clients: ReturnType<typeof createClients>;
}

/**
 * Connects to what the stacks have made, at the cold start.
 *
 * @throws {ConfigurationError} naming what is not set
 */
export function responseLane(variables = process.env): ResponseLane {
  const config = awsConfigFrom(variables);
  const response = responseConfigFrom(variables);
  const clients = createClients(config);
  const { ports, stores, looks } = responsePorts(config, response, { clients, mode: 'live', configVersion: 'ledger' });
  const lambda = new LambdaClient({ region: config.region });
  return {
    acting: ports,
    leading: (functions) => ({
      ...ports,
      call: callByFunctions(lambda, functions, ports.call),
      publish: () => Promise.resolve(),
    }),
    stores,
    looks,
    regions: response.regions.length > 0 ? response.regions : [config.region],
    policy: () => readResponsePolicy(clients.ssm, response.policyParameter),
    configVersion: async () => configVersion(await readSettings(clients.ssm, config.settingsParameter)),
    region: config.region,
    partition: response.partition,
    clients,
  };
}
