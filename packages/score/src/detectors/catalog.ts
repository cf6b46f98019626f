import type { Detector } from '../detector.ts';
import { callRate } from './call-rate.ts';
import { changeRate } from './change-rate.ts';
import { dataRate } from './data-rate.ts';
import { deniedRate } from './denied-rate.ts';
import { dormantAwake } from './dormant-awake.ts';
import { logTampering } from './log-tampering.ts';
import { newAction } from './new-action.ts';
import { newAgent } from './new-agent.ts';
import { newData } from './new-data.ts';
import { newNetwork } from './new-network.ts';
import { newRegion } from './new-region.ts';
import { newService } from './new-service.ts';
import { newSession } from './new-session.ts';
import { newTarget } from './new-target.ts';
import { noveltyRate } from './novelty-rate.ts';
import { permissionChange } from './permission-change.ts';
import { resourceSpread } from './resource-spread.ts';
import { roleChain } from './role-chain.ts';
import { rootUse } from './root-use.ts';
import { serviceFinding } from './service-finding.ts';
import { unusualHour } from './unusual-hour.ts';

/** All detectors, in the order in which evidence of equal weight is shown. */
export const DETECTORS: readonly Detector[] = [
  newAction,
  newService,
  permissionChange,
  logTampering,
  rootUse,
  serviceFinding,
  roleChain,
  newData,
  newTarget,
  newNetwork,
  newRegion,
  newAgent,
  newSession,
  unusualHour,
  dormantAwake,
  callRate,
  deniedRate,
  dataRate,
  changeRate,
  resourceSpread,
  noveltyRate,
];
