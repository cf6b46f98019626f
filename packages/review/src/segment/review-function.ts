import { type ActivityEvent, type ApiEvent, dayOf } from '@portcullis/event';
import { unusedTrust } from '../propose/review-trust.ts';
import type { FunctionPolicy, InvokeStatement } from './function-policy.ts';
import type { SegmentSettings } from './segment.ts';

/** Who invoked functions, as data events of the trail and access logs of APIs tell it. */
export interface InvokeRecord {
  /** Last day by caller, by ARN of the function: an ARN, an account or a service. */
  readonly callers: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Days on which an API answered, by its id. */
  readonly apis: ReadonlyMap<string, ReadonlySet<number>>;
  /** Days with any record, by account. */
  readonly days: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface InvokeCollector {
  observe(event: ActivityEvent): void;
  observeRequest(event: ApiEvent): void;
  record(): InvokeRecord;
}

const FUNCTION = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+/;

/** Callers of a function that are remembered. */
const MAX_CALLERS = 1024;

/** Collects who invokes functions, in any order. */
export function createInvokeCollector(): InvokeCollector {
  const callers = new Map<string, Map<string, number>>();
  const apis = new Map<string, Set<number>>();
  const days = new Map<string, Set<number>>();
  const addTo = (sets: Map<string, Set<number>>, key: string, day: number) =>
    sets.set(key, (sets.get(key) ?? new Set()).add(day));
  return {
    observe({ account, time, action, outcome, resources, actor, network }) {
      const day = dayOf(time);
      addTo(days, account, day);
      const arn = resources.map((resource) => FUNCTION.exec(resource)?.[0]).find((one) => one !== undefined);
      if (action.service !== 'lambda' || !/Invoke/.test(action.name) || outcome === 'denied' || arn === undefined)
        return;
      const of = callers.get(arn) ?? new Map<string, number>();
      callers.set(arn, of);
      const service =
        actor.via ?? (actor.kind === 'service' && network.kind === 'service' ? network.address : undefined);
      const principal = service !== undefined && actor.via === undefined ? undefined : (actor.arn ?? actor.name);
      // A foreign caller is told by its account alone
      for (const caller of [service, principal, actor.account === account ? undefined : actor.account]) {
        if (caller === undefined || (of.size >= MAX_CALLERS && !of.has(caller))) continue;
        of.set(caller, Math.max(day, of.get(caller) ?? day));
      }
    },
    observeRequest({ account, apiId, time, integrationRequestId, status }) {
      const day = dayOf(time);
      addTo(days, account, day);
      if (integrationRequestId !== undefined || status < 400) addTo(apis, apiId, day);
    },
    record: () => ({ callers, apis, days }),
  };
}

/** What becomes of one statement of a function's policy. */
export interface StatementChange {
  readonly functionArn: string;
  readonly statement: InvokeStatement;
  readonly kind: 'remove' | 'keep';
  readonly why: 'unused' | 'used' | 'unseen' | 'history-too-short' | 'denies';
}

/**
 * Statements that nobody needed, of each function.
 *
 * A statement for an API is judged by the API's access log, all others by data events, which trails have only where they are asked
 * for: what no log would have shown stays.
 *
 * @param dataEvents - whether the trail logs all invocations
 */
export function reviewFunctions(
  functions: readonly FunctionPolicy[],
  record: InvokeRecord,
  { minDays }: SegmentSettings,
  dataEvents: boolean,
): readonly StatementChange[] {
  return functions.flatMap(({ functionArn, statements }) => {
    const account = functionArn.split(':')[4] ?? '';
    const days = [...(record.days.get(account) ?? [])];
    const span = days.length === 0 ? 0 : Math.max(...days) - Math.min(...days) + 1;
    return statements.map((statement): StatementChange => {
      const because = span < minDays ? 'history-too-short' : whyOf(statement, functionArn, account, record, dataEvents);
      return { functionArn, statement, kind: because === 'unused' ? 'remove' : 'keep', why: because };
    });
  });
}

function whyOf(
  { effect, principals, sourceArns, written }: InvokeStatement,
  functionArn: string,
  account: string,
  { callers, apis }: InvokeRecord,
  dataEvents: boolean,
): StatementChange['why'] {
  if (effect === 'Deny') return 'denies';
  const called = sourceArns.map((arn) => /:execute-api:[^:]*:\d{12}:(\w+)\//.exec(arn)?.[1]);
  if (called.some((api) => api !== undefined && apis.has(api))) return 'used';
  if (!dataEvents) return 'unseen';
  const own = callers.get(functionArn) ?? new Map<string, number>();
  if (own.size >= MAX_CALLERS) return 'used';
  // A caller from anywhere may have come by a statement for everybody
  const trusted = { account, trust: [{ effect, principals, written }] };
  const unused = unusedTrust(trusted, own).length;
  return unused === principals.length && !(own.size > 0 && principals.some(({ name }) => name === '*'))
    ? 'unused'
    : 'used';
}
