import type { EvaluationOptions, OrganizationFigures } from '@portcullis/lab';
import { UsageError } from '../errors.ts';
import { openNetworks } from '../replay/networks.ts';
import type { RecordingsRequest } from './evaluate-request.ts';

/**
 * Measures on recorded logs.
 *
 * @throws {UsageError} if a path cannot be read or holds nothing
 */
export async function evaluateRecorded(
  { background, attacks, alertAfter }: RecordingsRequest,
  { seed, budgets, ablationBudget, settings }: EvaluationOptions,
  onProgress: (share: number) => void,
): Promise<OrganizationFigures> {
  const lab = await import('@portcullis/lab');
  const normal = read(() => lab.readBackground(background), background, '--background');
  const recordings = attacks.flatMap((folder) => read(() => lab.readAttacks(folder), folder, '--attack'));
  return lab.evaluateRecordings({
    background: normal,
    attacks: recordings,
    alertAfter,
    seed,
    budgets,
    ablationBudget,
    settings,
    network: await openNetworks(),
    onProgress,
  });
}

function read<T>(reading: () => readonly T[], from: string, option: string): readonly T[] {
  let found: readonly T[];
  try {
    found = reading();
  } catch (cause) {
    throw new UsageError(`${option}: ${from} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  if (found.length === 0) throw new UsageError(`${option}: ${from} holds no CloudTrail records`);
  return found;
}
