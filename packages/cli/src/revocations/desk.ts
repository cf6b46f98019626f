import { type Approver, findRevocations, type GoOn, type Recording, type Revocation } from '@portcullis/respond';
import { UsageError } from '../errors.ts';

/** Where people's word is taken: the ledger of a deployment, by the credentials of whoever calls. */
export interface Desk {
  readonly ports: Recording;
  /** Who calls, as AWS says it. */
  caller(): Promise<Approver>;
  readonly goOn: GoOn;
}

/**
 * The revocation that an id or its beginning means.
 *
 * @throws {UsageError} where there is none, or more than one
 */
export async function theRevocation({ ports }: Desk, id: string, alert?: string): Promise<Revocation> {
  const found = await findRevocations(ports.ledger, id, { alert });
  const [revocation] = found;
  if (revocation !== undefined && found.length === 1) return revocation;
  if (revocation === undefined) {
    throw new UsageError(
      alert === undefined
        ? `no revocation ${id} is under way; of one that is over, name its alert with --alert`
        : `alert ${alert} led to no revocation ${id}`,
    );
  }
  throw new UsageError(`${id} begins ${found.length} revocations: ${found.map(({ lease }) => lease.id).join(', ')}`);
}
