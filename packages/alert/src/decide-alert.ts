import type { AnomalyEvent } from '@portcullis/contract';
import { type EpochMs, HOUR_MS } from '@portcullis/event';
import { alertThreshold } from './budget.ts';
import { counts, describeAlert, type Setting, severityOfEvidence, tellable } from './describe-alert.ts';
import { type Episode, lastEvidence } from './episode.ts';
import { type RiskSettings, riskOf, undiscounted } from './risk.ts';
import { weighCounting } from './weigh-counting.ts';

/** A revision is worth reading once the risk has grown by this factor, or to another severity. */
const GROWTH_PER_REVISION = 1.25;

export interface AlertSettings extends RiskSettings {
  readonly budgetPer100ActorsPerWeek: number;
  readonly closeAfterHours: number;
}

export interface Decision {
  readonly episode: Episode;
  /** What subscribers are told; `undefined` when there is nothing new to say. */
  readonly event: AnomalyEvent | undefined;
}

/** Decides whether an episode that has new evidence is told, for the first time or again. Pure. */
export function decideAlert(episode: Episode, settings: AlertSettings, setting: Setting): Decision {
  const told = tellable(weighCounting(episode.evidence, setting.at, settings));
  const risk = riskOf(told);
  const alwaysCount = told.filter(({ evidence }) => evidence.always).length;
  const severity = severityOfEvidence(told);
  const before = episode.published;
  const worthTelling =
    before === undefined
      ? alwaysCount > 0 || risk >= thresholdOf(settings, setting)
      : alwaysCount > before.alwaysCount ||
        risk >= before.risk * GROWTH_PER_REVISION ||
        (risk > before.risk && severity !== before.severity);
  const known = { ...episode, peak: Math.max(episode.peak ?? 0, risk) };
  if (!worthTelling || !told.some(counts)) return { episode: known, event: undefined };
  const revision = (before?.revision ?? 0) + 1;
  const detailType = before === undefined ? 'Anomaly Detected' : 'Anomaly Updated';
  return {
    episode: { ...known, published: { revision, risk, severity, alwaysCount } },
    event: describeAlert(detailType, episode, revision, told, setting),
  };
}

/** What an episode without an alert amounts to, for the record of how far normal operation gets. */
export function measured(episode: Episode, settings: AlertSettings, at: EpochMs): Episode {
  const risk = riskOf(weighCounting(episode.evidence, at, settings));
  return { ...episode, peak: Math.max(episode.peak ?? 0, risk) };
}

/** Risk from which on an episode is told in this deployment. */
export function thresholdOf({ budgetPer100ActorsPerWeek }: AlertSettings, { activeActors, tail }: Setting): number {
  return alertThreshold(budgetPer100ActorsPerWeek, activeActors, tail);
}

/** Closes an episode without evidence for two days: `Anomaly Closed` where it had been told, silence where not. */
export function isOver(episode: Episode, at: EpochMs, { closeAfterHours }: AlertSettings): boolean {
  return at - lastEvidence(episode) >= closeAfterHours * HOUR_MS;
}

/** The last word on an episode, as it stood when its last evidence came in; none where it was never told. */
export function closeAlert(episode: Episode, settings: AlertSettings, setting: Setting): Decision {
  return restate('Anomaly Closed', episode, settings, setting);
}

/** Tells an episode again, though no evidence came in: somebody answered it. */
export function restateAlert(episode: Episode, settings: AlertSettings, setting: Setting): Decision {
  return restate('Anomaly Updated', episode, settings, setting);
}

function restate(
  detailType: 'Anomaly Updated' | 'Anomaly Closed',
  episode: Episode,
  settings: AlertSettings,
  setting: Setting,
): Decision {
  const { published } = episode;
  const told = tellable(weighCounting(episode.evidence, lastEvidence(episode), settings));
  if (published === undefined || !told.some(counts)) return { episode, event: undefined };
  const revision = published.revision + 1;
  return {
    episode: { ...episode, published: { ...published, revision } },
    event: describeAlert(detailType, episode, revision, told, setting),
  };
}

/** Whether a finding can be part of a risk at all: what it adds before discount, or that it is always told. */
export function isEvidence(
  finding: { readonly bits: number; readonly impact: number; readonly last: EpochMs; readonly always: boolean },
  settings: RiskSettings,
): boolean {
  return finding.always || undiscounted(finding, finding.last, settings) > 0;
}
