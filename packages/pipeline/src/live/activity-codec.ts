import { actionTable, agentTable, deflateText, inflateText, networkTable, Table } from '@portcullis/baseline';
import type {
  Action,
  ActivityEvent,
  Actor,
  Agent,
  EpochIndex,
  EpochMs,
  FindingEvent,
  Grant,
  MintedCredential,
  Network,
  Outcome,
} from '@portcullis/event';
import { ActivityFormatError } from '../errors.ts';
import type { LogPiece } from './open-log.ts';

/** Raised when the layout changes. Records live for hours: a release reads the version before its own too. */
const VERSION = 1;

/** What travels in the activity stream: what an actor did, and what security services told of it. */
export type LiveEvent = ActivityEvent | FindingEvent;

/** What a record of the activity stream holds. */
export type Activity = ActivityOfLane & {
  /** Id of the replay that it belongs to; none for the live lane. */
  readonly replay?: string | undefined;
};

type ActivityOfLane =
  | {
      readonly kind: 'events';
      /** All of one actor and hour. */
      readonly epoch: EpochIndex;
      readonly split: number;
      /** Keys that the actor's hour is split over. */
      readonly splits: number;
      readonly events: readonly LiveEvent[];
    }
  /** What other logs than CloudTrail's say of one function or party and hour, counted up by container. */
  | {
      readonly kind: 'logs';
      readonly segmentId: string;
      readonly epoch: EpochIndex;
      readonly pieces: readonly LogPiece[];
    }
  /** All that was put before it had been read when event time reached `at`. */
  | { readonly kind: 'mark'; readonly at: EpochMs };

/** Repeated objects and texts go by their place in a table. */
type StoredEvent = readonly [
  id: string,
  time: EpochMs,
  account: number,
  region: number,
  actor: number,
  action: number,
  outcome: Outcome,
  network: number,
  agent: number,
  identityType: number,
  flags: number,
  rest: StoredRest | 0,
];

/** A finding with its actor by its place in the table. */
type StoredFinding = Omit<FindingEvent, 'actor'> & { readonly actor: number };

/** What most events have not. */
interface StoredRest {
  readonly errorCode?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly sessionName?: string | undefined;
  readonly sessionShape?: string | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly grants?: readonly Grant[] | undefined;
  readonly minted?: MintedCredential | undefined;
}

interface StoredEvents {
  readonly replay?: string;
  readonly version: number;
  readonly kind: 'events';
  readonly epoch: EpochIndex;
  readonly split: number;
  readonly splits: number;
  readonly texts: readonly string[];
  readonly actors: readonly Actor[];
  readonly actions: readonly Action[];
  readonly networks: readonly Network[];
  readonly agents: readonly Agent[];
  readonly events: readonly StoredEvent[];
  /** None in most records. */
  readonly findings?: readonly StoredFinding[];
}

interface StoredLogs extends Extract<ActivityOfLane, { kind: 'logs' }> {
  readonly replay?: string;
  readonly version: number;
}

interface StoredMark {
  readonly replay?: string;
  readonly version: number;
  readonly kind: 'mark';
  readonly at: EpochMs;
}

const MFA = 1;
const CONSOLE = 2;

export function encodeActivity(activity: Activity): Uint8Array {
  const whole = activity.kind === 'events' ? packed(activity) : { version: VERSION, ...activity };
  return deflateText(JSON.stringify(whole), 4);
}

function packed({ epoch, split, splits, events, replay }: Extract<Activity, { kind: 'events' }>): StoredEvents {
  const texts = new Table<string>();
  const actors = new Table<Actor>();
  const actions = actionTable();
  const networks = networkTable();
  const agents = agentTable();
  const stored = events
    .filter(isActivity)
    .map(
      (event): StoredEvent => [
        event.id,
        event.time,
        texts.at(event.account),
        texts.at(event.region),
        actors.at(event.actor),
        actions.at(event.action),
        event.outcome,
        networks.at(event.network),
        agents.at(event.agent),
        texts.at(event.identityType),
        (event.mfa ? MFA : 0) | (event.console ? CONSOLE : 0),
        restOf(event),
      ],
    );
  const findings = events
    .filter(isFinding)
    .map((event): StoredFinding => ({ ...event, actor: actors.at(event.actor) }));
  return {
    version: VERSION,
    kind: 'events',
    ...(replay !== undefined && { replay }),
    epoch,
    split,
    splits,
    texts: texts.list,
    actors: actors.list,
    actions: actions.list,
    networks: networks.list,
    agents: agents.list,
    events: stored,
    ...(findings.length > 0 && { findings }),
  };
}

export function isActivity(event: LiveEvent): event is ActivityEvent {
  return event.source === 'cloudtrail';
}

function isFinding(event: LiveEvent): event is FindingEvent {
  return event.source === 'finding';
}

function restOf(event: ActivityEvent): StoredRest | 0 {
  const { errorCode, accessKeyId, sessionName, sessionShape, minted } = event;
  const resources = event.resources.length === 0 ? undefined : event.resources;
  const grants = event.grants.length === 0 ? undefined : event.grants;
  const rest = { errorCode, accessKeyId, sessionName, sessionShape, resources, grants, minted };
  return Object.values(rest).some((value) => value !== undefined) ? rest : 0;
}

/** @throws ActivityFormatError where the bytes are no activity, are damaged, or of a version not known here */
export function decodeActivity(bytes: Uint8Array): Activity {
  const whole = parse(bytes);
  if (whole.version !== VERSION) {
    throw new ActivityFormatError(`activity version ${whole.version}; this release reads version ${VERSION}`);
  }
  const ofReplay = whole.replay === undefined ? {} : { replay: whole.replay };
  if (whole.kind === 'mark') return { kind: 'mark', at: whole.at, ...ofReplay };
  if (whole.kind === 'logs') {
    const { kind, segmentId, epoch, pieces } = whole;
    return { ...ofReplay, kind, segmentId, epoch, pieces };
  }
  const { epoch, split, splits } = whole;
  return {
    ...ofReplay,
    kind: 'events',
    epoch,
    split,
    splits,
    events: [
      ...whole.events.map((event) => unpacked(event, whole)),
      ...(whole.findings ?? []).map((event): FindingEvent => ({ ...event, actor: placed(whole.actors, event.actor) })),
    ],
  };
}

function parse(bytes: Uint8Array): StoredEvents | StoredLogs | StoredMark {
  try {
    const whole = JSON.parse(inflateText(bytes));
    if (whole?.kind === 'events' || whole?.kind === 'logs' || whole?.kind === 'mark') return whole;
  } catch (cause) {
    throw new ActivityFormatError('the bytes of an activity record are cut or damaged', { cause });
  }
  throw new ActivityFormatError('the bytes are no activity record');
}

function unpacked(stored: StoredEvent, tables: StoredEvents): ActivityEvent {
  const [id, time, account, region, actor, action, outcome, network, agent, identityType, flags, rest] = stored;
  const { errorCode, accessKeyId, sessionName, sessionShape, resources, grants, minted }: StoredRest = rest || {};
  return {
    id,
    source: 'cloudtrail',
    account: placed(tables.texts, account),
    region: placed(tables.texts, region),
    time,
    actor: placed(tables.actors, actor),
    action: placed(tables.actions, action),
    outcome,
    errorCode,
    network: placed(tables.networks, network),
    agent: placed(tables.agents, agent),
    accessKeyId,
    sessionName,
    sessionShape,
    identityType: placed(tables.texts, identityType),
    mfa: (flags & MFA) !== 0,
    console: (flags & CONSOLE) !== 0,
    resources: resources ?? [],
    grants: grants ?? [],
    minted,
  };
}

function placed<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new ActivityFormatError(`there is no entry ${at} in a table of ${list.length}`);
  return found;
}
