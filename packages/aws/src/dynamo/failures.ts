import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const CONDITION_FAILED = 'ConditionalCheckFailed';
/** Reasons that pass by themselves: somebody else's transaction touches the same item, or too much goes on. */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Does a conditional write.
 *
 * @returns false where the condition did not hold
 */
export async function wrote(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/**
 * What became of a transaction: `failed` holds the positions of writes whose condition did not hold; with `again`, nothing
 * is decided and it has to be tried again.
 */
export type TransactionOutcome = { readonly failed: readonly number[]; readonly again: boolean };

export async function transacted(write: Promise<unknown>): Promise<TransactionOutcome> {
  try {
    await write;
    return { failed: [], again: false };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
    const failed = codes.flatMap((code, index) => (code === CONDITION_FAILED ? [index] : []));
    if (failed.length > 0) return { failed, again: false };
    if (codes.some((code) => PASSING.has(code))) return { failed: [], again: true };
    throw error;
  }
}
