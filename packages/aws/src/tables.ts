/** A table as whoever creates it needs to know it. All are paid per request, with point-in-time recovery. */
export interface TableSchema {
  readonly about: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** Types of the key attributes, those of indexes included: string or number. */
  readonly keyTypes: Readonly<Record<string, 'S' | 'N'>>;
  readonly indexes: readonly { readonly name: string; readonly hashKey: string; readonly rangeKey: string }[];
  /** Attribute with the second (since 1970) from which an item is garbage. */
  readonly expiresAt?: string;
}

/** Partition of `control` in which restrictions of the ledger are marked as long as they are open. */
export const OPEN_RESTRICTIONS = 'open-restrictions';

/** Every table of a deployment: what the stacks create, the test bed creates, and the adapters use. */
export const TABLES = {
  segments: {
    about:
      'What actors do in hours that are open, with the hashes of the events in it. Partition: hour of the seal and one of 16 buckets; ' +
      'beside them, which hours are closed and which wait for their seal.',
    hashKey: 'pk',
    rangeKey: 'sk',
    keyTypes: { pk: 'S', sk: 'S' },
    indexes: [],
    expiresAt: 'expiresAt',
  },
  baselines: {
    about: 'What is usual for each actor: the latest version and the one before it, in one item.',
    hashKey: 'actorId',
    keyTypes: { actorId: 'S' },
    indexes: [],
  },
  alerts: {
    about: 'Alerts by episode, the outbox of those that wait to be published, and which episodes an actor has.',
    hashKey: 'pk',
    rangeKey: 'sk',
    keyTypes: { pk: 'S', sk: 'S', list: 'S', toldAt: 'N' },
    indexes: [{ name: 'by-time', hashKey: 'list', rangeKey: 'toldAt' }],
  },
  control: {
    about:
      'Small things that must agree: the pointer of the seals, leases, decisions, routing, progress, marks, actors to forget, open restrictions.',
    hashKey: 'pk',
    rangeKey: 'sk',
    keyTypes: { pk: 'S', sk: 'S' },
    indexes: [],
    expiresAt: 'expiresAt',
  },
  ledger: {
    about:
      'What the response did, line by line: partition `restriction#NAME`, sort key the number of the line. Beside them, written with the line that they ' +
      'follow from: which restrictions an alert led to, and when cuts were intended. Nothing here is ever changed or deleted.',
    hashKey: 'pk',
    rangeKey: 'sk',
    keyTypes: { pk: 'S', sk: 'S' },
    indexes: [],
  },
} as const satisfies Readonly<Record<string, TableSchema>>;

export type TableName = keyof typeof TABLES;

/** The tables as a list whose members have one type. */
export const TABLE_LIST: readonly (readonly [TableName, TableSchema])[] = [
  ['segments', TABLES.segments],
  ['baselines', TABLES.baselines],
  ['alerts', TABLES.alerts],
  ['control', TABLES.control],
  ['ledger', TABLES.ledger],
];
