import type { AnomalyDetailType, AnomalyEvent, Confidence } from '@portcullis/contract';
import { ATTACK_VERSION, EVENT_SOURCE, SCHEMA_VERSION } from '@portcullis/contract/names';
import { type EpochMs, isoTime } from '@portcullis/event';
import { expectedPerWeek, scoreOf } from './budget.ts';
import { dryRunPlan } from './dry-run-plan.ts';
import { type CaseMember, type Episode, harmOf, type Witness } from './episode.ts';
import type { NormalTail } from './normal-tail.ts';
import { riskOf, type WeighedEvidence } from './risk.ts';
import { severityOf } from './severity.ts';
import { titleOf } from './title.ts';
import { type Answer, publishedAnswer } from './told-alert.ts';

const MAX_EVENT_IDS = 100;

/** Evidence shown in one alert; the weakest beyond it still counted into nothing, as they round to little. */
const MAX_EVIDENCE = 40;

/** Active days from which the actor's own history is called enough for a medium or high confidence. */
const MEDIUM_CONFIDENCE_DAYS = 3;
const HIGH_CONFIDENCE_DAYS = 14;

/** The actor's own history, as of the seal before. */
export interface History {
  readonly events: number;
  /** Days from first to last seen. */
  readonly days: number;
  readonly activeDays: number;
}

/** What an alert says beside its episode. */
export interface Setting {
  readonly at: EpochMs;
  readonly history: History;
  /** Actors of the whole deployment seen within a week. */
  readonly activeActors: number;
  readonly mode: 'live' | 'replay' | 'dry-run';
  readonly configVersion: string;
  readonly baselineVersion: string;
  /** How far normal operation of this deployment gets. */
  readonly tail?: NormalTail | undefined;
  /** What a person said about the alert. */
  readonly answer?: Answer | undefined;
}

/** Only what is part of the risk is told, what is told always, and what people have said something about. */
export function tellable(weighed: readonly WeighedEvidence[]): readonly WeighedEvidence[] {
  const told = weighed.filter(
    ({ contribution, evidence }) => contribution > 0 || evidence.always || evidence.note !== undefined,
  );
  return told.slice(0, MAX_EVIDENCE);
}

/** Whether evidence speaks for the alert, and is not only shown beside it. */
export function counts({ evidence }: WeighedEvidence): boolean {
  return evidence.note === undefined;
}

/** Renders an episode as the event that subscribers see. Pure; the same state gives the same event. */
export function describeAlert(
  detailType: AnomalyDetailType,
  episode: Episode,
  revision: number,
  shown: readonly WeighedEvidence[],
  setting: Setting,
): AnomalyEvent {
  const { actor, id } = episode;
  const told = shown.filter(counts);
  const risk = riskOf(told);
  const score = scoreOf(risk);
  const strongest = told[0]?.evidence.witnesses[0];
  const account = strongest?.account ?? actor.account;
  const region = strongest?.region ?? 'unknown';
  const members = episode.members ?? [];
  const witnesses = distinctWitnesses([
    ...told.flatMap(({ evidence }) => evidence.witnesses),
    ...members.flatMap((member) => member.witnesses),
  ]);
  const resources = actor.arn === undefined ? [] : [actor.arn];
  return {
    version: '0',
    id: `${id}:${revision}`,
    source: EVENT_SOURCE,
    'detail-type': detailType,
    account,
    region,
    time: isoTime(setting.at),
    resources,
    detail: {
      metadata: {
        schemaVersion: SCHEMA_VERSION,
        id,
        revision,
        idempotencyKey: `${id}:${revision}`,
        mode: setting.mode,
        configVersion: setting.configVersion,
        baselineVersion: setting.baselineVersion,
        producedAt: isoTime(setting.at),
      },
      data: {
        account,
        region,
        severity: severityOf(largestImpact(told), score, isAlways(told)),
        score,
        risk,
        confidence: confidenceOf(setting.history),
        actor: {
          id: actor.id,
          kind: actor.kind,
          ...(actor.arn === undefined ? {} : { arn: actor.arn }),
          name: actor.name,
        },
        title: titleOf(actor, told),
        firstSeen: isoTime(Math.min(...told.map(({ evidence }) => evidence.first))),
        lastSeen: isoTime(Math.max(...told.map(({ evidence }) => evidence.last))),
        eventCount: Math.max(witnesses.length, Math.max(...told.map(({ evidence }) => evidence.count))),
        eventIds: witnesses.slice(0, MAX_EVENT_IDS).map(({ id }) => id),
        evidence: shown.map(({ evidence, contribution }) => ({
          detector: evidence.detector,
          family: evidence.family,
          bits: Math.round(evidence.bits * 10) / 10,
          impact: evidence.impact,
          contribution,
          observed: evidence.observed,
          usual: evidence.usual,
          reason: evidence.reason,
          ...(evidence.note === undefined ? {} : { note: evidence.note }),
        })),
        techniques: [...new Set(told.flatMap(({ evidence }) => evidence.techniques))].sort(),
        attackVersion: ATTACK_VERSION,
        expectedPerWeek: expectedPerWeek(risk, setting.activeActors, setting.tail),
        baseline: { events: setting.history.events, days: setting.history.days },
        latency: { eventToIngestMs: 0, ingestToAlertMs: 0 },
        response: { mode: 'dry-run', plan: [...dryRunPlan(actor, told)] },
        ...(members.length === 0
          ? {}
          : { case: { actors: members.map(publishedMember), more: episode.moreMembers ?? 0 } }),
        ...(setting.answer === undefined ? {} : { verdict: publishedAnswer(setting.answer) }),
      },
    },
  };
}

export function severityOfEvidence(shown: readonly WeighedEvidence[]): string {
  const told = shown.filter(counts);
  return severityOf(largestImpact(told), scoreOf(riskOf(told)), isAlways(told));
}

function isAlways(told: readonly WeighedEvidence[]): boolean {
  return told.some(({ evidence }) => evidence.always);
}

function largestImpact(told: readonly WeighedEvidence[]): number {
  return Math.max(0, ...told.map(({ evidence }) => harmOf(evidence)));
}

/** How much the actor's own history can carry. */
export function confidenceOf({ activeDays }: Pick<History, 'activeDays'>): Confidence {
  if (activeDays < MEDIUM_CONFIDENCE_DAYS) return 'low';
  return activeDays < HIGH_CONFIDENCE_DAYS ? 'medium' : 'high';
}

function publishedMember({ actor: { id, kind, name, arn }, risk }: CaseMember) {
  return { actor: { id, kind, ...(arn === undefined ? {} : { arn }), name }, risk };
}

/** In the order given: most surprising evidence first, earliest first within it; each event once. */
function distinctWitnesses(witnesses: readonly Witness[]): readonly Witness[] {
  const byId = new Map<string, Witness>();
  for (const witness of witnesses) if (!byId.has(witness.id)) byId.set(witness.id, witness);
  return [...byId.values()];
}
