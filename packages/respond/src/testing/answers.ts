import type { Answer, Json, JsonObject } from '../api-call.ts';

export function done(output: JsonObject = {}): Answer {
  return { kind: 'done', output };
}

export function refusal(code: string, message = code): Answer {
  return { kind: 'refused', code, message };
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
