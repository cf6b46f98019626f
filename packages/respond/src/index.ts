export { type AccountLook, accountLook } from './account-look.ts';
export { type Asked, actByLedger, NOT_IN_LEDGER } from './act-by-ledger.ts';
export { POLICY_PATH } from './actions/attach-deny-policy.ts';
export { FROM_NAME } from './actions/pin-by-organization.ts';
export {
  type Answer,
  type ApiCall,
  type Json,
  type JsonObject,
  OPERATIONS,
  type Operation,
  type Power,
} from './api-call.ts';
export type { CutOutcome, Guard } from './apply-cut.ts';
export { type Approver, approverOf, recordedApprover, whyLinked } from './approvals.ts';
export type { CutAction, CutDetails, PlannedCut, ResponsePlan, Withheld } from './cut.ts';
export { type Ending, type EndOutcome, endLease } from './end-lease.ts';
export { advanceLease, executePlan, type PlanOutcome, proposePlan } from './execute-plan.ts';
export { factsOfLooks } from './facts-of-looks.ts';
export { evolve, foldEntries, isOver, type Lease, type Restriction, type Standing } from './leases.ts';
export type { Change, Intent, Ledger, LedgerEntry, PlanHead } from './ledger.ts';
export { judgeByLedger, type LedgerVerdict } from './ledger-calls.ts';
export { type Looked, lookAtAccount } from './look-at-account.ts';
export {
  approveLease,
  extendLease,
  holdLease,
  type Kept,
  keepLeases,
  markEffective,
  type Refused,
  rejectLease,
  revertLease,
} from './manage-leases.ts';
export { planResponse } from './plan-response.ts';
export { planReview, REVIEW_RULE, type ReviewedPrincipal, type ReviewPlan } from './plan-review.ts';
export {
  type AlertStore,
  type CallAws,
  type EvidenceStore,
  type FactStore,
  type FactSubject,
  type GuardFacts,
  LOOKS_KEPT_MS,
  type LookStore,
  type Place,
  type ResponsePorts,
} from './ports.ts';
export { POWERS } from './powers.ts';
export {
  type AlertPointer,
  type ResponseOutcome,
  type ResponseStores,
  respondToAlert,
  SWEEP_AFTER_MS,
} from './race-sweeps.ts';
export type { Recording } from './record.ts';
export { cutEffect } from './rehearsal/cut-effect.ts';
export { policyRequestsOf } from './rehearsal/policy-request.ts';
export {
  type Rehearsal,
  type RehearsalOptions,
  type RehearsalReport,
  type RehearsedCut,
  rehearse,
} from './rehearsal/rehearse.ts';
export type {
  FunctionFacts,
  IdentityCenterFacts,
  PrincipalFacts,
  ResponseState,
  UsualBehavior,
} from './response-state.ts';
export { revocationEventOf } from './revocation-event.ts';
export {
  endsAt,
  findRevocations,
  historyOf,
  listRevocations,
  type Revocation,
  revocationRecord,
} from './revocations.ts';
export { type GoOn, missingIn, type RevertRequest, type Said, takeAnswer, VERBS, type Verb } from './take-answer.ts';
export { tellEffects } from './tell-effects.ts';
