import type { Action } from '@portcullis/event';
import { resolveAction } from '@portcullis/iam';
import type { GrantReader } from './grant-call.ts';
import { grantReaderOf } from './grants.ts';
import { type MintedReader, mintedReaderOf } from './minted-credential.ts';
import { cut } from './record.ts';
import { type ParameterPath, resourcePathsOf } from './resources.ts';

/** All that is fixed for one (event source, event name): looked up once, then one map look-up each per record. */
export interface CallKind {
  readonly action: Action;
  readonly resourcePaths: readonly ParameterPath[];
  readonly readGrants: GrantReader | undefined;
  readonly readMinted: MintedReader | undefined;
  readonly isConsoleLogin: boolean;
  /** Sets what a trail records. */
  readonly setsTrail: boolean;
}

/** Longest event source or name taken as such; AWS's own end below 80. */
const MAX_CALL_NAME = 256;
/** AWS has some 20,000 distinct calls; more are made up. */
const MAX_KINDS = 32_768;

/** Makes a bounded look-up of call kinds. */
export function createCallKinds(): (eventSource: string, eventName: string) => CallKind {
  const bySource = new Map<string, Map<string, CallKind>>();
  let kinds = 0;

  return function callKindOf(eventSource, eventName) {
    const known = bySource.get(eventSource)?.get(eventName);
    if (known !== undefined) return known;
    const kind = callKind(cut(eventSource, MAX_CALL_NAME), cut(eventName, MAX_CALL_NAME));
    if (eventSource.length > MAX_CALL_NAME || eventName.length > MAX_CALL_NAME) return kind;
    if (++kinds > MAX_KINDS) {
      bySource.clear();
      kinds = 1;
    }
    const byName = bySource.get(eventSource) ?? new Map<string, CallKind>();
    bySource.set(eventSource, byName.set(eventName, kind));
    return kind;
  };
}

function callKind(eventSource: string, eventName: string): CallKind {
  return {
    action: resolveAction(eventSource, eventName),
    resourcePaths: resourcePathsOf(eventSource),
    readGrants: grantReaderOf(eventSource, eventName),
    readMinted: mintedReaderOf(eventSource, eventName),
    isConsoleLogin: eventName === 'ConsoleLogin',
    setsTrail: eventName === 'PutEventSelectors',
  };
}
