export { looksIn } from './account-looks.ts';
export { awsCaller } from './call-aws.ts';
export { dynamoLedger, type LedgerTables, ledgerLineOf } from './dynamo-ledger.ts';
export { ssmKillSwitch } from './kill-switch.ts';
export {
  ARMED,
  RESPONSE_ENVIRONMENT,
  type ResponseConfig,
  responseConfigFrom,
  responseEnvironmentOf,
} from './response-config.ts';
export { readResponsePolicy } from './response-policy-parameter.ts';
export { responsePolicyParameter } from './response-policy-value.ts';
export { type ResponseOptions, responsePorts } from './response-ports.ts';
export { type CredentialsOf, type RoleCredentials, roleCredentials } from './role-credentials.ts';
