import { ConfigurationError } from '@portcullis/config';
import { expect, it } from 'vitest';
import {
  RESPONSE_ENVIRONMENT,
  type ResponseConfig,
  responseConfigFrom,
  responseEnvironmentOf,
} from './response-config.ts';

const config: ResponseConfig = {
  partition: 'aws',
  accounts: ['111122223333'],
  regions: ['eu-west-1', 'us-east-1'],
  managementAccount: '999988887777',
  identityCenterRegion: 'eu-central-1',
  roles: { look: 'l', mint: 'm', attach: 'a', revert: 'r', edit: 'e' },
  ownPrincipals: ['arn:aws:iam::*:role/portcullis-*'],
  protectedNames: ['role/break-glass', 'user/*/ceo'],
  externalId: 'ours',
  killSwitchParameter: '/p/kill-switch',
  policyParameter: '/p/policy',
};

it('comes back from the environment as it was put there', () => {
  expect(responseConfigFrom(responseEnvironmentOf(config))).toEqual(config);
});

it.each([
  { name: 'killSwitchParameter', value: undefined, why: 'without a switch nothing could be stopped' },
  { name: 'externalId', value: '', why: 'anybody who is trusted could be our deputy' },
  { name: 'roles', value: '{"look":"l"}', why: 'a power without a role' },
  { name: 'roles', value: 'portcullis', why: 'no JSON' },
  { name: 'accounts', value: '["1234"]', why: 'no account id' },
  { name: 'ownPrincipals', value: '{}', why: 'no list' },
] as const)('refuses $name $value ($why)', ({ name, value }) => {
  const variables = { ...responseEnvironmentOf(config), [RESPONSE_ENVIRONMENT[name]]: value };

  expect(() => responseConfigFrom(variables)).toThrow(ConfigurationError);
  expect(() => responseConfigFrom(variables)).toThrow(RESPONSE_ENVIRONMENT[name]);
});
