/**
 * A type as GuardDuty itself writes it, from how Security Hub does: `TTPs/Command and Control/Backdoor:EC2-C&CActivity.B` is
 * `Backdoor:EC2/C&CActivity.B`. So that a finding and its copy are one.
 */
export function guardDutyType(type: string): string {
  const colon = type.indexOf(':');
  if (colon < 0) return type;
  const own = type.slice(type.lastIndexOf('/', colon) + 1);
  return own.includes('/') ? own : own.replace(/^([^:-]*:[^:-]*)-/, '$1/');
}
