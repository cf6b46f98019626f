export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export function isObject(value: unknown): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list, or what IAM accepts in place of a list of one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((text) => typeof text === 'string');
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
