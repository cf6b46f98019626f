import type { ResponsePolicy, Settings } from '@portcullis/config';
import type { AnomalyEvent, PlannedStep } from '@portcullis/contract';
import type { ActivityEvent } from '@portcullis/event';
import { type PipelineState, usualBehavior } from '@portcullis/pipeline';
import { type PlannedCut, type RehearsedCut, rehearse } from '@portcullis/respond';
import { rehearsalText } from './rehearsal-text.ts';

/** Tries a response policy along with a replay. */
export interface ResponseRehearsal {
  /** To replay with: what is usual is looked up in it. */
  readonly state: PipelineState;
  readonly onEvent: (event: ActivityEvent) => void;
  /** The alert with the plan that the policy makes of it. */
  readonly onAlert: (event: AnomalyEvent) => AnomalyEvent;
  /** For people. */
  text(): string;
  /** For `--summary`. */
  summary(): RehearsalSummary;
}

export interface RehearsalSummary {
  readonly plans: number;
  readonly cuts: readonly RehearsedCut[];
  readonly withheld: Readonly<Record<string, number>>;
}

export function responseRehearsal(policy: ResponsePolicy, settings: Settings, state: PipelineState): ResponseRehearsal {
  const rehearsal = rehearse({
    policy,
    ownAccounts: new Set(settings.accounts.own),
    usual: (actorId, before) => usualBehavior(state, actorId, before),
  });
  const summary = (): RehearsalSummary => {
    const { plans, cuts } = rehearsal.report();
    const withheld: Record<string, number> = {};
    for (const { cause } of plans.flatMap((plan) => plan.withheld)) withheld[cause] = (withheld[cause] ?? 0) + 1;
    return { plans: plans.length, cuts, withheld };
  };
  return {
    state,
    onEvent: (event) => rehearsal.event(event),
    onAlert(event) {
      const { cuts } = rehearsal.alert(event);
      const { metadata, data } = event.detail;
      return {
        ...event,
        detail: { metadata, data: { ...data, response: { mode: 'dry-run', plan: cuts.map(publishedStep) } } },
      };
    },
    text: () => rehearsalText(summary()),
    summary,
  };
}

function publishedStep({ action, target, actions, reason, reversible }: PlannedCut): PlannedStep {
  return { action, target, actions, reason, reversible };
}
