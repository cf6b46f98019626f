import type { Decision } from '@portcullis/contract';
import { queueDecisions } from '../decide.ts';
import type { PipelineState } from '../pipeline-state.ts';
import type { LivePorts } from './ports.ts';
import { CLOCK_SKEW_MS } from './seal.ts';
import { decodeSnapshot, emptySnapshot } from './snapshot-codec.ts';

/**
 * What a live lane knew at its latest seal, apart from the baselines, and the decisions that wait for the next; empty before
 * the first.
 */
export async function readLiveState({
  snapshots,
  decisions,
}: Pick<LivePorts, 'snapshots' | 'decisions'>): Promise<PipelineState> {
  const pointer = await snapshots.pointer();
  const { state, decidedUntil } =
    pointer === undefined ? emptySnapshot() : decodeSnapshot(await snapshots.load(pointer.version));
  const added = await decisions.since(decidedUntil - CLOCK_SKEW_MS);
  queueDecisions(
    state,
    added.filter((decision) => !isTaken(decision, state)),
  );
  return state;
}

/** Decisions of the last hour before the seal are read again, since clocks differ. */
function isTaken(decision: Decision, { alerts, mutes, works }: PipelineState): boolean {
  const at = Date.parse(decision.at);
  switch (decision.kind) {
    case 'verdict': {
      const answer = alerts.byId.get(decision.episode)?.answer;
      return answer !== undefined && answer.at >= at;
    }
    case 'mute': {
      const { actor, episode } = decision;
      const mute = mutes.get(actor === undefined ? `episode ${episode}` : `actor ${actor}`);
      return mute !== undefined && mute.at >= at;
    }
    case 'declared-work': {
      const work = works.get(decision.id);
      return work !== undefined && work.at >= at;
    }
    default:
      return decision satisfies never;
  }
}
