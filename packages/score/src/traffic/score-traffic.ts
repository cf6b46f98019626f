import { type TrafficHour, trafficDay } from '@portcullis/baseline';
import type { DetectorId, Knowledge } from '../detector.ts';
import { judgmentOf } from '../functions/score-function.ts';
import type { Judgment } from '../score-epoch.ts';
import { beaconing } from './beaconing.ts';
import { credentialMisuse } from './credential-misuse.ts';
import { egressVolume } from './egress-volume.ts';
import { internalFanOut } from './internal-fan-out.ts';
import { newCaller } from './new-caller.ts';
import { newPeer } from './new-peer.ts';
import { pathEnumeration } from './path-enumeration.ts';
import { rejectedFlows } from './rejected-flows.ts';
import { statusMix } from './status-mix.ts';
import type { TrafficDetector, TrafficKnowledge } from './traffic-detector.ts';
import { unauthenticatedRoute } from './unauthenticated-route.ts';

/** Detectors that look at flow logs and access logs, in the order in which evidence of equal weight is shown. */
export const TRAFFIC_DETECTORS: readonly TrafficDetector[] = [
  newPeer,
  egressVolume,
  internalFanOut,
  rejectedFlows,
  beaconing,
  unauthenticatedRoute,
  credentialMisuse,
  newCaller,
  pathEnumeration,
  statusMix,
];

/** Judges one party's hour against what was known before it; a function of the set of its lines, not of their order. */
export function scoreTraffic(
  hour: TrafficHour,
  knowledge: TrafficKnowledge & Pick<Knowledge, 'calibrate' | 'allowanceBits'>,
  enabled: (detector: DetectorId) => boolean,
): Judgment {
  const inHand = { hour, day: trafficDay(knowledge.own, hour) };
  const candidates = TRAFFIC_DETECTORS.filter(({ id }) => enabled(id)).map((detector) =>
    detector.examine(inHand, knowledge),
  );
  return judgmentOf(candidates, knowledge);
}
