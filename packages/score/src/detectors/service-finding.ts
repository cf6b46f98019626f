import { findingKey, type Witness } from '@portcullis/baseline';
import type { Action, FindingEvent, FindingSeverity, Network } from '@portcullis/event';
import type { Candidate, Detector } from '../detector.ts';

/**
 * Harm by severity, in the classes of `impact.ts`: what is low weighs like writing, medium like destroying, high like permissions given,
 * critical like blinding logs.
 */
const IMPACTS: Readonly<Record<Exclude<FindingSeverity, 'informational'>, number>> = {
  low: 0.9,
  medium: 1.3,
  high: 1.8,
  critical: 3,
};

/** ATT&CK v19.1 by the purpose that GuardDuty puts in front of a type. */
const PURPOSES: Readonly<Record<string, string>> = {
  Backdoor: 'T1071',
  CredentialAccess: 'T1552',
  CryptoCurrency: 'T1496',
  DefenseEvasion: 'T1685',
  DefenseImpairment: 'T1685',
  Discovery: 'T1580',
  Exfiltration: 'T1537',
  Impact: 'T1485',
  InitialAccess: 'T1078.004',
  Persistence: 'T1098',
  PrivilegeEscalation: 'T1098.003',
  Recon: 'T1580',
  Stealth: 'T1685',
  Trojan: 'T1071',
  UnauthorizedAccess: 'T1078.004',
};

/** Adds what GuardDuty and others found about an actor to what its behavior says. */
export const serviceFinding: Detector = {
  id: 'service-finding',
  family: 'what',
  about:
    'A finding of GuardDuty, or of a product that reports to Security Hub, about this actor. It adds to what the actor does; by default one of ' +
    'critical severity alerts alone, and none below does.',
  blindSpots: [
    'findings that were archived, suppressed or resolved before they came, by whomever',
    'what they found where they cannot tell who did it: that counts against the account',
    'how things are set up: controls, vulnerabilities and sensitive data are no behavior',
    'forgery: whoever may import findings into Security Hub can write what they like',
    'findings of one type about one actor are one piece of evidence, however many there are',
  ],
  triage: [
    'Open the finding where it was made: its id is among the events of the alert.',
    'See whether what is beside it here is the same thing seen twice, or another sign.',
    'Archive it there if it is wrong: what is archived does not count.',
  ],
  remedy: [
    'Suppress in the product what you accept, so that it comes here archived.',
    'Set `findings.bits` lower for a product that cries wolf.',
  ],
  techniques: ['T1078.004'],
  examine({ delta: { findings } }, { findingBits }) {
    if (findingBits === undefined) return [];
    return findings.flatMap((finding): Candidate[] => {
      const { severity } = finding;
      if (severity === 'informational' || findingBits[severity] === 0) return [];
      return [candidateOf(finding, findingBits[severity], IMPACTS[severity])];
    });
  },
};

function candidateOf(finding: FindingEvent, bits: number, impact: number): Candidate {
  const { product, type, severity, time } = finding;
  const technique = PURPOSES[type.slice(0, type.indexOf(':'))];
  return {
    channel: 'service-finding',
    detector: 'service-finding',
    family: 'what',
    value: findingKey(finding),
    bits,
    stated: true,
    impact,
    techniques: technique === undefined ? [] : [technique],
    first: time,
    last: time,
    count: 1,
    witnesses: [witnessOf(finding)],
    always: false,
    tell: () => ({
      observed: `${product}: ${type}, ${severity}`,
      usual: 'not at all: nobody is expected to be reported',
      reason: `${bits} bits by the settings for ${severity} severity; ${product} judged it, not this baseline`,
    }),
  };
}

const NOWHERE: Network = { kind: 'unknown', address: '', prefix: '' };

/** Named so that declared work can cover it: `securityhub:Finding`. */
const FINDING: Action = {
  name: 'securityhub:Finding',
  service: 'securityhub',
  mapping: 'unmapped',
  accessLevel: 'Write',
  effect: 'changes',
  alsoNeeds: [],
};

/** The finding's own id, by which it can be looked up. */
function witnessOf({ finding, time, account, region }: FindingEvent): Witness {
  return { id: finding, time, account, region, action: FINDING, network: NOWHERE, grants: [] };
}
