import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Answer, CallAws, JsonObject, Operation, Place, Power } from '@portcullis/respond';
import type { ClientSettings } from '../clients.ts';
import { NotCarriedOutError } from './not-carried-out-error.ts';
import { EC2_OPERATIONS } from './operations/ec2.ts';
import { IAM_OPERATIONS } from './operations/iam.ts';
import { LAMBDA_OPERATIONS } from './operations/lambda.ts';
import { ORGANIZATIONS_OPERATIONS } from './operations/organizations.ts';
import type { Perform } from './operations/perform.ts';
import { SSO_OPERATIONS } from './operations/sso.ts';
import type { ResponseConfig } from './response-config.ts';
import type { CredentialsOf, RoleCredentials } from './role-credentials.ts';

/** Settings of a client that acts as one of our roles. */
type RoleSettings = ClientSettings & { credentials(): Promise<RoleCredentials> };

/** One service as one of our roles in one account and region. */
type Service = (operation: Operation, input: JsonObject) => Promise<object>;

const SERVICES: Readonly<Record<string, (settings: RoleSettings) => Service>> = {
  iam: service((settings) => new IAMClient(settings), IAM_OPERATIONS),
  lambda: service((settings) => new LambdaClient(settings), LAMBDA_OPERATIONS),
  ec2: service((settings) => new EC2Client(settings), EC2_OPERATIONS),
  organizations: service((settings) => new OrganizationsClient(settings), ORGANIZATIONS_OPERATIONS),
  sso: service((settings) => new SSOAdminClient(settings), SSO_OPERATIONS),
};

/**
 * Makes each call with the role that its power names, in the account that it is about.
 *
 * Whatever AWS says to it is an answer: also a refusal to take the role up (`AssumeRole:AccessDenied`), throttling that outlasts
 * the tries of the SDK, and no answer at all (`NoAnswer`), of which nobody knows whether it was carried out.
 */
export function awsCaller(
  settings: ClientSettings,
  response: Pick<ResponseConfig, 'managementAccount' | 'identityCenterRegion'>,
  credentialsOf: CredentialsOf,
): CallAws {
  const services = new Map<string, Service>();
  const serviceFor = (
    name: string,
    { account, region = settings.region }: Place,
    power: Power,
  ): Service | undefined => {
    const key = `${name} ${account} ${region} ${power}`;
    const known =
      services.get(key) ?? SERVICES[name]?.({ ...settings, region, credentials: () => credentialsOf(account, power) });
    if (known !== undefined) services.set(key, known);
    return known;
  };
  return async ({ operation, power, input }, place) => {
    const name = operation.slice(0, operation.indexOf(':'));
    const at = placeOf(name, place, response);
    try {
      await credentialsOf(at.account, power);
    } catch (error) {
      return refused(error, 'AssumeRole:');
    }
    try {
      const output = await serviceFor(name, at, power)?.(operation, input);
      return output === undefined ? refusedAs('NotImplemented', `${operation} is not known`) : done(output);
    } catch (error) {
      return refused(error);
    }
  };
}

/** Organizations and Identity Center live in one account each, whomever a cut is about. */
function placeOf(
  service: string,
  place: Place,
  { managementAccount, identityCenterRegion }: Pick<ResponseConfig, 'managementAccount' | 'identityCenterRegion'>,
): Place {
  if (service === 'organizations') return { account: managementAccount ?? place.account };
  if (service === 'sso') return { account: managementAccount ?? place.account, region: identityCenterRegion };
  return place;
}

function service<Client>(
  create: (settings: RoleSettings) => Client,
  operations: Readonly<Partial<Record<Operation, Perform<Client>>>>,
): (settings: RoleSettings) => Service {
  return (settings) => {
    const client = create(settings);
    return async (operation, input) => {
      const perform = operations[operation];
      if (perform === undefined) throw new NotCarriedOutError('NotImplemented', `${operation} is not known`);
      return perform(client, input);
    };
  };
}

/** What the SDK adds is left out; times become texts. */
function done(output: object): Answer {
  const { $metadata: _, ...rest }: JsonObject = JSON.parse(JSON.stringify(output));
  return { kind: 'done', output: rest };
}

function refused(error: unknown, prefix = ''): Answer {
  if (error instanceof NotCarriedOutError) return refusedAs(prefix + error.code, error.message);
  if (!(error instanceof Error)) return refusedAs(`${prefix}NoAnswer`, String(error));
  // Of all that the SDK throws, only what a service said has it
  return refusedAs(prefix + ('$fault' in error ? error.name : 'NoAnswer'), error.message);
}

function refusedAs(code: string, message: string): Answer {
  return { kind: 'refused', code, message };
}
