import type { Breadth, ResponseMode, ResponsePolicy, ResponseRule } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { type EpochMs, MINUTE_MS } from '@portcullis/event';
import type { PrincipalFacts } from './response-state.ts';

/** What the policy says of one alert. */
export interface ModeDecision {
  readonly mode: ResponseMode;
  readonly breadth: Breadth;
  readonly delayMs: number;
  /** Id of the rule, or of the maintenance window that lowers it. */
  readonly rule: string;
}

const OBSERVE: ModeDecision = { mode: 'observe', breadth: 'narrow', delayMs: 0, rule: 'default' };
const ORDER: readonly ResponseMode[] = ['observe', 'approve', 'enforce'];

/** The first rule that fits; none fits: observe. A maintenance window lowers what it says. */
export function decideMode(
  { rules, maintenance }: Pick<ResponsePolicy, 'rules' | 'maintenance'>,
  { detail: { data } }: AnomalyEvent,
  facts: PrincipalFacts | undefined,
  at: EpochMs,
): ModeDecision {
  const rule = rules.find((candidate) => fits(candidate, data, facts, at));
  if (rule === undefined) return OBSERVE;
  const decided = { mode: rule.mode, breadth: rule.breadth, delayMs: rule.delayMinutes * MINUTE_MS, rule: rule.id };
  const window = maintenance.find(
    ({ from, to, accounts }) =>
      Date.parse(from) <= at && at < Date.parse(to) && (accounts.length === 0 || accounts.includes(data.account)),
  );
  if (window === undefined || ORDER.indexOf(window.mode) >= ORDER.indexOf(rule.mode)) return decided;
  return { ...decided, mode: window.mode, rule: window.id };
}

function fits(
  rule: ResponseRule,
  { severity, confidence, account, actor, verdict }: AnomalyEvent['detail']['data'],
  facts: PrincipalFacts | undefined,
  at: EpochMs,
): boolean {
  const kinds: readonly string[] | undefined = rule.actorKind;
  return (
    rule.severity?.includes(severity) !== false &&
    rule.confidence?.includes(confidence) !== false &&
    rule.accounts?.includes(account) !== false &&
    kinds?.includes(actor.kind) !== false &&
    (rule.confirmed === undefined || rule.confirmed === (verdict?.verdict === 'confirmed')) &&
    (rule.tag === undefined || rule.tag.values.includes(facts?.tags[rule.tag.key] ?? '')) &&
    (rule.hours === undefined || isWithin(rule.hours, at))
  );
}

/** Past midnight a window belongs to the day it began on. */
function isWithin({ from, to, days }: NonNullable<ResponseRule['hours']>, at: EpochMs): boolean {
  const time = new Date(at);
  const clock = time.toISOString().slice(11, 16);
  const isOn = (day: number) => days?.includes((day + 7) % 7) !== false;
  const today = time.getUTCDay();
  if (from < to) return from <= clock && clock < to && isOn(today);
  return (clock >= from && isOn(today)) || (clock < to && isOn(today - 1));
}
