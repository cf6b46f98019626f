/** What Lambda takes as the answer to a batch; the form is the same for streams and queues. */
export interface BatchAnswer {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Names the items to be delivered again. Of a stream, everything from the first of them is. */
export function batchFailures(ids: Iterable<string>): BatchAnswer {
  return { batchItemFailures: [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier })) };
}
