import { type Account, arnOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function describeImages(): Call {
  return read('ec2', 'DescribeImages', { imagesSet: {}, ownersSet: { items: [{ owner: 'self' }] }, filterSet: {} });
}

export function describeVpcs(): Call {
  return read('ec2', 'DescribeVpcs', { vpcSet: {}, filterSet: {} });
}

export function describeSubnets(): Call {
  return read('ec2', 'DescribeSubnets', { subnetSet: {}, filterSet: {} });
}

export function describeRegions(): Call {
  return read('ec2', 'DescribeRegions', { regionSet: {}, allRegions: true });
}

export function describeKeyPairs(): Call {
  return read('ec2', 'DescribeKeyPairs', { keyPairSet: {}, filterSet: {} });
}

export function describeAddresses(): Call {
  return read('ec2', 'DescribeAddresses', { publicIpsSet: {}, filterSet: {}, allocationIdsSet: {} });
}

export function describeInstanceTypes(pattern: string): Call {
  return read('ec2', 'DescribeInstanceTypes', {
    DescribeInstanceTypesRequest: { Filter: { tag: 1, Name: 'instance-type', Value: { tag: 1, content: pattern } } },
  });
}

/** User data of an instance, where start-up scripts keep secrets. */
export function getUserData(instanceId: string): Call {
  return read('ec2', 'DescribeInstanceAttribute', { instanceId, attribute: 'userData' });
}

export function describeProfileAssociations(): Call {
  return read('ec2', 'DescribeIamInstanceProfileAssociations', {
    DescribeIamInstanceProfileAssociationsRequest: {},
  });
}

export function getServiceQuota(serviceCode: string, quotaCode: string): Call {
  return read('servicequotas', 'GetServiceQuota', { serviceCode, quotaCode });
}

export interface Launch {
  readonly imageId: string;
  readonly instanceType: string;
  readonly count: number;
  /** Instance profile, for its role. */
  readonly profile?: string;
  readonly userData?: boolean;
  readonly instanceIds: readonly string[];
}

export function launchInstances(account: Account, launch: Launch): Call {
  const { imageId, instanceType, count, profile, userData, instanceIds } = launch;
  return write(
    'ec2',
    'RunInstances',
    {
      instancesSet: { items: [{ imageId, minCount: 1, maxCount: count }] },
      instanceType,
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      ...(profile !== undefined && { iamInstanceProfile: { name: profile } }),
      ...(userData && { userData: '<sensitiveDataRemoved>' }),
    },
    {
      response: {
        reservationId: `r-${instanceIds[0]?.slice(2) ?? ''}`,
        ownerId: account.id,
        instancesSet: { items: instanceIds.map((instanceId) => ({ instanceId, imageId, instanceType })) },
      },
    },
  );
}

export function requestSpotInstances(imageId: string, instanceType: string, instanceCount: number): Call {
  return write('ec2', 'RequestSpotInstances', {
    instanceCount,
    type: 'persistent',
    launchSpecification: { imageId, instanceType, monitoring: { enabled: false } },
  });
}

export function createSecurityGroup(groupName: string, groupId: string): Call {
  return write(
    'ec2',
    'CreateSecurityGroup',
    { groupName, groupDescription: groupName },
    { response: { groupId, _return: true } },
  );
}

export function associateProfile(account: Account, instanceId: string, profile: string): Call {
  const request: JsonObject = {
    AssociateIamInstanceProfileRequest: { InstanceId: instanceId, IamInstanceProfile: { Name: profile } },
  };
  return write('ec2', 'AssociateIamInstanceProfile', request, {
    response: {
      AssociateIamInstanceProfileResponse: {
        iamInstanceProfileAssociation: {
          instanceId,
          iamInstanceProfile: { arn: arnOf(account, 'iam', `instance-profile/${profile}`) },
          state: 'associating',
        },
      },
    },
  });
}

export function stopInstances(instanceId: string): Call {
  return write('ec2', 'StopInstances', { instancesSet: { items: [{ instanceId }] }, force: false });
}

export function startInstances(instanceId: string): Call {
  return write('ec2', 'StartInstances', { instancesSet: { items: [{ instanceId }] } });
}

export function terminateInstances(instanceIds: readonly string[]): Call {
  return write('ec2', 'TerminateInstances', {
    instancesSet: { items: instanceIds.map((instanceId) => ({ instanceId })) },
  });
}

/** Has the instance run another script when it starts. */
export function replaceUserData(instanceId: string): Call {
  return write('ec2', 'ModifyInstanceAttribute', { instanceId, userData: '<sensitiveDataRemoved>' });
}

export function sendSshPublicKey(instanceId: string): Call {
  return write('ec2-instance-connect', 'SendSSHPublicKey', {
    instanceId,
    instanceOSUser: 'ec2-user',
    sSHPublicKey: 'ssh-ed25519 HIDDEN',
  });
}

/** A snapshot of a volume that an intruder takes for itself; `description` empty, as by hand. */
export function snapshotVolume(volumeId: string, snapshotId: string): Call {
  return write('ec2', 'CreateSnapshot', { volumeId }, { response: { snapshotId, volumeId, status: 'pending' } });
}

export function createImage(instanceId: string, imageId: string): Call {
  return write('ec2', 'CreateImage', { instanceId, name: imageId, noReboot: true }, { response: { imageId } });
}

export function shareImage(imageId: string, accountId: string): Call {
  return write('ec2', 'ModifyImageAttribute', {
    imageId,
    launchPermission: { add: { items: [{ userId: accountId }] } },
    attributeType: 'launchPermission',
  });
}

export function deleteFlowLogs(flowLogId: string): Call {
  return write('ec2', 'DeleteFlowLogs', { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: flowLogId } } });
}
