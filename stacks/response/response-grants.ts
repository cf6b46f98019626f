/// <reference path="../../.sst/platform/config.d.ts" />

import { OPEN_RESTRICTIONS } from '../../packages/aws/src/tables.ts';
import type { Power } from '../../packages/respond/src/api-call.ts';
import responsePolicy from '../../response-policy.config.ts';
import { account, arn, deploy, named, type Text } from '../deployment.ts';
import type { KeptBuckets } from '../kept.ts';
import type { Permission } from '../pipeline-function.ts';
import type { Tables } from '../tables.ts';
import { ROLE_NAMES } from './acting-roles.ts';

interface Things {
  readonly stored: Tables;
  readonly buckets: KeptBuckets;
  readonly bus: aws.cloudwatch.EventBus;
  readonly signingKey: aws.kms.Key;
  readonly killSwitch: aws.ssm.Parameter;
  readonly policyParameter: aws.ssm.Parameter;
}

/** By what adapters of the response call, like `grants.ts` for the live lane. */
export function responseGrants({ stored, buckets, bus, signingKey, killSwitch, policyParameter }: Things) {
  const on = (table: aws.dynamodb.Table, ...actions: readonly string[]): Permission => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [table.arn],
  });
  const objects = (bucket: aws.s3.Bucket): readonly Permission[] => [
    { actions: ['s3:GetObject'], resources: [$interpolate`${bucket.arn}/*`] },
    // Without the right to list, S3 calls what is not there forbidden
    { actions: ['s3:ListBucket'], resources: [bucket.arn] },
  ];
  const { ledger, control, alerts, baselines } = stored;

  const readLedger = on(ledger, 'GetItem', 'Query');
  // Nothing in it is ever changed or deleted, so nobody may
  const appendToLedger: readonly Permission[] = [
    on(ledger, 'PutItem', 'ConditionCheckItem'),
    {
      ...on(control, 'PutItem', 'DeleteItem', 'Query'),
      conditions: [
        { test: 'ForAllValues:StringEquals', variable: 'dynamodb:LeadingKeys', values: [OPEN_RESTRICTIONS] },
        // All values of none are equal to anything
        { test: 'Null', variable: 'dynamodb:LeadingKeys', values: ['false'] },
      ],
    },
  ];
  const readSwitch: Permission = { actions: ['ssm:GetParameter'], resources: [killSwitch.arn] };
  const readPolicy: Permission = { actions: ['ssm:GetParameter'], resources: [policyParameter.arn] };
  // The pointer of the seals, and what they left
  const readState = [on(control, 'GetItem'), ...objects(buckets.state)];
  const plan = [
    readLedger,
    ...appendToLedger,
    readSwitch,
    readPolicy,
    ...readState,
    ...objects(buckets.evidence),
    on(alerts, 'GetItem', 'BatchGetItem', 'Query'),
    on(baselines, 'GetItem', 'BatchGetItem'),
    ...takeUp('look'),
  ];

  return {
    respond: plan,
    keepLeases: plan,
    /** What it sees is written where plans read it, and nowhere else. */
    collect: [
      on(control, 'GetItem'),
      ...objects(buckets.state),
      {
        actions: ['s3:PutObject', 's3:DeleteObject'],
        resources: [$interpolate`${buckets.state.arn}/response/facts/*`],
      },
      ...takeUp('look'),
    ] satisfies readonly Permission[],
    /** People say what they want; others do it. */
    revocations: [readLedger, ...appendToLedger],
    act: (power: Power): readonly Permission[] => [
      readLedger,
      readSwitch,
      ...takeUp(power),
      // Reads a document again right before it attaches it
      ...(power === 'attach' ? takeUp('look') : []),
    ],
    publish: [
      readLedger,
      { actions: ['events:PutEvents'], resources: [bus.arn] },
      { actions: ['kms:Sign'], resources: [signingKey.arn] },
    ] satisfies readonly Permission[],
  };
}

/** Taking up a role, in this account or in one of the organization, but in none that is protected. */
function takeUp(power: Power): readonly Permission[] {
  const isOrganization = deploy.scope === 'organization';
  const role = (owner: Text) => arn('iam', `role/${ROLE_NAMES[power]}`, { region: '', owner });
  const protectedAccounts = responsePolicy.protect?.accounts ?? [];
  return [
    {
      actions: ['sts:AssumeRole'],
      resources: [role(isOrganization ? '*' : account)],
      ...(isOrganization && {
        conditions: [{ test: 'StringEquals', variable: 'aws:ResourceOrgID', values: [deploy.organizationId] }],
      }),
    },
    ...(power !== 'look' && protectedAccounts.length > 0
      ? [{ effect: 'deny' as const, actions: ['sts:AssumeRole'], resources: protectedAccounts.map(role) }]
      : []),
  ];
}

/** So that nothing of ours is invoked by a name that somebody else may take. */
export function mayInvoke(...names: readonly string[]): Permission {
  return {
    actions: ['lambda:InvokeFunction'],
    resources: names.map((name) => arn('lambda', `function:${named(name)}`)),
  };
}
