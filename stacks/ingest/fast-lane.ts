/// <reference path="../../.sst/platform/config.d.ts" />
import { arn, deploy, home, named, type Text } from '../deployment.ts';
import type { IngestArgs } from '../ingest.ts';
import { failurePermissions, keepFailedEvents, pascal, pipelineFunction } from '../pipeline-function.ts';
import { OWN_ACCOUNT, policy, type Statement, trust } from '../policy.ts';
import { FINDINGS_PATTERN } from './reported-findings.ts';
import { FAST_LANE_PATTERN } from './response-worthy.ts';

/** IAM's events, and those of other services without region, appear here only. */
const GLOBAL_EVENTS = 'us-east-1';

/** What is forwarded: writes worth a response, and what security services found. A rule for each, since a pattern has little room. */
const FORWARDED = [
  { suffix: '', description: 'Writes worth a response', pattern: FAST_LANE_PATTERN },
  { suffix: '-findings', description: 'Findings of security services', pattern: FINDINGS_PATTERN },
];

/** Default bus of each region and account, intake bus, `ingest-event`. */
export function fastLane({ shared, networkTable, permissions }: IngestArgs) {
  const intake = new aws.cloudwatch.EventBus('Intake', {
    name: named('intake'),
    description: 'Writes worth a response, from all regions and accounts',
  });
  if (deploy.scope === 'organization') {
    new aws.cloudwatch.EventBusPolicy('IntakePolicy', {
      eventBusName: intake.name,
      policy: policy(membersMayForward(intake.arn)),
    });
  }
  forwardAllRegions(intake, shared.undelivered);

  const handler = pipelineFunction('ingest-event', shared, {
    description: 'Reads single writes worth a response as activity events',
    // Starts rarely and holds the network table; half a vCPU is enough for one event
    memory: 1024,
    seconds: 30,
    layers: [networkTable.arn],
    environment: {},
    permissions: [...failurePermissions(shared), ...permissions],
  });
  for (const { suffix, pattern } of FORWARDED) {
    const id = pascal(`intake${suffix}`);
    const rule = new aws.cloudwatch.EventRule(`${id}Rule`, {
      name: named(`intake${suffix}`),
      eventBusName: intake.name,
      eventPattern: JSON.stringify(pattern),
    });
    new aws.lambda.Permission(`${id}Invokes`, {
      action: 'lambda:InvokeFunction',
      function: handler.name,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    new aws.cloudwatch.EventTarget(`${id}Target`, {
      rule: rule.name,
      eventBusName: intake.name,
      arn: handler.arn,
      retryPolicy: { maximumEventAgeInSeconds: 60 * 60, maximumRetryAttempts: 20 },
      deadLetterConfig: { arn: shared.undelivered.arn },
    });
  }
  keepFailedEvents('ingest-event', { function: handler, shared, retries: 2, maxAgeSeconds: 60 * 60 });
  return { handler, intake };
}

/** Members of the organization, by the role that `stacks/members` makes in each of them. */
function membersMayForward(busArn: Text): Statement {
  return {
    Sid: 'MembersForward',
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: busArn,
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': deploy.organizationId },
      ArnLike: { 'aws:PrincipalArn': arn('iam', `role/${named('member-forward')}`, { region: '', owner: '*' }) },
    },
  };
}

/** In this account by ourselves, in those of an organization by its StackSet. */
function forwardAllRegions(intake: aws.cloudwatch.EventBus, undelivered: aws.sqs.Queue): void {
  const role = new aws.iam.Role('Forward', {
    name: named('forward'),
    assumeRolePolicy: trust('events.amazonaws.com', OWN_ACCOUNT),
    inlinePolicies: [
      { name: 'forward', policy: policy({ Effect: 'Allow', Action: 'events:PutEvents', Resource: intake.arn }) },
    ],
  });
  forward('Here', undefined, intake, role, undelivered);
  $output(home).apply((region) => {
    const others = new Set([...deploy.regions, GLOBAL_EVENTS]);
    others.delete(region);
    for (const other of others) forward(other.replaceAll('-', ''), other, intake, role);
  });
}

function forward(
  name: string,
  region: string | undefined,
  intake: aws.cloudwatch.EventBus,
  role: aws.iam.Role,
  /** In the region of the rule; elsewhere the logs in bulk bring the writes that are lost here. */
  undelivered?: aws.sqs.Queue,
): void {
  const there = region === undefined ? {} : { region };
  for (const { suffix, description, pattern } of FORWARDED) {
    const id = `Forward${name}${pascal(suffix)}`;
    const rule = new aws.cloudwatch.EventRule(id, {
      ...there,
      name: named(`forward${suffix}`),
      description,
      eventPattern: JSON.stringify(pattern),
    });
    new aws.cloudwatch.EventTarget(`${id}Target`, {
      ...there,
      rule: rule.name,
      arn: intake.arn,
      roleArn: role.arn,
      retryPolicy: { maximumEventAgeInSeconds: 60 * 60, maximumRetryAttempts: 20 },
      ...(undelivered && { deadLetterConfig: { arn: undelivered.arn } }),
    });
  }
}
