import type { ActivityDelta, Sighting } from '@portcullis/baseline';
import type { Candidate, Detector, Knowledge } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { techniquesOf } from '../techniques.ts';
import { newValue } from './new-value.ts';

/** Stops or narrows the record of an account at once: told whatever the risk adds up to. */
const BLINDING = new Set([
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:DeleteEventDataStore',
  'cloudtrail:StopEventDataStoreIngestion',
  'guardduty:DeleteDetector',
  'organizations:LeaveOrganization',
]);

/** Takes away a witness, or blunts one. Closed list; see ATT&CK T1685 and T1685.002. */
const TAMPERING = new Set([
  ...BLINDING,
  'cloudtrail:UpdateTrail',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:UpdateEventDataStore',
  'ec2:DeleteFlowLogs',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
  'logs:DeleteSubscriptionFilter',
  'logs:DeleteMetricFilter',
  'logs:DeleteDestination',
  'guardduty:UpdateDetector',
  'guardduty:CreateIPSet',
  'guardduty:UpdateIPSet',
  'guardduty:CreateFilter',
  'guardduty:DeletePublishingDestination',
  'guardduty:DisassociateFromMasterAccount',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:StopMonitoringMembers',
  'securityhub:DisableSecurityHub',
  'securityhub:DeleteMembers',
  'events:DisableRule',
  'events:RemoveTargets',
  'events:DeleteRule',
  'config:StopConfigurationRecorder',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'access-analyzer:DeleteAnalyzer',
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
  'wafv2:DeleteLoggingConfiguration',
  'inspector2:Disable',
  'macie2:DisableMacie',
  'detective:DeleteGraph',
]);

/** Blunt what watches and take away no record; deployments replace such things. */
const BLUNTING = new Set([
  'cloudtrail:PutInsightSelectors',
  'logs:DeleteMetricFilter',
  'events:DisableRule',
  'events:RemoveTargets',
  'events:DeleteRule',
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
]);

/** Whether an action stops or narrows logs at once; such a finding is never hidden. */
export function isBlinding(action: string): boolean {
  return BLINDING.has(action);
}

export function isTampering(action: string): boolean {
  return TAMPERING.has(action);
}

/** Finds the removal or blunting of logs, detectors and alarms. */
export const logTampering: Detector = {
  id: 'log-tampering',
  family: 'what',
  about: 'A trail, detector, log group, rule or alarm stopped, narrowed or deleted.',
  blindSpots: [
    'actors that remove log groups and rules as their daily work, such as deployment pipelines',
    'blinding from outside the API: a full bucket, a lost key, a policy that denies delivery',
    'data events taken out of a trail by selectors that leave all management events in',
    'silence itself: that a feed stopped is watched elsewhere',
  ],
  triage: [
    'Turn the log, detector or alarm on again first; every minute without it is lost for good.',
    'Take all that this actor did since for suspect, and fill the gap from other records: VPC flow logs, S3 and load balancer logs, another account’s trail.',
    'Ask whether a decommissioning was planned. A planned one is known to more than one person.',
    'Treat the credentials as stolen until explained: few attackers stop a log out of curiosity.',
  ],
  remedy: [
    'Keep the trail in an account of its own, as an organization trail, which members cannot stop.',
    'Deny stopping and deleting of logs by a service control policy, for all but one break-glass role.',
    'Put an object lock on the bucket of the logs and turn on log file validation.',
  ],
  techniques: ['T1685', 'T1685.002'],
  examine({ delta, novel }, knowledge) {
    const { list } = delta.sightings.action;
    const tampering = list.filter(({ value }) => TAMPERING.has(value));
    return tampering.flatMap((sighting) => judge(sighting, novel.action.includes(sighting), delta, knowledge));
  },
};

/** Each call set what a trail records, and none left a management event out. Where only the first are kept, the others might have. */
function leavesAllManagement({ witnesses, count }: Sighting): boolean {
  return witnesses.length === count && witnesses.every(({ recordsAllManagement }) => recordsAllManagement);
}

function harmOf(sighting: Sighting, succeeded: boolean): number {
  if (BLUNTING.has(sighting.value) || leavesAllManagement(sighting)) return succeeded ? IMPACT.grant : IMPACT.readData;
  return succeeded ? IMPACT.blind : IMPACT.grant;
}

function judge(sighting: Sighting, isNew: boolean, delta: ActivityDelta, knowledge: Knowledge): Candidate[] {
  const succeeded = sighting.denied < sighting.count;
  const always = BLINDING.has(sighting.value) && succeeded && !leavesAllManagement(sighting);
  if (!isNew && !always) return [];
  const traits = {
    detector: 'log-tampering',
    family: 'what',
    feature: 'action',
    noun: 'action',
    verb: 'used',
    impact: harmOf(sighting, succeeded),
    techniques: techniquesOf(sighting.value),
    observed: succeeded ? sighting.value : `${sighting.value} (denied)`,
    always,
  } as const;
  if (isNew) return [newValue(sighting, traits, delta, knowledge)];
  const tell = () => ({
    observed: sighting.value,
    usual: 'done before by this actor',
    reason: 'logs stopped or narrowed: told whatever is usual',
  });
  return [{ ...newValue(sighting, traits, delta, knowledge), bits: 0, tell }];
}
