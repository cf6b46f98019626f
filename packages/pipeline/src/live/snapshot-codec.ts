import type { Settings } from '@portcullis/config';
import type { Decision } from '@portcullis/contract';
import type { EpochIndex, EpochMs } from '@portcullis/event';
import { StateVersionError } from '../errors.ts';
import { emptyState, type PipelineState } from '../pipeline-state.ts';
import { decodeState, encodeState } from '../state-codec.ts';
import type { InterfaceOwners } from '../traffic-party.ts';

/** What a seal leaves to the next, apart from the baselines. */
export interface Snapshot {
  readonly state: PipelineState;
  /** Decisions that were added until then are in, or have been. */
  readonly decidedUntil: EpochMs;
  /** Actors to be forgotten before the next seal begins. */
  readonly forget: readonly string[];
}

/** What a seal starts from, apart from the snapshot before and the segments: fixed before its first effect. */
export interface SealInputs {
  readonly sealEpoch: EpochIndex;
  readonly decisions: readonly Decision[];
  readonly forget: readonly string[];
  readonly settings: Settings;
  /** `-Infinity` has no form in JSON. */
  readonly alertAfter: EpochMs | null;
  /** By the clock. */
  readonly at: EpochMs;
}

/** A line of its own before the bytes of the state. */
interface Head {
  readonly decidedUntil: EpochMs | null;
  readonly forget: readonly string[];
}

export function emptySnapshot(): Snapshot {
  return { state: emptyState(), decidedUntil: Number.NEGATIVE_INFINITY, forget: [] };
}

/**
 * Names go with the baselines, but for those that logs other than CloudTrail's ask for: of functions, and of what owns an interface.
 *
 * @param owners - ARNs by interface
 */
export function encodeSnapshot({ state, decidedUntil, forget }: Snapshot, owners: InterfaceOwners = {}): Uint8Array {
  const owning = new Set(Object.values(owners));
  const head: Head = { decidedUntil: Number.isFinite(decidedUntil) ? decidedUntil : null, forget };
  const asked = [...state.names].filter(
    ([, { kind, arn }]) => kind === 'function' || (arn !== undefined && owning.has(arn)),
  );
  const names = new Map(asked);
  const bare = encodeState({ ...state, baselines: new Map(), names });
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bare]);
}

/** @throws StateVersionError where the bytes are not a snapshot, are damaged, or of another version */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const end = bytes.indexOf(0x0a);
  if (end === -1) throw new StateVersionError('these bytes are not a snapshot');
  const { decidedUntil, forget } = parseHead(Buffer.from(bytes.subarray(0, end)).toString('utf8'));
  const state = decodeState(bytes.subarray(end + 1));
  return { state, decidedUntil: decidedUntil ?? Number.NEGATIVE_INFINITY, forget };
}

function parseHead(text: string): Head {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StateVersionError('these bytes are not a snapshot', { cause });
  }
}

export function encodeInputs(inputs: SealInputs): Uint8Array {
  return Buffer.from(JSON.stringify(inputs));
}

export function decodeInputs(bytes: Uint8Array): SealInputs {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
