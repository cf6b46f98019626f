/** How an event source mapping deals with failures; names and meaning are Lambda's. */
export interface DeliveryPolicy {
  /** Further tries of a batch. Halving it is none. */
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeMs: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** Wait before the first further try; doubled for each one after. */
  readonly retryAfterMs: number;
}

export interface Delivery<R> {
  readonly policy: DeliveryPolicy;
  /** What a partial failure names a record by. */
  idOf(record: R): string;
  /** By the clock. */
  arrivedAt(record: R): number;
  /** @returns what the handler answers */
  invoke(records: readonly R[]): Promise<unknown>;
  /** The on-failure destination. */
  discard(records: readonly R[], condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded'): Promise<void>;
  now(): number;
  wait(ms: number): Promise<void>;
}

interface Attempt<R> {
  readonly records: readonly R[];
  readonly retries: number;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * Hands a batch of a stream to a function until all of it is done or discarded, in order, as Lambda's event source mapping does.
 *
 * An error halves the batch, if it may be halved, until the culprit is alone. A partial failure goes on from the lowest position
 * that failed, so what succeeded behind it is delivered again. An answer that names an unknown record, or has another form, is
 * a failure of the whole batch.
 * (AWS Lambda developer guide, "Configuring partial batch response with Kinesis Data Streams and Lambda")
 */
export async function deliverBatch<R>(records: readonly R[], delivery: Delivery<R>): Promise<void> {
  const { policy, idOf, now, wait } = delivery;
  const work: Attempt<R>[] = [{ records, retries: 0 }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const young = next.records.filter((record) => now() - delivery.arrivedAt(record) <= policy.maximumRecordAgeMs);
    const old = next.records.filter((record) => !young.includes(record));
    if (old.length > 0) await delivery.discard(old, 'RecordAgeExceeded');
    if (young.length === 0) continue;
    const failedAt = await firstFailure(young, delivery, idOf);
    if (failedAt === undefined) continue;
    const left = young.slice(failedAt === 'all' ? 0 : failedAt);
    if (failedAt === 'all' && policy.bisectBatchOnFunctionError && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      work.push({ records: left.slice(middle), retries: 0 }, { records: left.slice(0, middle), retries: next.retries });
      continue;
    }
    // What moved on is another batch
    const retries = failedAt === 'all' || failedAt === 0 ? next.retries : 0;
    if (retries >= policy.maximumRetryAttempts) {
      await delivery.discard(left, 'RetryAttemptsExhausted');
      continue;
    }
    await wait(Math.min(LONGEST_WAIT_MS, policy.retryAfterMs * 2 ** retries));
    work.push({ records: left, retries: retries + 1 });
  }
}

async function firstFailure<R>(
  records: readonly R[],
  delivery: Delivery<R>,
  idOf: (record: R) => string,
): Promise<number | 'all' | undefined> {
  let answer: unknown;
  try {
    answer = await delivery.invoke(records);
  } catch {
    return 'all';
  }
  const failed = failedItems(answer);
  if (failed === undefined) return 'all';
  const ids = records.map(idOf);
  const positions = failed.map((id) => ids.indexOf(id));
  if (positions.includes(-1)) return 'all';
  return positions.length === 0 ? undefined : Math.min(...positions);
}

/** Ids that an answer names as failed; `undefined` where it has another form. Nothing at all is success, too. */
export function failedItems(answer: unknown): readonly string[] | undefined {
  if (answer === null || answer === undefined) return [];
  if (typeof answer !== 'object' || !('batchItemFailures' in answer)) return [];
  const { batchItemFailures } = answer;
  if (batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return undefined;
  const ids = batchItemFailures.map((item: unknown): unknown =>
    typeof item === 'object' && item !== null && 'itemIdentifier' in item ? item.itemIdentifier : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined;
}
