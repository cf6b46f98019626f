import type { EpochMs } from '@portcullis/event';
import type { Random } from './random.ts';
import type { Account } from './record/account.ts';
import type { CloudTrailRecord } from './record/cloudtrail-record.ts';

/** What an attack event is part of. Benign events have none. */
interface AttackLabel {
  readonly story: string;
  readonly step: string;
  /** ATT&CK technique, v19.1. */
  readonly technique: string;
}

export interface SimulatedRecord {
  readonly time: EpochMs;
  readonly record: CloudTrailRecord;
  readonly label?: AttackLabel;
}

export interface Day {
  /** Midnight UTC. */
  readonly start: EpochMs;
  /** Days since the world began. */
  readonly index: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Somebody or something that leaves records: a behaviour over one day at a time. */
export interface SimulatedActor {
  readonly id: string;
  /**
   * What it does on a day, in any order; may begin six hours before midnight UTC and run into the next day. `random` belongs to this actor
   * and day, so days can be simulated alone.
   */
  act(day: Day, random: Random): readonly SimulatedRecord[];
}

export interface World {
  readonly account: Account;
  readonly start: EpochMs;
  readonly days: number;
  readonly actors: readonly SimulatedActor[];
}
