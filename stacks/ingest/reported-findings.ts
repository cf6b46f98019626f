/** Under these Security Hub files what somebody did; the rest is about how things are set up, and far more. */
const BEHAVIOR = ['TTPs', 'Effects', 'Unusual Behaviors'];

/** Findings of security services, each as it is told: GuardDuty's own, and what others report to Security Hub. */
export const FINDING_PATTERNS: Readonly<Record<string, object>> = {
  guardduty: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },
  securityhub: {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: { findings: { RecordState: ['ACTIVE'], Types: BEHAVIOR.map((prefix) => ({ prefix })) } },
  },
  'securityhub-v2': {
    source: ['aws.securityhub'],
    'detail-type': ['Findings Imported V2'],
    detail: { findings: { class_uid: [2004] } },
  },
};
