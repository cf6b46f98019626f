import type { EpochMs } from '@portcullis/event';
import type { Loudness } from '../organization.ts';
import type { Exposure } from './exposure.ts';
import type { EvidenceNote, FalseAlert } from './false-alert.ts';
import type { ActorGroup } from './member-actors.ts';

/**
 * How far an attack stands out: the loudness of a story; for a recording, whether it comes from its own address and agent
 * (`foreign`) or from those of its victim (`own`).
 */
export type Manner = Loudness | 'foreign' | 'own';

/** An attack that was played, or a benign look-alike. Plain data, as everything here: it crosses threads and goes to JSON. */
export interface PlayedAttack {
  /** Unique in the whole evaluation. */
  readonly id: string;
  readonly story: string;
  readonly manner: Manner;
  readonly victim: string;
  readonly group: ActorGroup;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly events: number;
  /** The best that any alert says of it when nearly every episode is told; `undefined` if even then nothing does. */
  readonly best: { readonly risk: number; readonly evidence: readonly EvidenceNote[] } | undefined;
}

/** What came of an attack at one budget. */
export interface AttackResult {
  readonly id: string;
  /** See `creditOf`. */
  readonly found: 'events' | 'window' | 'missed';
  /** An alert lists one of its events. */
  readonly strict: boolean;
  /** Its actor's episode was told before it began, so somebody might have been looking anyway. */
  readonly overlapped: boolean;
  /** The rest only where it was found. Highest risk told. */
  readonly risk?: number;
  /** From its first event to the end of the judged hour. */
  readonly minutes?: number;
  /** Its events until then. */
  readonly eventsUntil?: number;
  /** Place of its risk among the false alerts of that week; 1 is on top. */
  readonly rank?: number;
  readonly title?: string;
}

/** The product at one budget, on one organization. */
export interface BudgetFigures {
  readonly budget: number;
  /** Of the run without attacks. */
  readonly falseAlerts: readonly FalseAlert[];
  readonly attacks: readonly AttackResult[];
  readonly twins: readonly AttackResult[];
  /** Episodes told in the runs with attacks, and those of them that list an attack's event. */
  readonly toldAmongAttacks: { readonly episodes: number; readonly true: number };
  /** Episodes of these runs whose actor no attack used, and which the benign run does not have. */
  readonly collateral: readonly string[];
}

/** What a method thinks of everything, so that any threshold can be applied afterwards. */
export interface Ranking {
  /** `portcullis`, or the id of a rule. */
  readonly method: string;
  /** Score of each alert of the benign run: episodes of the product, actor-days of a rule. */
  readonly benign: readonly number[];
  /** Highest threshold at which each attack is found; 0 where none is low enough. */
  readonly attacks: Readonly<Record<string, number>>;
}

/** What one detector adds: the same runs at the same budget with it in shadow. */
export interface AblationFigures {
  readonly detector: string;
  readonly budget: number;
  readonly falseAlerts: number;
  /** Ids of the attacks found. */
  readonly found: readonly string[];
}

/** All that was measured on one organization. */
export interface OrganizationFigures {
  readonly seed: number;
  readonly members: number;
  /** Of the judged weeks. */
  readonly records: number;
  readonly exposure: Exposure;
  readonly runs: number;
  readonly attacks: readonly PlayedAttack[];
  readonly twins: readonly PlayedAttack[];
  readonly unplaced: readonly string[];
  readonly budgets: readonly BudgetFigures[];
  readonly rankings: readonly Ranking[];
  readonly ablations: readonly AblationFigures[];
  /** `expectedPerWeek` of each episode that the benign run tells when nearly every one is told, at its worst. */
  readonly claims: readonly number[];
}
