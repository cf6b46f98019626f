import { SECOND_MS } from '@portcullis/event';
import { parseDenyDocument } from '@portcullis/iam';
import { textAt } from './actions/action.ts';
import type { Answer, ApiCall, Power } from './api-call.ts';
import { judgeByLedger } from './ledger-calls.ts';
import type { CallAws, Place, ResponsePorts } from './ports.ts';
import { POWERS } from './powers.ts';
import { readRestriction } from './record.ts';

/** A policy that was just minted may not be found for some seconds. */
const TRIES = 6;
const BETWEEN_MS = 2 * SECOND_MS;

/** What is asked of whoever holds one power. */
export interface Asked {
  readonly call: ApiCall;
  readonly place: Place;
}

/** Code of the refusal of a call that the ledger knows nothing of. */
export const NOT_IN_LEDGER = 'NotInLedger';

/**
 * Makes one call, if it is of the given power and follows from the ledger, the kill switch is not set, and what is to be attached
 * reads back word by word as it was minted.
 *
 * The last line of defense: whoever asks may plan badly, or be somebody else. Refusals are answers, as those of AWS are.
 */
export async function actByLedger(
  { call, place }: Asked,
  power: Power,
  ports: Pick<ResponsePorts, 'ledger' | 'killSwitch' | 'pause' | 'call'>,
): Promise<Answer> {
  if (call.power !== power || !POWERS[power].includes(call.operation)) {
    return refused(NOT_IN_LEDGER, `${call.operation} is not what ${power} does`);
  }
  const verdict = judgeByLedger(call, place, await readRestriction(ports, place.restriction ?? ''));
  if (verdict.kind !== 'follows') return refused(NOT_IN_LEDGER, verdict.reason);
  if (verdict.direction === 'in-force' && (await ports.killSwitch()) === 'stopped') {
    return refused('KillSwitch', 'the kill switch is set');
  }
  if (power === 'attach' && call.operation.startsWith('iam:Attach')) {
    const problem = await whyNotAttach(String(call.input.PolicyArn), verdict.document, place, ports);
    if (problem !== undefined) return refused('DocumentDiffers', problem);
  }
  return ports.call(call, place);
}

async function whyNotAttach(
  PolicyArn: string,
  document: string | undefined,
  place: Place,
  ports: Pick<ResponsePorts, 'pause' | 'call'>,
): Promise<string | undefined> {
  if (document === undefined) return 'nobody knows what it should say';
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const found = await documentAt(PolicyArn, place, ports.call);
    if (found !== undefined) return found === document ? undefined : `${PolicyArn} does not say what was minted`;
    if (attempt < TRIES) await ports.pause(BETWEEN_MS);
  }
  return `${PolicyArn} cannot be read`;
}

/** In the form in which documents are minted; empty for what is none of ours. */
async function documentAt(PolicyArn: string, place: Place, call: CallAws): Promise<string | undefined> {
  const look = (operation: 'iam:GetPolicy' | 'iam:GetPolicyVersion', input: ApiCall['input']) =>
    call({ operation, power: 'look', input }, place);
  const policy = await look('iam:GetPolicy', { PolicyArn });
  if (policy.kind === 'refused') return undefined;
  const VersionId = textAt(policy.output, 'Policy', 'DefaultVersionId');
  const version = await look('iam:GetPolicyVersion', { PolicyArn, VersionId });
  if (version.kind === 'refused') return undefined;
  const text = textAt(version.output, 'PolicyVersion', 'Document');
  const parsed = parseDenyDocument(text.startsWith('%') ? decodeURIComponent(text) : text);
  return parsed.kind === 'accepted' ? parsed.text : '';
}

function refused(code: string, message: string): Answer {
  return { kind: 'refused', code, message };
}
