/// <reference path="../.sst/platform/config.d.ts" />
import { account, deploy, home, named, PREFIX } from './deployment.ts';
import { memberTemplate } from './members/member-template.ts';
import { EXTERNAL_ID } from './response/acting-roles.ts';

/** Enrolls the accounts of an organization, those that join later too. */
export function membersStack(
  intake: aws.cloudwatch.EventBus,
  watcher: sst.aws.Function,
  /** What the response runs as; roles of members name it, so it has to be there first. */
  responders: readonly aws.iam.Role[],
) {
  if (deploy.organizationUnits.length === 0) return;
  const set = new aws.cloudformation.StackSet(
    'Members',
    {
      name: named('members'),
      description: 'Forwards writes worth a response to Portcullis',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'DELEGATED_ADMIN',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managedExecution: { active: true },
      parameters: {
        Name: PREFIX,
        IntakeBusArn: intake.arn,
        WatcherRoleArn: watcher.nodes.role.arn,
        HomeRegion: home,
        Response: deploy.response,
        ...(deploy.response === 'none' ? {} : { WatchingAccount: account, ExternalId: EXTERNAL_ID }),
      },
      templateBody: JSON.stringify(memberTemplate()),
    },
    // Written by the service, and read back as a change
    { ignoreChanges: ['administrationRoleArn', 'executionRoleName'], dependsOn: [...responders] },
  );
  $output(home).apply((region) => {
    const first = enroll(set, region);
    for (const other of new Set([...deploy.regions, 'us-east-1'])) {
      // The roles are made in the home region, and rules name them
      if (other !== region) enroll(set, other, first);
    }
  });
}

function enroll(set: aws.cloudformation.StackSet, region: string, after?: aws.cloudformation.StackSetInstance) {
  return new aws.cloudformation.StackSetInstance(
    `Members${region.replaceAll('-', '')}`,
    {
      stackSetName: set.name,
      callAs: 'DELEGATED_ADMIN',
      deploymentTargets: { organizationalUnitIds: [...deploy.organizationUnits] },
      stackSetInstanceRegion: region,
      operationPreferences: { failureTolerancePercentage: 10, maxConcurrentPercentage: 25 },
    },
    { dependsOn: after ? [after] : [] },
  );
}
