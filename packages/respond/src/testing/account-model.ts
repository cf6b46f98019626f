import type { JsonObject } from '../api-call.ts';

/** A role, user or group of the made-up account. */
export interface Principal {
  arn: string;
  attached: string[];
  inline: Record<string, string>;
}

/** What of an account the response reads and changes: plain data, so that two moments can be compared field by field. */
export interface AccountModel {
  readonly account: string;
  readonly roles: Record<string, Principal & { trust: string }>;
  readonly users: Record<string, Principal & { keys: Record<string, 'Active' | 'Inactive'>; groups: string[] }>;
  readonly groups: Record<string, Principal>;
  readonly policies: Record<string, { versions: Record<string, string>; defaultVersion: string }>;
  readonly functions: Record<string, FunctionModel>;
  readonly eventSources: Record<string, { state: string }>;
  readonly snapshots: Record<string, string[]>;
  readonly images: Record<string, string[]>;
  readonly interfaces: Record<string, string[]>;
  readonly permissionSets: Record<string, { inline: string; provisioned: string }>;
  readonly controlPolicies: Record<string, { name: string; content: string; targets: string[] }>;
}

export interface FunctionModel {
  statements: JsonObject[];
  /** Absent where none is reserved. */
  concurrency?: number;
  provisioned: number;
  /** Absent where it has no URL. */
  urlAuth?: string;
  aliases: Record<string, { version: string; routing: Record<string, number> }>;
}

export function emptyAccount(account: string): AccountModel {
  return {
    account,
    roles: {},
    users: {},
    groups: {},
    policies: {},
    functions: {},
    eventSources: {},
    snapshots: {},
    images: {},
    interfaces: {},
    permissionSets: {},
    controlPolicies: {},
  };
}
