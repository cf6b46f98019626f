import { ConfigurationError, type ConfigurationProblem } from '@portcullis/config';
import type { Power } from '@portcullis/respond';

/** Where the response of one deployment acts, and with what. Names only. */
export interface ResponseConfig {
  readonly partition: string;
  /** Accounts that are ours; in others nothing is cut. Empty: those whose logs arrive. */
  readonly accounts: readonly string[];
  /** Where Organizations and Identity Center are asked; absent where there are none. */
  readonly managementAccount?: string | undefined;
  /** Region of Identity Center; absent where there is none. */
  readonly identityCenterRegion?: string | undefined;
  /** Where functions may run, of which roles are told how many there are. Empty: the region of the deployment. */
  readonly regions: readonly string[];
  /** Names of the roles, with their paths, the same in every account. */
  readonly roles: Readonly<Record<Power, string>>;
  /** Patterns of ARNs of whatever runs us, beside those roles: never cut. */
  readonly ownPrincipals: readonly string[];
  /** Whom sessions of roles are denied to touch, as IAM matches names: `role/admin`. */
  readonly protectedNames: readonly string[];
  /** What every role asks for beside its trust, so that nobody else's deputy takes it up. */
  readonly externalId: string;
  readonly killSwitchParameter: string;
  readonly policyParameter: string;
}

/** Variable of the environment by what it names, beside those of `ENVIRONMENT`. */
export const RESPONSE_ENVIRONMENT = {
  partition: 'PORTCULLIS_RESPONSE_PARTITION',
  accounts: 'PORTCULLIS_RESPONSE_ACCOUNTS',
  regions: 'PORTCULLIS_RESPONSE_REGIONS',
  managementAccount: 'PORTCULLIS_RESPONSE_MANAGEMENT_ACCOUNT',
  identityCenterRegion: 'PORTCULLIS_RESPONSE_IDENTITY_CENTER_REGION',
  roles: 'PORTCULLIS_RESPONSE_ROLES',
  ownPrincipals: 'PORTCULLIS_RESPONSE_OWN_PRINCIPALS',
  protectedNames: 'PORTCULLIS_RESPONSE_PROTECTED',
  externalId: 'PORTCULLIS_RESPONSE_EXTERNAL_ID',
  killSwitchParameter: 'PORTCULLIS_RESPONSE_KILL_SWITCH',
  policyParameter: 'PORTCULLIS_RESPONSE_POLICY',
} as const;

/** The one text of the kill switch that lets cuts through; whatever else the parameter says stops them. */
export const ARMED = 'armed';

type Variables = Readonly<Record<string, string | undefined>>;

/** A form of its own, so that a power that is added is missed here. */
const NO_ROLES: Readonly<Record<Power, string>> = { look: '', mint: '', attach: '', revert: '', edit: '' };

/**
 * Reads what `RESPONSE_ENVIRONMENT` names. `accounts`, `regions`, `ownPrincipals` and `protectedNames` are lists in JSON, `roles` an object.
 *
 * @throws {ConfigurationError} naming each variable that is missing or wrong
 */
export function responseConfigFrom(variables: Variables): ResponseConfig {
  const problems: ConfigurationProblem[] = [];
  const take = (path: string): string => {
    const value = variables[path] ?? '';
    if (value === '') problems.push({ path, message: 'is not set; the stacks set it' });
    return value;
  };
  const config: ResponseConfig = {
    partition: variables[RESPONSE_ENVIRONMENT.partition] || 'aws',
    accounts: textsIn(RESPONSE_ENVIRONMENT.accounts, variables, /^\d{12}$/, problems),
    regions: textsIn(RESPONSE_ENVIRONMENT.regions, variables, /^[a-z]{2}(?:-[a-z]+)+-\d$/, problems),
    managementAccount: variables[RESPONSE_ENVIRONMENT.managementAccount] || undefined,
    identityCenterRegion: variables[RESPONSE_ENVIRONMENT.identityCenterRegion] || undefined,
    roles: rolesIn(take(RESPONSE_ENVIRONMENT.roles), problems),
    ownPrincipals: textsIn(RESPONSE_ENVIRONMENT.ownPrincipals, variables, /:/, problems),
    protectedNames: textsIn(RESPONSE_ENVIRONMENT.protectedNames, variables, /^(?:role|user|group)\//, problems),
    externalId: take(RESPONSE_ENVIRONMENT.externalId),
    killSwitchParameter: take(RESPONSE_ENVIRONMENT.killSwitchParameter),
    policyParameter: take(RESPONSE_ENVIRONMENT.policyParameter),
  };
  if (problems.length > 0) throw new ConfigurationError('environment', problems);
  return config;
}

/** The variables that `responseConfigFrom` reads, for whoever starts a handler. */
export function responseEnvironmentOf(config: ResponseConfig): Readonly<Record<string, string>> {
  return {
    [RESPONSE_ENVIRONMENT.partition]: config.partition,
    [RESPONSE_ENVIRONMENT.accounts]: JSON.stringify(config.accounts),
    [RESPONSE_ENVIRONMENT.regions]: JSON.stringify(config.regions),
    [RESPONSE_ENVIRONMENT.managementAccount]: config.managementAccount ?? '',
    [RESPONSE_ENVIRONMENT.identityCenterRegion]: config.identityCenterRegion ?? '',
    [RESPONSE_ENVIRONMENT.roles]: JSON.stringify(config.roles),
    [RESPONSE_ENVIRONMENT.ownPrincipals]: JSON.stringify(config.ownPrincipals),
    [RESPONSE_ENVIRONMENT.protectedNames]: JSON.stringify(config.protectedNames),
    [RESPONSE_ENVIRONMENT.externalId]: config.externalId,
    [RESPONSE_ENVIRONMENT.killSwitchParameter]: config.killSwitchParameter,
    [RESPONSE_ENVIRONMENT.policyParameter]: config.policyParameter,
  };
}

function textsIn(
  path: string,
  variables: Variables,
  form: RegExp,
  problems: ConfigurationProblem[],
): readonly string[] {
  const list = jsonIn(variables[path] || '[]');
  if (Array.isArray(list) && list.every((one) => typeof one === 'string' && form.test(one))) return list;
  problems.push({ path, message: 'is no such list in JSON' });
  return [];
}

function rolesIn(text: string, problems: ConfigurationProblem[]): Readonly<Record<Power, string>> {
  const given: unknown = text === '' ? NO_ROLES : jsonIn(text);
  const named = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const roles = { ...NO_ROLES, ...Object.fromEntries(named) };
  const missing = Object.entries(roles).filter(([, name]) => typeof name !== 'string' || name === '');
  if (text !== '' && missing.length > 0) {
    const names = missing.map(([power]) => power).join(', ');
    problems.push({ path: RESPONSE_ENVIRONMENT.roles, message: `names no role for ${names}` });
  }
  return roles;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
