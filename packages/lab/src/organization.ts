import type { EpochMs } from '@portcullis/event';
import type { CallHabit } from './actors/recorded.ts';
import type { Random } from './random.ts';
import type { Account } from './record/account.ts';
import type { Caller, Client } from './record/caller.ts';
import type { SimulatedRecord, World } from './world.ts';

/** Sorts of members that results are reported by. */
export type MemberKind =
  | 'person'
  | 'function'
  | 'pipeline'
  | 'infrastructure'
  | 'instance'
  | 'scheduled-user'
  | 'scanner'
  | 'service';

/** A member of an organization, as far as a story may know it: what an intruder finds once inside. */
export interface Member {
  /** Of the `SimulatedActor` that plays its ordinary days. */
  readonly id: string;
  readonly kind: MemberKind;
  readonly account: Account;
  readonly team: string;
  /** First day at work and first day gone, in days of the world. */
  readonly joins: number;
  readonly leaves: number;
  /** `periodic` works on few days of a month, `ephemeral` exists for days only; both are reported apart. */
  readonly cadence: 'daily' | 'periodic' | 'ephemeral';
  /** Name of the role or user whose credentials it uses. */
  readonly principalName: string;
  /** Calls on an ordinary active day, on average. */
  readonly callsPerActiveDay: number;
  /** UTC hours of its work; past 24 over midnight. */
  readonly hours: readonly [from: number, to: number];
  /** Its usual calls, in proportion. */
  readonly habits: readonly CallHabit[];
  /** What it usually reads or writes with them. */
  readonly resources: readonly Resource[];
  /** Client it would use at that time of its own accord. */
  client(at: EpochMs, random: Random): Client;
  /** A session of its credentials; with `client` from there, else from where it would itself call. */
  session(at: EpochMs, random: Random, client?: Client): Caller;
}

/** Sorts of things that hold data or power. */
export type ResourceKind =
  | 'secret'
  | 'parameter'
  | 'bucket'
  | 'table'
  | 'function'
  | 'role'
  | 'user'
  | 'key'
  | 'instance'
  | 'snapshot'
  | 'database'
  | 'trail'
  | 'detector'
  | 'log-group';

/** A thing in an account, by the name its calls use. */
export interface Resource {
  readonly kind: ResourceKind;
  readonly account: Account;
  readonly team: string;
  readonly name: string;
}

/** Work that people tell of beforehand: an audit, a drill, a change. Patterns may hold `*`. */
export interface PlannedWork {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Names or ARNs of who will do it. */
  readonly actors: readonly string[];
  /** IAM actions it will use: `iam:Get*`. */
  readonly actions: readonly string[];
  /** Account ids; empty for all. */
  readonly accounts: readonly string[];
}

/** Benign things that look like trouble and hit many or one. */
export interface Trouble {
  /** Kebab-case: `sdk-upgrade`, `recovery-drill`. */
  readonly kind: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly members: readonly string[];
}

/** A world of several accounts with all that stories and measurements need to know of it. */
export interface Organization extends World {
  readonly name: string;
  readonly accounts: readonly Account[];
  readonly members: readonly Member[];
  readonly estate: readonly Resource[];
  readonly planned: readonly PlannedWork[];
  readonly troubles: readonly Trouble[];
}

/**
 * How far an attack stands out from the victim's own days: `loud` many times its rate or mostly new to it, `quiet` within
 * its rate and mostly usual, `medium` between.
 */
export type Loudness = 'loud' | 'medium' | 'quiet';

export interface StorySetting {
  readonly organization: Organization;
  readonly victim: Member;
  /** The story begins here, in the victim's life, and may run on for days. */
  readonly at: EpochMs;
  readonly loudness: Loudness;
  readonly random: Random;
}

/** An attack that can happen to any member it fits, at any time and at three degrees of loudness. */
export interface Story {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly title: string;
  /** Reports and ATT&CK pages that it is put together from. */
  readonly sources: readonly string[];
  /** What tuning may look at, and what it may not. */
  readonly half: 'tuning' | 'test';
  fits(member: Member, organization: Organization): boolean;
  /** Labelled records, in any order, after `at`. */
  tell(setting: StorySetting): readonly SimulatedRecord[];
  /** The benign look-alike that must stay silent, where there is one: same shape, no label. */
  twin?(setting: StorySetting): readonly SimulatedRecord[];
}
