import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function getMetricData(namespace: string): Call {
  return read('monitoring', 'GetMetricData', { maxDatapoints: 500, metricNamespace: namespace });
}

export function listMetrics(namespace: string): Call {
  return read('monitoring', 'ListMetrics', { namespace });
}

export function describeAlarms(): Call {
  return read('monitoring', 'DescribeAlarms', { maxRecords: 100 });
}

export function describeLogGroups(): Call {
  return read('logs', 'DescribeLogGroups', { limit: 50 });
}

export function startLogQuery(logGroupName: string): Call {
  return read('logs', 'StartQuery', { logGroupName, limit: 1000 });
}

export function filterLogEvents(logGroupName: string): Call {
  return read('logs', 'FilterLogEvents', { logGroupName, limit: 100 });
}

export function createLogStream(functionName: string, stream: string): Call {
  return write('logs', 'CreateLogStream', { logGroupName: `/aws/lambda/${functionName}`, logStreamName: stream });
}

export function describeInstances(): Call {
  return read('ec2', 'DescribeInstances', { maxResults: 1000, instancesSet: {}, filterSet: {} });
}

export function describeVolumes(): Call {
  return read('ec2', 'DescribeVolumes', { volumeSet: {}, filterSet: {} });
}

export function describeSecurityGroups(): Call {
  return read('ec2', 'DescribeSecurityGroups', { securityGroupSet: {}, securityGroupIdSet: {}, filterSet: {} });
}

/** Opens a port to an address block. */
export function openPort(groupId: string, port: number, cidrIp: string): Call {
  return write('ec2', 'AuthorizeSecurityGroupIngress', {
    groupId,
    ipPermissions: {
      items: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, groups: {}, ipRanges: { items: [{ cidrIp }] } }],
    },
  });
}

export function createKeyPair(keyName: string): Call {
  return write('ec2', 'CreateKeyPair', { keyName, keyType: 'ed25519', keyFormat: 'PEM' });
}

export function runInstances(imageId: string, instanceType: string): Call {
  return write('ec2', 'RunInstances', {
    instancesSet: { items: [{ imageId, minCount: 8, maxCount: 8 }] },
    instanceType,
    blockDeviceMapping: {},
    monitoring: { enabled: false },
  });
}

export function describeStacks(stackName: string): Call {
  return read('cloudformation', 'DescribeStacks', { stackName });
}

export function executeChangeSet(account: Account, stackName: string, changeSet: string): Call {
  return write('cloudformation', 'ExecuteChangeSet', {
    stackName,
    changeSetName: arnOf(account, 'cloudformation', `changeSet/${changeSet}`),
  });
}

export function updateInstanceInformation(instanceId: string): Call {
  return write('ssm', 'UpdateInstanceInformation', {
    instanceId,
    agentVersion: '3.3.3050.0',
    agentStatus: 'Active',
    platformType: 'Linux',
    platformName: 'Amazon Linux',
    platformVersion: '2023',
  });
}

export function sendCommand(instanceId: string, commandId: string): Call {
  return write(
    'ssm',
    'SendCommand',
    { instanceIds: [instanceId], documentName: 'AWS-RunShellScript', parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    {
      response: {
        command: { commandId, documentName: 'AWS-RunShellScript', instanceIds: [instanceId], status: 'Pending' },
      },
    },
  );
}

export function lookupEvents(): Call {
  return read('cloudtrail', 'LookupEvents', { maxResults: 50 });
}

export function describeTrails(): Call {
  return read('cloudtrail', 'DescribeTrails', { trailNameList: [] });
}

export function getTrailStatus(account: Account, trail: string): Call {
  return read('cloudtrail', 'GetTrailStatus', { name: arnOf(account, 'cloudtrail', `trail/${trail}`) });
}

export function stopLogging(account: Account, trail: string): Call {
  return write('cloudtrail', 'StopLogging', { name: arnOf(account, 'cloudtrail', `trail/${trail}`) });
}

/** Leaves the trail running but makes it record next to nothing. */
export function emptyEventSelectors(account: Account, trail: string): Call {
  const request = {
    trailName: arnOf(account, 'cloudtrail', `trail/${trail}`),
    eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: false, dataResources: [] }],
  };
  return write('cloudtrail', 'PutEventSelectors', request, { response: request });
}

export function getSendQuota(): Call {
  return read('ses', 'GetSendQuota');
}

export function getCostAndUsage(): Call {
  return read('ce', 'GetCostAndUsage', { granularity: 'DAILY', metrics: ['UnblendedCost'] });
}

export function describeHealth(): Call {
  return read('health', 'DescribeEventAggregates', {
    aggregateField: 'eventTypeCategory',
    filter: { eventStatusCodes: ['open', 'upcoming'] },
  });
}
