import type { Ask, CutInHand, Look } from './actions/action.ts';
import { actionOf } from './actions/catalog.ts';
import type { Answer, ApiCall, Operation } from './api-call.ts';
import type { PlannedCut } from './cut.ts';
import type { CutState } from './cut-state.ts';
import { LookRefusedError } from './errors.ts';
import type { Restriction } from './leases.ts';
import type { Place, ResponsePorts } from './ports.ts';

/** A refusal by AWS, with its name. */
export interface Refusal {
  readonly step: string;
  readonly cause: string;
  readonly reason: string;
}

/**
 * Answers that say the call was made before: the state is read back in any case, so nothing is taken on trust.
 */
const DONE_BEFORE: Partial<Readonly<Record<Operation, readonly string[]>>> = {
  'iam:CreatePolicy': ['EntityAlreadyExists', 'EntityAlreadyExistsException'],
  'iam:DeletePolicy': ['NoSuchEntity', 'NoSuchEntityException'],
  'iam:DeletePolicyVersion': ['NoSuchEntity', 'NoSuchEntityException'],
  'iam:DetachRolePolicy': ['NoSuchEntity', 'NoSuchEntityException'],
  'iam:DetachUserPolicy': ['NoSuchEntity', 'NoSuchEntityException'],
  'lambda:RemovePermission': ['ResourceNotFoundException'],
  'lambda:AddPermission': ['ResourceConflictException'],
  'organizations:CreatePolicy': ['DuplicatePolicyException'],
  'organizations:AttachPolicy': ['DuplicatePolicyAttachmentException'],
  'organizations:DetachPolicy': ['PolicyNotAttachedException'],
  'organizations:DeletePolicy': ['PolicyNotFoundException'],
};

/** Makes calls one after the other and stops at the first refusal. */
export async function runCalls(
  ports: Pick<ResponsePorts, 'call'>,
  cut: PlannedCut,
  calls: readonly ApiCall[],
): Promise<Refusal | undefined> {
  for (const call of calls) {
    const answer = await ports.call(call, placeOf(cut));
    if (answer.kind === 'refused' && DONE_BEFORE[call.operation]?.includes(answer.code) !== true) {
      return { step: call.operation, cause: answer.code, reason: `AWS refused ${call.operation}: ${answer.message}` };
    }
  }
  return undefined;
}

/** What is there now, or who would not say. */
export async function lookAt(
  ports: Pick<ResponsePorts, 'call'>,
  cut: PlannedCut,
  hand: CutInHand,
): Promise<{ readonly kind: 'seen'; readonly look: Look } | ({ readonly kind: 'refused' } & Refusal)> {
  const ask: Ask = (operation, input): Promise<Answer> => ports.call({ operation, power: 'look', input }, placeOf(cut));
  try {
    return { kind: 'seen', look: await actionOf(cut.details).look(cut.details, hand, ask) };
  } catch (error) {
    if (!(error instanceof LookRefusedError)) throw error;
    const { operation, code, message } = error;
    return { kind: 'refused', step: operation, cause: code, reason: `AWS refused ${operation}: ${message}` };
  }
}

/** The part of a state that is compared with what was intended. */
export function relevantOf({ details }: PlannedCut, found: CutState, intended: CutState): CutState {
  return actionOf(details).relevant?.(found, intended) ?? found;
}

/** The cut with the time it was intended at, which is the same for every try. */
export function handOf(cut: PlannedCut, restriction: Restriction, now: number): CutInHand {
  return { cut, at: restriction.intendedAt ?? now };
}

function placeOf({ account, region, restriction }: PlannedCut): Place {
  return { account, region, restriction };
}
