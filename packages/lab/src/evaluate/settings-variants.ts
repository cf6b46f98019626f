import type { DetectorId, Settings } from '@portcullis/config';

/** Where the threshold lies so low that nearly every episode is told: for rankings, not for people. */
export const GENEROUS_BUDGET = 100;

/** Name of the settings as given. */
export const AS_GIVEN = 'as given';

/** The settings with another alert budget. It moves the threshold and leaves alone what is learned in silence. */
export function withBudget(settings: Settings, budgetPer100ActorsPerWeek: number): Settings {
  return { ...settings, alerts: { ...settings.alerts, budgetPer100ActorsPerWeek } };
}

export function withOwnAccounts(settings: Settings, accounts: readonly string[]): Settings {
  return {
    ...settings,
    accounts: { ...settings.accounts, own: [...new Set([...settings.accounts.own, ...accounts])] },
  };
}

/** The settings once as given and once for each detector that alerts, with that one not counting. */
export function ablations(settings: Settings): ReadonlyMap<DetectorId, Settings> {
  const detectors = Object.keys(settings.detectors).filter(isDetector);
  return new Map(
    detectors
      .filter((detector) => settings.detectors[detector] === 'alert')
      .map((detector) => [detector, { ...settings, detectors: { ...settings.detectors, [detector]: 'shadow' } }]),
  );

  function isDetector(name: string): name is DetectorId {
    return name in settings.detectors;
  }
}
