import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError } from '@portcullis/config';
import { type Deployment, deploymentIn, deploymentParameter } from './deployment-value.ts';

/** Where a person wants to look. */
export interface StagePlace {
  readonly stage: string;
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/**
 * Finds the deployment of a stage by what its stacks wrote down, so that nobody has to copy names.
 *
 * @throws {ConfigurationError} where there is no such stage in the account and region
 */
export async function findDeployment(place: StagePlace): Promise<Deployment> {
  const { stage, region, endpoint } = place;
  const client = new SSMClient({ region, ...(endpoint !== undefined && { endpoint }) });
  const name = deploymentParameter(stage);
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return deploymentIn(Parameter?.Value ?? '', place);
  } catch (cause) {
    if (!(cause instanceof ParameterNotFound)) throw cause;
    throw new ConfigurationError(
      `deployment ${stage}`,
      [{ path: '', message: `there is none in ${region}: no parameter ${name}` }],
      { cause },
    );
  } finally {
    client.destroy();
  }
}
