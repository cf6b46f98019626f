/// <reference path="../.sst/platform/config.d.ts" />
import { parseResponsePolicy } from '@portcullis/config';
import { RESPONSE_ENVIRONMENT } from '../packages/aws/src/response/response-config.ts';
import { responsePolicyParameter } from '../packages/aws/src/response/response-policy-value.ts';
import responsePolicy from '../response-policy.config.ts';
import { account, deploy, home, named, PREFIX, partition, settings, type Text } from './deployment.ts';
import type { KeptBuckets } from './kept.ts';
import type { FunctionName, Shared } from './pipeline-function.ts';
import { ACTING, actingRoles, EXTERNAL_ID, protectedNames, ROLE_NAMES } from './response/acting-roles.ts';
import { killSwitch } from './response/kill-switch.ts';
import { ledgerCopy } from './response/ledger-copy.ts';
import { actFunction, actingFunctions, collector, responder } from './response/responder.ts';
import { responseGrants } from './response/response-grants.ts';
import { revocationsApi } from './response/revocations-api.ts';
import type { Tables } from './tables.ts';

interface ResponseArgs {
  readonly shared: Shared;
  readonly stored: Tables;
  readonly buckets: KeptBuckets;
  readonly bus: aws.cloudwatch.EventBus;
  readonly signingKey: aws.kms.Key;
}

/**
 * All that can take permissions away, and what keeps it from doing more: decision 9.
 *
 * Those who plan cannot act, those who act cannot plan, and each that acts can do one kind of thing, as the ledger says.
 */
export function responseStack({ shared, stored, buckets, bus, signingKey }: ResponseArgs) {
  const policyParameter = writtenPolicy();
  const theSwitch = killSwitch();
  const environment: Readonly<Record<string, Text>> = {
    [RESPONSE_ENVIRONMENT.partition]: partition,
    [RESPONSE_ENVIRONMENT.accounts]: $jsonStringify([account, ...settings.accounts.own]),
    [RESPONSE_ENVIRONMENT.regions]: $jsonStringify([home, ...deploy.regions]),
    [RESPONSE_ENVIRONMENT.managementAccount]: deploy.managementAccount,
    [RESPONSE_ENVIRONMENT.identityCenterRegion]: deploy.identityCenterRegion,
    [RESPONSE_ENVIRONMENT.roles]: JSON.stringify(ROLE_NAMES),
    // Functions, schedules and forwarding rules run as roles of that beginning
    [RESPONSE_ENVIRONMENT.ownPrincipals]: JSON.stringify([`arn:*:iam::*:role/${named('*')}`]),
    [RESPONSE_ENVIRONMENT.protectedNames]: JSON.stringify(protectedNames()),
    [RESPONSE_ENVIRONMENT.externalId]: EXTERNAL_ID,
    [RESPONSE_ENVIRONMENT.killSwitchParameter]: theSwitch.name,
    [RESPONSE_ENVIRONMENT.policyParameter]: policyParameter.name,
    PORTCULLIS_RESPONSE_FUNCTIONS: named(''),
  };
  const granted = responseGrants({ stored, buckets, bus, signingKey, killSwitch: theSwitch, policyParameter });
  const acting = actingFunctions({ shared, environment, granted });
  const { respond, keeper } = responder({
    shared,
    environment,
    bus,
    ledgerStreamArn: stored.ledger.streamArn,
    granted,
  });
  const collect = collector({ shared, environment, granted });
  ledgerCopy(shared, stored.ledger.streamArn);
  const { url } = revocationsApi({ shared, environment, permissions: granted.revocations });
  const functions = { ...acting, respond, 'keep-leases': keeper, 'collect-facts': collect };
  actingRoles(functions);
  return { killSwitch: theSwitch, keeper, collect, runsAs: Object.values(functions).map((one) => one.nodes.role), url };
}

/** Checked before anything is created, as the settings are. */
function writtenPolicy(): aws.ssm.Parameter {
  return new aws.ssm.Parameter('ResponsePolicy', {
    name: `/${PREFIX}/response-policy`,
    description: `What ${named('respond')} may do about alerts`,
    type: 'String',
    tier: 'Intelligent-Tiering',
    value: responsePolicyParameter(parseResponsePolicy(responsePolicy, 'response-policy.config.ts')),
  });
}

/** Names of all functions of the response, for whoever watches them. */
export function responseFunctions(): readonly FunctionName[] {
  return [
    ...(['respond', 'keep-leases', 'collect-facts'] as const),
    ...ACTING.map(actFunction),
    ...(['publish-revocations', 'export-ledger', 'revocations'] as const),
  ];
}

/** Names that, when touched by anybody, are worth a word. */
export function responseFeed(): readonly string[] {
  const made = [...responseFunctions(), 'kill-switch', 'response-policy', 'ledger', 'response-clock', 'revocations'];
  return [
    ...new Set([
      ...made.map(named),
      ...Object.values(ROLE_NAMES),
      `/${PREFIX}/kill-switch`,
      `/${PREFIX}/response-policy`,
    ]),
  ];
}
