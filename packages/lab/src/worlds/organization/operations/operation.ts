import type { Random } from '../../../random.ts';
import type { Account } from '../../../record/account.ts';
import type { Call, JsonObject } from '../../../record/cloudtrail-record.ts';

/** How a call is used: to look over many things or one, to change, to hand out power, to read or write data; or a service's own report. */
export type Purpose = 'list' | 'get' | 'change' | 'admin' | 'fetch' | 'put' | 'event';

/** JSON with `{table}`, `{account}`, `{hex16}` and the like in its texts. */
type Template = string | number | boolean | null | readonly Template[] | { readonly [name: string]: Template };
type ObjectTemplate = { readonly [name: string]: Template };

/** Where a call looks for the things it names. */
export interface Scope {
  readonly account: Account;
  /** Name of a thing of that sort: `table`, `queue`, `principal`. */
  pick(kind: string, random: Random): string;
}

/** One API operation and the shape of its request. */
export interface Operation {
  readonly service: string;
  readonly name: string;
  readonly purpose: Purpose;
  /** Logged only where a trail selects data events. */
  readonly data: boolean;
  make(scope: Scope, random: Random): Call;
}

export interface Shape {
  readonly purpose: Purpose;
  readonly request: ObjectTemplate | null;
  readonly response?: ObjectTemplate;
  readonly resource?: readonly [type: string, arn: string];
  readonly data?: boolean;
  readonly readOnly?: boolean;
}

type More = Partial<Omit<Shape, 'purpose' | 'request'>>;
const shape =
  (purpose: Purpose) =>
  (request: ObjectTemplate | null = null, more: More = {}): Shape => ({ purpose, request, ...more });

export const list = shape('list');
export const get = shape('get');
export const change = shape('change');
export const admin = shape('admin');
export const fetch = shape('fetch');
export const put = shape('put');
export const event = shape('event');

/** The same operation about things that are given. */
export function about(operation: Operation, given: Readonly<Record<string, string>>): Operation {
  return {
    ...operation,
    make: (scope, random) =>
      operation.make({ ...scope, pick: (kind, chance) => given[kind] ?? scope.pick(kind, chance) }, random),
  };
}

/** The operations of one service, by event name. */
export function operationsOf(service: string, shapes: Readonly<Record<string, Shape>>): readonly Operation[] {
  return Object.entries(shapes).map(([name, shaped]) => operation(service, name, shaped));
}

function operation(service: string, name: string, { purpose, request, response, resource, ...more }: Shape): Operation {
  const readOnly = more.readOnly ?? (purpose === 'list' || purpose === 'get' || purpose === 'fetch');
  const data = more.data ?? false;
  return {
    service,
    name,
    purpose,
    data,
    make(scope, random) {
      const value = valuesOf(scope, random);
      return {
        service,
        name,
        readOnly,
        request: request && renderObject(request, value),
        ...(response && { response: renderObject(response, value) }),
        ...(resource && { resources: [{ type: resource[0], ARN: renderText(resource[1], value) }] }),
        ...(data && { data }),
        ...(purpose === 'event' && { type: 'AwsServiceEvent' as const }),
      };
    },
  };
}

/** Values of placeholders; the same name stands for the same value throughout one call. */
function valuesOf({ account, pick }: Scope, random: Random): (name: string) => string {
  const chosen: Record<string, string> = {};
  return (name) => {
    chosen[name] ??= placeholder(name, account, random) ?? pick(name, random);
    return chosen[name];
  };
}

function placeholder(name: string, account: Account, random: Random): string | undefined {
  if (name === 'account') return account.id;
  if (name === 'region') return account.region;
  if (name === 'uuid') return random.uuid();
  if (name === 'number') return String(random.int(1, 9999));
  const digits = /^hex(\d+)$/.exec(name)?.[1];
  return digits === undefined ? undefined : random.hex(Number(digits));
}

function renderText(text: string, value: (name: string) => string): string {
  return text.includes('{') ? text.replace(/\{(\w+)\}/g, (_, name: string) => value(name)) : text;
}

function renderObject(template: ObjectTemplate, value: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, inner]) => [name, render(inner, value)]));
}

function render(template: Template, value: (name: string) => string): JsonObject[string] {
  if (typeof template === 'string') return renderText(template, value);
  if (template === null || typeof template !== 'object') return template;
  if (isArray(template)) return template.map((inner) => render(inner, value));
  return renderObject(template, value);
}

function isArray(template: Template): template is readonly Template[] {
  return Array.isArray(template);
}
