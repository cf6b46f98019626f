import type { Detector } from '../detector.ts';
import { callRate } from './call-rate.ts';
import { logTampering } from './log-tampering.ts';
import { newAction } from './new-action.ts';
import { newNetwork } from './new-network.ts';
import { permissionChange } from './permission-change.ts';

/** All detectors, in the order in which evidence of equal weight is shown. */
export const DETECTORS: readonly Detector[] = [newAction, permissionChange, logTampering, newNetwork, callRate];
