import { detailTypeOf, type RevocationEvent, type RevocationState } from '@portcullis/contract';
import { EVENT_SOURCE, SCHEMA_VERSION } from '@portcullis/contract/names';
import { isoTime } from '@portcullis/event';
import { stateHash } from './cut-state.ts';
import type { Lease, Restriction } from './leases.ts';
import type { LedgerEntry } from './ledger.ts';
import type { ResponsePorts } from './ports.ts';

const MAX_DIFFERENCES = 50;

/**
 * What subscribers see of one line of the ledger; `undefined` where it tells of no new state.
 *
 * Pure, so that it can as well be made from the ledger's stream: the same line gives the same event.
 *
 * @param after - the restriction with the line in it
 */
export function revocationEventOf(
  entry: LedgerEntry,
  after: Restriction,
  before: Restriction,
  { mode, configVersion }: Pick<ResponsePorts, 'mode' | 'configVersion'>,
): RevocationEvent | undefined {
  const lease = after.leases.get(entry.lease);
  if (lease === undefined || lease.revision === before.leases.get(entry.lease)?.revision) return undefined;
  const { cut, plan, state, revision, id } = lease;
  const at = isoTime(entry.at);
  const key = `${id}:${revision}`;
  const hashes = before.before === undefined ? after : before;
  return {
    version: '0',
    id: key,
    source: EVENT_SOURCE,
    'detail-type': detailTypeOf(state),
    account: cut.account,
    region: cut.region ?? 'us-east-1',
    time: at,
    resources: plan.actor.arn === undefined ? [] : [plan.actor.arn],
    detail: {
      metadata: {
        schemaVersion: SCHEMA_VERSION,
        id,
        revision,
        idempotencyKey: key,
        mode,
        configVersion,
        producedAt: at,
      },
      data: {
        account: cut.account,
        ...(cut.region === undefined ? {} : { region: cut.region }),
        severity: plan.severity,
        alert: { id: plan.alert.id, revision: plan.alert.revision },
        plan: plan.id,
        actor: plan.actor,
        action: cut.action,
        target: cut.target,
        actions: cut.actions,
        state,
        reversible: cut.reversible,
        ...(lease.expiresAt === undefined ? {} : { expiresAt: isoTime(lease.expiresAt) }),
        ...(hashes.before === undefined ? {} : { before: stateHash(hashes.before) }),
        ...(hashes.after === undefined ? {} : { after: stateHash(hashes.after) }),
        ...whatHappened(entry, lease, state),
      },
    },
  };
}

type Told = Pick<RevocationEvent['detail']['data'], 'reason' | 'cause' | 'step' | 'by' | 'differences'>;

function whatHappened({ change }: LedgerEntry, { cut, approvedBy, plan }: Lease, state: RevocationState): Told {
  switch (change.kind) {
    case 'approved':
      return { reason: cut.reason, by: approvedBy.join(', ') };
    case 'proposed':
      return { reason: cut.reason, by: `rule ${plan.rule}` };
    case 'rejected':
    case 'released':
      return { reason: change.reason, by: change.by };
    case 'held':
      return { reason: change.reason, cause: change.cause, by: change.by };
    case 'failed':
      return { reason: change.reason, cause: change.cause, step: change.step };
    case 'conflict':
      return {
        reason: 'somebody changed what we wrote, so it was left as it is',
        cause: 'live-state-differs',
        by: change.by,
        differences: [...change.differences].slice(0, MAX_DIFFERENCES),
      };
    case 'effective':
      return { reason: `denied a call: event ${change.event}` };
    case 'reverted':
      return { reason: state === 'expired' ? 'its time was over' : 'taken back' };
    default:
      return { reason: cut.reason };
  }
}
