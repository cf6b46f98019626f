/** Under these Security Hub files what somebody did; the rest is about how things are set up, and far more. */
const BEHAVIOR = ['TTPs', 'Effects', 'Unusual Behaviors'];

/** Findings of security services: GuardDuty's own, and what others report to either version of Security Hub. */
export const FINDINGS_PATTERN = {
  $or: [
    { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },
    {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: { findings: { RecordState: ['ACTIVE'], Types: BEHAVIOR.map((prefix) => ({ prefix })) } },
    },
    {
      source: ['aws.securityhub'],
      'detail-type': ['Findings Imported V2'],
      detail: { findings: { class_uid: [2004] } },
    },
  ],
};
