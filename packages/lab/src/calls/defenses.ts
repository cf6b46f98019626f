import { type Account, arnOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listDetectors(): Call {
  return read('guardduty', 'ListDetectors');
}

export function disableDetector(detectorId: string): Call {
  return write('guardduty', 'UpdateDetector', { detectorId, enable: false });
}

export function deleteDetector(detectorId: string): Call {
  return write('guardduty', 'DeleteDetector', { detectorId });
}

/** A list of addresses that the detector trusts. */
export function trustAddresses(detectorId: string, bucketName: string): Call {
  return write('guardduty', 'CreateIPSet', {
    detectorId,
    name: 'office-extension',
    format: 'TXT',
    location: `https://s3.amazonaws.com/${bucketName}/allow.txt`,
    activate: true,
  });
}

/** A filter that archives what it matches unseen. */
export function archiveFindings(detectorId: string, type: string): Call {
  return write('guardduty', 'CreateFilter', {
    detectorId,
    name: 'noise',
    action: 'ARCHIVE',
    findingCriteria: { criterion: { type: { equals: [type] } } },
  });
}

export function deleteTrail(account: Account, trail: string): Call {
  return write('cloudtrail', 'DeleteTrail', { name: arnOf(account, 'cloudtrail', `trail/${trail}`) });
}

/** Leaves the trail alive in one region only. */
export function narrowTrail(account: Account, trail: string): Call {
  const request: JsonObject = {
    name: arnOf(account, 'cloudtrail', `trail/${trail}`),
    isMultiRegionTrail: false,
    includeGlobalServiceEvents: false,
  };
  return write('cloudtrail', 'UpdateTrail', request, { response: request });
}

export function getEventSelectors(account: Account, trail: string): Call {
  return read('cloudtrail', 'GetEventSelectors', { trailName: arnOf(account, 'cloudtrail', `trail/${trail}`) });
}

export function deleteLogGroup(logGroupName: string): Call {
  return write('logs', 'DeleteLogGroup', { logGroupName });
}

export function putRetention(logGroupName: string, retentionInDays: number): Call {
  return write('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
}

export function deleteSubscriptionFilter(logGroupName: string, filterName: string): Call {
  return write('logs', 'DeleteSubscriptionFilter', { logGroupName, filterName });
}

export function describeSubscriptionFilters(logGroupName: string): Call {
  return read('logs', 'DescribeSubscriptionFilters', { logGroupName });
}

export function listRules(): Call {
  return read('events', 'ListRules', { limit: 100 });
}

export function listTargets(rule: string): Call {
  return read('events', 'ListTargetsByRule', { rule });
}

export function disableRule(name: string): Call {
  return write('events', 'DisableRule', { name, eventBusName: 'default' });
}

export function removeTargets(rule: string, ids: readonly string[]): Call {
  return write('events', 'RemoveTargets', { rule, ids }, { response: { failedEntryCount: 0, failedEntries: [] } });
}

export function disableAlarmActions(alarmNames: readonly string[]): Call {
  return write('monitoring', 'DisableAlarmActions', { alarmNames });
}

export function describeRecorders(): Call {
  return read('config', 'DescribeConfigurationRecorders');
}

export function stopRecorder(configurationRecorderName: string): Call {
  return write('config', 'StopConfigurationRecorder', { configurationRecorderName });
}

export function describeHub(): Call {
  return read('securityhub', 'DescribeHub');
}

export function disableHub(): Call {
  return write('securityhub', 'DisableSecurityHub');
}
