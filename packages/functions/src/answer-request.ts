import {
  type Approver,
  extendLease,
  findRevocations,
  historyOf,
  holdLease,
  listRevocations,
  type ResponsePorts,
  type Revocation,
  recordApproval,
  rejectLease,
  revocationRecord,
  whyLinked,
} from '@portcullis/respond';
import type { RevertRequest } from './revert-request.ts';

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

/** Has leases gone through now, and a cut taken back first where somebody wants that. */
export type GoOn = (request: { readonly revert?: RevertRequest }) => Promise<void>;

type Ports = Pick<ResponsePorts, 'ledger' | 'publish' | 'now' | 'mode' | 'configVersion'>;

const MAX_REASON = 500;

/**
 * Answers one request about revocations.
 *
 * Takes people's word and writes it down; what follows from it is done by whoever keeps leases.
 */
export async function answerRequest(request: RevocationRequest, ports: Ports, goOn: GoOn): Promise<RequestAnswer> {
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
  const said = saidIn(request.body);
  if (said === undefined)
    return problem(400, 'the body takes JSON: {"reason": "...", "until": "2026-11-23T10:15:00Z"}');
  return answerVerb(verb, revocation, said, caller, ports, goOn);
}

interface Said {
  readonly reason: string;
  readonly until: number | undefined;
}

async function answerVerb(
  verb: string,
  { restriction, lease }: Revocation,
  { reason, until }: Said,
  caller: Approver,
  ports: Ports,
  goOn: GoOn,
): Promise<RequestAnswer> {
  const needsReason = verb === 'reject' || verb === 'revert' || verb === 'hold';
  if (needsReason && reason === '') return problem(400, `${verb} takes a reason`);
  switch (verb) {
    case 'approve': {
      const outcome = await recordApproval(restriction, lease.id, caller, ports);
      if (outcome.kind === 'refused') return problem(409, outcome.reason);
      if (outcome.kind === 'approved') await goOn({});
      return { status: 202, body: outcome };
    }
    case 'reject':
      return told(await rejectLease(restriction, lease.id, caller, reason, ports));
    case 'hold':
      return told(await holdLease(restriction, lease.id, caller, reason, ports));
    case 'extend':
      if (until === undefined) return problem(400, 'extend takes a time, until');
      return told(await extendLease(restriction, lease.id, caller, until, ports));
    case 'revert': {
      const linked = whyLinked(caller, lease);
      if (linked !== undefined) return problem(409, linked);
      await goOn({ revert: { restriction, lease: lease.id, approver: caller, reason } });
      return { status: 202, body: { kind: 'asked-for' } };
    }
    default:
      return problem(404, 'takes approve, reject, revert, extend or hold');
  }
}

function told(outcome: { readonly kind: string; readonly reason?: string }): RequestAnswer {
  return outcome.kind === 'refused' ? problem(409, outcome.reason ?? '') : { status: 200, body: outcome };
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
