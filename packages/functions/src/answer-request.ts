import {
  type Approver,
  findRevocations,
  type GoOn,
  historyOf,
  listRevocations,
  missingIn,
  type Recording,
  type Revocation,
  revocationRecord,
  type Said,
  takeAnswer,
  VERBS,
  type Verb,
} from '@portcullis/respond';

/** One request, whoever brought it. */
export interface RevocationRequest {
  /** Absent for reading. */
  readonly verb?: string | undefined;
  readonly id?: string | undefined;
  readonly alert?: string | undefined;
  /** JSON: `reason`, `until`. */
  readonly body?: string | undefined;
  readonly caller: Approver | undefined;
}

export interface RequestAnswer {
  readonly status: number;
  readonly body: object;
}

const MAX_REASON = 500;

/**
 * Answers one request about revocations.
 *
 * Takes people's word and writes it down; what follows from it is done by whoever keeps leases.
 */
export async function answerRequest(request: RevocationRequest, ports: Recording, goOn: GoOn): Promise<RequestAnswer> {
  const { verb, id, alert, caller } = request;
  if (caller === undefined) return problem(401, 'nobody vouches for the caller');
  if (id === undefined) {
    const all = await listRevocations(ports.ledger, { alert });
    return { status: 200, body: { revocations: all.map(revocationRecord) } };
  }
  const found = (await findRevocations(ports.ledger, id, { alert })).filter(({ lease }) => lease.id === id);
  const [revocation] = found;
  if (revocation === undefined) return problem(404, `no revocation ${id} is under way`);
  if (verb === undefined) {
    const history = await historyOf(ports.ledger, revocation);
    return { status: 200, body: { ...revocationRecord(revocation), history } };
  }
  const known = VERBS.find((one) => one === verb);
  if (known === undefined) return problem(404, `takes ${VERBS.join(', ')}`);
  const said = saidIn(request.body);
  if (said === undefined)
    return problem(400, 'the body takes JSON: {"reason": "...", "until": "2026-11-23T10:15:00Z"}');
  return answerVerb(known, revocation, said, caller, ports, goOn);
}

/** Of a word that was taken; of one that somebody else goes on from, that it is under way. */
const STATUS = { approved: 202, 'one-of-two': 202, 'asked-for': 202, rejected: 200, held: 200, extended: 200 } as const;

const MISSING = { reason: 'a reason', until: 'a time, until' } as const;

async function answerVerb(
  verb: Verb,
  revocation: Revocation,
  said: Said,
  caller: Approver,
  ports: Recording,
  goOn: GoOn,
): Promise<RequestAnswer> {
  const missing = missingIn(verb, said);
  if (missing !== undefined) return problem(400, `${verb} takes ${MISSING[missing]}`);
  const taken = await takeAnswer(verb, revocation, caller, said, ports, goOn);
  return taken.kind === 'refused' ? problem(409, taken.reason) : { status: STATUS[taken.kind], body: taken };
}

function saidIn(body: string | undefined): Said | undefined {
  try {
    const { reason = '', until }: { readonly reason?: unknown; readonly until?: unknown } = JSON.parse(body || '{}');
    if (typeof reason !== 'string' || reason.length > MAX_REASON) return undefined;
    if (until === undefined) return { reason: reason.trim(), until: undefined };
    const time = typeof until === 'string' ? Date.parse(until) : Number.NaN;
    return Number.isNaN(time) ? undefined : { reason: reason.trim(), until: time };
  } catch {
    return undefined;
  }
}

function problem(status: number, message: string): RequestAnswer {
  return { status, body: { error: message } };
}
