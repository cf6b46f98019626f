import type { EpochMs } from '@portcullis/event';
import type { Answer, ApiCall, Json, JsonObject, Operation } from '../api-call.ts';
import type { CutDetails, PlannedCut } from '../cut.ts';
import type { CutState } from '../cut-state.ts';
import { LookRefusedError } from '../errors.ts';

/** Asks AWS something that changes nothing. */
export type Ask = (operation: Operation, input: JsonObject) => Promise<Answer>;

/** What an action works on. */
export interface CutInHand {
  readonly cut: Pick<PlannedCut, 'target' | 'account' | 'restriction'>;
  /** When the cut was intended: the time that a policy names. The same for all tries. */
  readonly at: EpochMs;
}

/** What was read of the account. */
export interface Look {
  /** What the action changes. */
  readonly state: CutState;
  /** What else it has to know; others may change it without concern to us. It can stop a call, and never adds one: the state alone names them. */
  readonly facts?: JsonObject;
  /** ARN of the principal as it really is; checked against the list of what is never touched. */
  readonly liveArn?: string;
}

/** Calls to make, and what will then be read back. Or why it can't be done. */
export type Intention =
  | { readonly kind: 'calls'; readonly calls: readonly ApiCall[]; readonly after: CutState }
  | { readonly kind: 'obstacle'; readonly cause: string; readonly reason: string };

/** One way to cut, beside its way back. */
export interface Action<Details extends CutDetails = CutDetails> {
  /** What has to be so for it to run; `intend` checks each. */
  readonly preconditions: readonly string[];
  /** What is read back, to say that it is in force. */
  readonly verification: string;
  /** All operations it may use; each is also the IAM permission that it takes. */
  readonly operations: {
    readonly look: readonly Operation[];
    readonly apply: readonly Operation[];
    readonly revert: readonly Operation[];
  };
  look(details: Details, hand: CutInHand, ask: Ask): Promise<Look>;
  intend(details: Details, hand: CutInHand, before: Look): Intention;
  /** The part of what was found that the cut is about, where others may add to it without concern to us. */
  relevant?(found: CutState, intended: CutState): CutState;
  /** Back to `before`; asked only where the live state is `after`, or on the way to it. */
  revert(details: Details, hand: CutInHand, before: CutState, found: CutState): readonly ApiCall[];
}

/** IAM's and Lambda's ways to say that there is no such thing. */
const ABSENT = new Set([
  'NoSuchEntity',
  'NoSuchEntityException',
  'ResourceNotFoundException',
  'PolicyNotFoundException',
]);

function isAbsent(answer: Answer): boolean {
  return answer.kind === 'refused' && ABSENT.has(answer.code);
}

/**
 * What AWS shows; `undefined` where there is no such thing.
 *
 * @throws {LookRefusedError} for any other refusal: what could not be read is not absent
 */
export async function shown(ask: Ask, operation: Operation, input: JsonObject): Promise<JsonObject | undefined> {
  const answer = await ask(operation, input);
  if (answer.kind === 'done') return answer.output;
  if (isAbsent(answer)) return undefined;
  throw new LookRefusedError(operation, answer.code, answer.message);
}

/** The same where it has to be there. @throws {LookRefusedError} also where it is not */
export async function required(ask: Ask, operation: Operation, input: JsonObject): Promise<JsonObject> {
  const output = await shown(ask, operation, input);
  if (output === undefined) throw new LookRefusedError(operation, 'NotFound', `${operation}: there is no such thing`);
  return output;
}

/** A text somewhere in an answer; empty where there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, path);
  return isObject(found) ? found : {};
}

/** The objects of a list in an answer. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly JsonObject[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function obstacle(cause: string, reason: string): Intention {
  return { kind: 'obstacle', cause, reason };
}
