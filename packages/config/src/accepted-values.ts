import * as z from 'zod';
import { settingsSchema } from './settings-schema.ts';

/** One setting as people see it. */
export interface SettingDescription {
  /** `alerts.budgetPer100ActorsPerWeek` */
  readonly path: string;
  readonly description: string;
  readonly defaultValue: unknown;
  /** `a whole number from 0 to 1440` */
  readonly accepts: string;
}

/** The part of JSON Schema that `z.toJSONSchema` writes for settings. */
interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | false;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly string[];
}

/** Every setting in the order of the schema. */
export function describeSettings(): SettingDescription[] {
  return leaves(z.toJSONSchema(settingsSchema, { io: 'input' }) as SchemaNode, []);
}

function leaves(node: SchemaNode, path: readonly string[]): SettingDescription[] {
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([key, child]) => leaves(child, [...path, key]));
  }
  return [
    {
      path: path.join('.'),
      description: node.description ?? '',
      defaultValue: node.default,
      accepts: accepts(node),
    },
  ];
}

function accepts(node: SchemaNode): string {
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(', ');
  if (node.type === 'boolean') return 'true, false';
  if (node.type === 'string') return node.examples === undefined ? 'a text' : `a text like ${node.examples.join(', ')}`;
  if (node.type === 'array') return `a list of ${itemsOf(node.items)}`;
  if (node.additionalProperties) return `an object; each member ${accepts(node.additionalProperties)}`;
  const noun = node.type === 'integer' ? 'a whole number' : 'a number';
  const top = node.maximum === undefined || node.maximum >= Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  return top === undefined ? `${noun} of at least ${node.minimum}` : `${noun} from ${node.minimum} to ${top}`;
}

function itemsOf(items: SchemaNode | undefined): string {
  if (items?.properties) return `objects: ${membersOf(items)}`;
  return items?.pattern === '^\\d{12}$' ? '12-digit account ids' : 'texts';
}

/** `id`, `match` (`actor`, `detector?`). */
function membersOf({ properties = {}, required = [] }: SchemaNode): string {
  return Object.entries(properties)
    .map(([name, node]) => {
      const inner = node.properties ? ` (${membersOf(node)})` : '';
      return `\`${name}${required.includes(name) ? '' : '?'}\`${inner}`;
    })
    .join(', ');
}
