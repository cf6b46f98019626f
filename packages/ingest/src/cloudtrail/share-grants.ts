import type { Grant } from '@portcullis/event';
import { bounded, type GrantCall, type GrantReader, type GrantReaders, grant, sharesWith } from './grant-call.ts';
import { type Recipient, recipientNamed } from './recipient.ts';
import { firstText, isTrue, itemsOf, type JsonObject, listOf, objectOf, partOf, textOf, textsOf } from './record.ts';
import { guardRemoved } from './resource-policy-grants.ts';

const EVERYBODY: Recipient = { reach: 'public', grantee: '*' };

export const EC2_GRANTS: GrantReaders = {
  ModifySnapshotAttribute: permissionItems('createVolumePermission', 'snapshotId'),
  ModifyImageAttribute: permissionItems('launchPermission', 'imageId'),
  ModifyFpgaImageAttribute: permissionItems('loadPermission', 'fpgaImageId'),
  ModifyVpcEndpointServicePermissions: ({ request, account }) => {
    const inner = { ...request, ...partOf(request.ModifyVpcEndpointServicePermissionsRequest) };
    const names = ['addAllowedPrincipals', 'AddAllowedPrincipals'].flatMap((name) => textsOf(contentOf(inner[name])));
    return sharesWith(names, firstText(inner, 'serviceId', 'ServiceId'), account);
  },
  AuthorizeSecurityGroupIngress: securityGroupIngress,
  ModifySecurityGroupRules: ({ request }) => {
    const inner = partOf(request.ModifySecurityGroupRulesRequest);
    const rules = listOf(inner.SecurityGroupRule).map((rule) => partOf(partOf(rule).SecurityGroupRule));
    return bounded(
      rules.flatMap((rule) => {
        const blocks = [textOf(rule.CidrIpv4), textOf(rule.CidrIpv6)];
        return openBlocks(blocks, textOf(inner.GroupId), textOf(rule.IpProtocol) === '-1');
      }),
    );
  },
  DisableSnapshotBlockPublicAccess: guardRemoved('region'),
  DisableImageBlockPublicAccess: guardRemoved('region'),
};

export const RDS_GRANTS: GrantReaders = {
  ModifyDBSnapshotAttribute: restoreAttribute('dBSnapshotIdentifier'),
  ModifyDBClusterSnapshotAttribute: restoreAttribute('dBClusterSnapshotIdentifier'),
  CreateDBInstance: publiclyAccessible('dBInstanceIdentifier'),
  CreateDBCluster: publiclyAccessible('dBClusterIdentifier'),
  ModifyDBInstance: publiclyAccessible('dBInstanceIdentifier'),
  RestoreDBInstanceFromDBSnapshot: publiclyAccessible('dBInstanceIdentifier'),
  RestoreDBInstanceToPointInTime: publiclyAccessible('targetDBInstanceIdentifier'),
  AuthorizeDBSecurityGroupIngress: ({ request }) =>
    openBlocks([firstText(request, 'cIDRIP', 'cidrip')], textOf(request.dBSecurityGroupName), false),
};

export const REDSHIFT_GRANTS: GrantReaders = {
  AuthorizeSnapshotAccess: ({ request, account }) =>
    sharesWith(textsOf(request.accountWithRestoreAccess), textOf(request.snapshotIdentifier), account),
  CreateCluster: publiclyAccessible('clusterIdentifier'),
  ModifyCluster: publiclyAccessible('clusterIdentifier'),
};

/** Resource Access Manager. */
export const RAM_GRANTS: GrantReaders = {
  CreateResourceShare: resourceShare,
  AssociateResourceShare: resourceShare,
};

export const SSM_GRANTS: GrantReaders = {
  ModifyDocumentPermission: ({ request, account }) =>
    sharesWith(textsOf(request.accountIdsToAdd), textOf(request.name), account),
};

export const LOGS_GRANTS: GrantReaders = {
  // Copies of all log lines, on and on.
  PutSubscriptionFilter: ({ request, account }) =>
    foreignOnly(sharesWith(textsOf(request.destinationArn), textOf(request.logGroupName), account)),
};

export const EVENTS_SHARES: GrantReaders = {
  PutTargets: ({ request, account }) => {
    const targets = listOf(request.targets).map((target) => textOf(partOf(target).arn));
    return foreignOnly(sharesWith(targets, textOf(request.rule), account));
  },
};

/** Sending to one's own account is ordinary wiring, not a share. */
function foreignOnly(grants: readonly Grant[]): readonly Grant[] {
  return grants.filter(({ reach }) => reach === 'foreign-account' || reach === 'public');
}

/** EC2's `{"add": {"items": [{"userId": "..."}, {"group": "all"}]}}`. */
function permissionItems(permission: string, resource: string): GrantReader {
  return ({ request, account }) => {
    const added = itemsOf(partOf(request[permission]).add).map(partOf);
    const receivers = added.map((item) =>
      firstText(item, 'userId', 'group', 'organizationArn', 'organizationalUnitArn'),
    );
    return sharesWith(
      receivers.filter((name) => name !== ''),
      textOf(request[resource]),
      account,
    );
  };
}

function restoreAttribute(resource: string): GrantReader {
  return ({ request, account }) =>
    textOf(request.attributeName) === 'restore'
      ? sharesWith(textsOf(request.valuesToAdd), textOf(request[resource]), account)
      : [];
}

function resourceShare({ request, account }: GrantCall): readonly Grant[] {
  const [first = ''] = textsOf(request.resourceArns);
  return sharesWith(textsOf(request.principals), first || firstText(request, 'resourceShareArn', 'name'), account);
}

function publiclyAccessible(resource: string): GrantReader {
  return ({ request }) =>
    isTrue(request.publiclyAccessible) ? [grant('network', EVERYBODY, textOf(request[resource]))] : [];
}

function securityGroupIngress({ request, account }: GrantCall): readonly Grant[] {
  const group = firstText(request, 'groupId', 'groupName');
  const permissions = [request, ...itemsOf(request.ipPermissions).map(partOf)];
  return bounded(
    permissions.flatMap((permission) => [
      ...openBlocks(blocksOf(permission), group, textOf(permission.ipProtocol) === '-1'),
      ...foreignGroups(permission, group, account),
    ]),
  );
}

function blocksOf(permission: JsonObject): readonly string[] {
  return [
    textOf(permission.cidrIp),
    ...itemsOf(permission.ipRanges).map((range) => textOf(partOf(range).cidrIp)),
    ...itemsOf(permission.ipv6Ranges).map((range) => textOf(partOf(range).cidrIpv6)),
  ];
}

/**
 * Blocks that reach beyond private networks: all of the internet, or somebody's addresses out there.
 *
 * @param everyPort - protocol `-1`: nothing of the machine is held back
 */
function openBlocks(blocks: readonly string[], resource: string, everyPort: boolean): readonly Grant[] {
  return blocks
    .filter((block) => block !== '' && !isPrivateBlock(block))
    .map((grantee) => {
      const reach = /\/0$/.test(grantee) ? 'public' : 'foreign-account';
      return grant('network', { reach, grantee }, resource, everyPort && reach === 'public');
    });
}

/** RFC 1918, carrier-grade NAT (RFC 6598), loopback and link-local, IPv6 unique local. */
function isPrivateBlock(block: string): boolean {
  return /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab]|::1)/i.test(
    block,
  );
}

function foreignGroups(permission: JsonObject, group: string, account: string): readonly Grant[] {
  return itemsOf(permission.groups)
    .map((item) => textOf(partOf(item).userId))
    .filter((owner) => owner !== '' && owner !== account)
    .map((owner) => grant('network', recipientNamed(owner, account), group));
}

/** XML-shaped requests hold `{"tag": 1, "content": "..."}` in place of a text. */
function contentOf(value: unknown): unknown {
  return listOf(value).map((member) => objectOf(member).content ?? member);
}
