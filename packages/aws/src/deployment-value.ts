import { ConfigurationError } from '@portcullis/config';
import { type AwsConfig, awsConfigFrom } from './config.ts';

/** Version of the parameter's own form. */
const VERSION = 1;

/** Where the logs of a trail lie. */
export interface TrailPlace {
  readonly bucket: string;
  /** Ends before the first account: `AWSLogs/`, or empty for all of the bucket. */
  readonly prefix: string;
}

/** A deployment as people who work on it need to know it. */
export interface Deployment {
  readonly stage: string;
  readonly account: string;
  readonly config: AwsConfig;
  /** None where an existing trail is read by its log group only. */
  readonly trail?: TrailPlace | undefined;
  /** ARN of the key that encrypts what is kept; none on a test bed. */
  readonly dataKey?: string | undefined;
}

/** What the parameter holds: the variables that functions get, so that there is one list of names. */
export interface StoredDeployment {
  readonly version: typeof VERSION;
  readonly account: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly trail?: TrailPlace;
  readonly dataKey?: string;
}

/** Name of the parameter in which the stacks say what they have made. */
export function deploymentParameter(stage: string): string {
  return `/portcullis-${stage}/deployment`;
}

export function storedDeployment(fields: Omit<StoredDeployment, 'version'>): StoredDeployment {
  return { version: VERSION, ...fields };
}

/** @throws {ConfigurationError} where the text is none of ours */
export function deploymentIn(
  text: string,
  {
    stage,
    region,
    endpoint,
  }: { readonly stage: string; readonly region: string; readonly endpoint?: string | undefined },
): Deployment {
  const { version, account, variables, trail, dataKey } = parsed(text, stage);
  if (version !== VERSION) throw wrong(stage, `is of version ${String(version)}; this release reads ${VERSION}`);
  return {
    stage,
    account,
    config: awsConfigFrom({ ...variables, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint }),
    ...(trail && trail.bucket !== '' && { trail }),
    ...(dataKey && { dataKey }),
  };
}

function parsed(text: string, stage: string): StoredDeployment {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(stage, 'is not JSON', cause);
  }
}

function wrong(stage: string, message: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(deploymentParameter(stage), [{ path: '', message }], { cause });
}
