import { type Calibration, restoreCalibration } from './calibration.ts';
import shipped from './generated/calibration.json' with { type: 'json' };

/**
 * What normal days say on simulated organizations: what a deployment starts from, and leans on until its own days
 * outnumber it. Made by `packages/lab/scripts/measure-priors.ts`.
 */
export const SHIPPED_CALIBRATION: Calibration = restoreCalibration(shipped);
