import { gunzipSync, gzipSync } from 'node:zlib';
import { type Episode, type Mute, putAlert, type ToldAlert } from '@portcullis/alert';
import {
  BaselineFormatError,
  decodeBaseline,
  decodePopulation,
  encodeBaseline,
  encodePopulation,
  restoreTraffic,
  restoreTrafficPopulation,
  type StoredPopulation,
  type StoredTraffic,
  type StoredTrafficPopulation,
  storeTraffic,
  storeTrafficPopulation,
  type TrafficParty,
} from '@portcullis/baseline';
import type { Decision } from '@portcullis/contract';
import { byKey } from './by-key.ts';
import { restoreLearned, type StoredLearned, storeLearned } from './calibration-days.ts';
import { queueDecisions } from './decide.ts';
import { StateVersionError } from './errors.ts';
import { emptyState, type KnownActor, type KnownFunction, type PipelineState } from './pipeline-state.ts';
import type { ToldWork } from './told-work.ts';

const FORMAT = 'portcullis-state';
const VERSION = 2;

/** The line that opens a saved state. */
interface Header {
  readonly format: string;
  readonly version: number;
  readonly sealedThrough: number;
  readonly sessionsPerRole: readonly (readonly [string, number])[];
  readonly accounts: readonly string[];
  readonly seen: PipelineState['seen'];
}

type Line =
  | { readonly kind: 'population'; readonly account: string; readonly population: StoredPopulation }
  | { readonly kind: 'calibration'; readonly learned: StoredLearned }
  | { readonly kind: 'function-calibration'; readonly learned: StoredLearned }
  | { readonly kind: 'function'; readonly known: KnownFunction }
  | { readonly kind: 'traffic-calibration'; readonly learned: StoredLearned }
  | { readonly kind: 'traffic'; readonly of: TrafficParty; readonly baseline: StoredTraffic }
  | { readonly kind: 'traffic-population'; readonly of: string; readonly population: StoredTrafficPopulation }
  | { readonly kind: 'episode'; readonly episode: Episode }
  | { readonly kind: 'alert'; readonly alert: ToldAlert }
  | { readonly kind: 'work'; readonly work: ToldWork }
  | { readonly kind: 'mute'; readonly key: string; readonly mute: Mute }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'last-days'; readonly days: readonly (readonly [actorId: string, lastDay: number])[] }
  | { readonly kind: 'name'; readonly actor: string; readonly known: KnownActor }
  | { readonly kind: 'baseline'; readonly actor: string; readonly bytes: string; readonly known?: KnownActor };

/** A state as gzipped lines of JSON, baselines in their own codec inside. Equal states give equal bytes. */
export function encodeState(state: PipelineState): Uint8Array {
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    sealedThrough: state.sealedThrough,
    sessionsPerRole: byKey(state.sessionsPerRole),
    accounts: [...state.accounts].sort(),
    seen: state.seen,
  };
  const lines: Line[] = [
    ...byKey(state.populations).map(
      ([account, population]): Line => ({ kind: 'population', account, population: encodePopulation(population) }),
    ),
    { kind: 'calibration', learned: storeLearned(state.learned) },
    ...functionLines(state),
    ...trafficLines(state),
    ...byKey(state.episodes).map(([, episode]): Line => ({ kind: 'episode', episode })),
    ...byKey(state.alerts.byId).map(([, alert]): Line => ({ kind: 'alert', alert })),
    ...byKey(state.works).map(([, work]): Line => ({ kind: 'work', work })),
    ...byKey(state.mutes).map(([key, mute]): Line => ({ kind: 'mute', key, mute })),
    ...state.decisions.map((decision): Line => ({ kind: 'decision', decision })),
    ...lastDaysElsewhere(state),
    ...namesElsewhere(state),
    ...byKey(state.baselines).map(
      ([actor, baseline]): Line => ({
        kind: 'baseline',
        actor,
        bytes: Buffer.from(encodeBaseline(baseline)).toString('base64'),
        ...knownAs(state, actor),
      }),
    ),
  ];
  return gzipSync([header, ...lines].map((line) => JSON.stringify(line)).join('\n'));
}

/** @throws StateVersionError where the bytes are not a saved state, are damaged, or of another version */
export function decodeState(bytes: Uint8Array): PipelineState {
  try {
    const [first = '', ...rest] = gunzipSync(bytes).toString('utf8').split('\n');
    const header: Header = JSON.parse(first);
    if (header.format !== FORMAT) throw new StateVersionError('this file is not a saved state');
    if (header.version !== VERSION) {
      throw new StateVersionError(`saved state version ${header.version}; this release reads version ${VERSION}`);
    }
    const state = emptyState();
    state.sealedThrough = header.sealedThrough;
    for (const account of header.accounts) state.accounts.add(account);
    Object.assign(state.seen, header.seen);
    for (const [role, sessions] of header.sessionsPerRole) state.sessionsPerRole.set(role, sessions);
    for (const text of rest) restore(state, JSON.parse(text));
    return state;
  } catch (cause) {
    if (cause instanceof StateVersionError) throw cause;
    const detail = cause instanceof BaselineFormatError ? `: ${cause.message}` : '';
    throw new StateVersionError(`the saved state is damaged${detail}`, { cause });
  }
}

function restore(state: PipelineState, line: Line): void {
  switch (line.kind) {
    case 'population':
      state.populations.set(line.account, decodePopulation(line.population));
      return;
    case 'calibration':
      restoreLearned(state.learned, line.learned);
      return;
    case 'function-calibration':
      restoreLearned(state.functions.learned, line.learned);
      return;
    case 'function':
      state.functions.known.set(line.known.of.id, line.known);
      return;
    case 'traffic-calibration':
      restoreLearned(state.traffic.learned, line.learned);
      return;
    case 'traffic':
      state.traffic.known.set(line.of.id, { of: line.of, baseline: restoreTraffic(line.baseline) });
      return;
    case 'traffic-population':
      state.traffic.populations.set(line.of, restoreTrafficPopulation(line.population));
      return;
    case 'episode':
      state.episodes.set(line.episode.actor.id, line.episode);
      return;
    case 'alert':
      putAlert(state.alerts, line.alert);
      return;
    case 'work':
      state.works.set(line.work.id, line.work);
      return;
    case 'mute':
      state.mutes.set(line.key, line.mute);
      return;
    case 'decision':
      queueDecisions(state, [line.decision]);
      return;
    case 'last-days':
      for (const [actorId, lastDay] of line.days) state.lastDays.set(actorId, lastDay);
      return;
    case 'name':
      state.names.set(line.actor, line.known);
      return;
    case 'baseline': {
      const baseline = decodeBaseline(Buffer.from(line.bytes, 'base64'));
      state.baselines.set(line.actor, baseline);
      state.lastDays.set(line.actor, baseline.lastDay);
      if (line.known !== undefined) state.names.set(line.actor, line.known);
      return;
    }
    default:
      throw new StateVersionError('the saved state holds a line of an unknown kind');
  }
}

/** Baselines in the state tell their own last days. */
function lastDaysElsewhere({ lastDays, baselines }: PipelineState): readonly Line[] {
  const days = byKey(lastDays).filter(([actorId]) => !baselines.has(actorId));
  return days.length === 0 ? [] : [{ kind: 'last-days', days }];
}

/** Of actors whose baselines are kept elsewhere; the others have theirs beside them. */
function namesElsewhere({ names, baselines }: PipelineState): readonly Line[] {
  return byKey(names).flatMap(([actor, known]): Line[] =>
    baselines.has(actor) ? [] : [{ kind: 'name', actor, known }],
  );
}

/** None without logs of functions. */
function functionLines({ functions: { known, learned } }: PipelineState): readonly Line[] {
  if (known.size === 0) return [];
  return [
    { kind: 'function-calibration', learned: storeLearned(learned) },
    ...byKey(known).map(([, one]): Line => ({ kind: 'function', known: one })),
  ];
}

/** None without flow logs and access logs. */
function trafficLines({ traffic: { known, populations, learned } }: PipelineState): readonly Line[] {
  if (known.size === 0) return [];
  return [
    { kind: 'traffic-calibration', learned: storeLearned(learned) },
    ...byKey(populations).map(
      ([of, one]): Line => ({ kind: 'traffic-population', of, population: storeTrafficPopulation(one) }),
    ),
    ...byKey(known).map(([, { of, baseline }]): Line => ({ kind: 'traffic', of, baseline: storeTraffic(baseline) })),
  ];
}

function knownAs({ names }: PipelineState, actor: string): { readonly known?: KnownActor } {
  const known = names.get(actor);
  return known === undefined ? {} : { known };
}
