import type {
  ActivityDelta,
  ActorBaseline,
  Counts,
  Group,
  NovelSightings,
  NoveltyStatistics,
  Window,
  Witness,
} from '@portcullis/baseline';
import type { EpochMs, FindingSeverity } from '@portcullis/event';

export type DetectorId =
  | 'new-action'
  | 'new-service'
  | 'permission-change'
  | 'log-tampering'
  | 'root-use'
  | 'service-finding'
  | 'role-chain'
  | 'new-data'
  | 'new-target'
  | 'new-network'
  | 'new-region'
  | 'new-agent'
  | 'new-session'
  | 'unusual-hour'
  | 'dormant-awake'
  | 'call-rate'
  | 'denied-rate'
  | 'data-rate'
  | 'change-rate'
  | 'resource-spread'
  | 'novelty-rate'
  | FunctionDetectorId
  | TrafficDetectorId;

/** Detectors of what a function's own logs tell. */
type FunctionDetectorId = 'invocation-rate' | 'invocation-length' | 'invocation-errors' | 'function-silence';

/** Detectors of what flow logs of networks and access logs of APIs tell. */
type TrafficDetectorId =
  | 'new-peer'
  | 'egress-volume'
  | 'internal-fan-out'
  | 'rejected-flows'
  | 'beaconing'
  | 'unauthenticated-route'
  | 'credential-misuse'
  | 'new-caller'
  | 'path-enumeration'
  | 'status-mix';

/** Kinds of evidence that repeat one another: discounted within an episode, added across. */
export type Family = 'what' | 'which' | 'where' | 'who-how' | 'when' | 'change' | 'how-much';

/** Bits by severity; what is informational has none. */
export type FindingBits = Readonly<Record<Exclude<FindingSeverity, 'informational'>, number>>;

/** Everything frozen that an epoch of one actor is judged against; as of the seals before that epoch. */
export interface Knowledge {
  /** `undefined` for an actor never seen before. */
  readonly own: ActorBaseline | undefined;
  /** Active days of the actor before the day of the epoch. */
  readonly ageDays: number;
  readonly peers: Group | undefined;
  readonly account: Group;
  readonly novelty: NoveltyStatistics;
  /** Accounts of the operator's organisation: power given to them stays in the house. */
  readonly ownAccounts: ReadonlySet<string>;
  /** Bits that an ordinary day explains: what stays at or below is not worth putting into words. */
  readonly allowanceBits: number;
  /** What bits of a channel are worth, given how often normal days reach them. */
  readonly calibrate: (channel: string, bits: number) => number;
  /** What a finding of a security service is worth, by its severity; nothing where nothing is said. */
  readonly findingBits?: FindingBits | undefined;
}

/** What a detector says of a value before it is weighed against how often normal days say the same. */
export interface Candidate {
  /** Candidates of one channel are calibrated together: a detector, or one of the things it looks at. */
  readonly channel: string;
  readonly detector: DetectorId;
  readonly family: Family;
  /** With the detector, the identity of the finding: it counts once in an episode. */
  readonly value: string;
  /** -log2 of the chance of at least one thing this surprising on an active day, by the detector's own model. */
  readonly bits: number;
  /** Harm the behaviour can do, apart from surprise: .6 (reading names) to 3 (blinding logs). */
  readonly impact: number;
  readonly techniques: readonly string[];
  readonly first: EpochMs;
  readonly last: EpochMs;
  readonly count: number;
  /** Events behind it. */
  readonly witnesses: readonly Witness[];
  /** On the short list of what is told whatever the risk adds up to. */
  readonly always: boolean;
  /** Its bits are stated by the settings, not measured: no normal day says anything about them. */
  readonly stated?: true;
  /** Puts it into words; asked only of what counts. */
  readonly tell: () => Wording;
}

interface Wording {
  readonly observed: string;
  readonly usual: string;
  readonly reason: string;
}

/** One detector's statement about one value of one actor in one epoch; its bits are calibrated, in [0, 16]. */
export interface Finding extends Omit<Candidate, 'tell' | 'channel' | 'stated'>, Wording {
  /** Harm apart from who acts, where `impact` is larger because a program did it. */
  readonly harm?: number | undefined;
}

/** One actor's epoch as detectors look at it. */
export interface EpochInHand {
  readonly delta: ActivityDelta;
  readonly novel: NovelSightings;
  /** What its hour, day and seven days count so far; `undefined` for an actor never seen before. */
  readonly open: Readonly<Record<Window, Counts>> | undefined;
}

/**
 * Looks at one actor's open epoch and says what is unusual in it.
 *
 * Pure: the same delta and knowledge give the same candidates, and the order in which the delta's events
 * arrived cannot show.
 */
export interface Detector {
  readonly id: DetectorId;
  readonly family: Family;
  /** One sentence for the catalog and the detector's page. */
  readonly about: string;
  /** What it cannot see, stated so that nobody counts on it. */
  readonly blindSpots: readonly string[];
  /** What the responder does next, in this order; each a sentence that begins with a verb. */
  readonly triage: readonly string[];
  /** How to mend the cause, so that it cannot happen again. */
  readonly remedy: readonly string[];
  /** ATT&CK techniques that it is there for; a finding may name others. */
  readonly techniques: readonly string[];
  examine(epoch: EpochInHand, knowledge: Knowledge): readonly Candidate[];
}
