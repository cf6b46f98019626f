import process from 'node:process';
import type { Clients, Deployment } from '@portcullis/aws';
import type { LivePorts } from '@portcullis/pipeline/live';
import { UsageError } from '../errors.ts';

/** Which deployment a command is about. */
export interface DeploymentArguments {
  readonly deployment?: string;
  readonly region?: string;
}

export interface OpenDeployment extends Deployment {
  readonly ports: LivePorts;
  readonly clients: Clients;
}

/**
 * Connects to a stage with the credentials of whoever runs the command.
 *
 * @throws {UsageError} where no region is known
 * @throws {ConfigurationError} where there is no such stage
 */
export async function openDeployment({
  deployment: stage = 'production',
  region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
}: DeploymentArguments): Promise<OpenDeployment> {
  if (region === undefined) throw new UsageError('name the region with --region, or set AWS_REGION');
  const { awsPorts, createClients, findDeployment } = await import('@portcullis/aws');
  const found = await findDeployment({ stage, region, endpoint: process.env.AWS_ENDPOINT_URL });
  const clients = createClients(found.config);
  return { ...found, clients, ports: awsPorts(found.config, { clients }) };
}
