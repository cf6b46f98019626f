import { writeFile } from 'node:fs/promises';
import type { Settings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { ReplayOutcome } from '@portcullis/pipeline';
import { DETECTOR_GUIDES } from '../detector-guides.ts';
import { type CollectedActivity, collectActivity } from './collect-activity.ts';
import { readPageAssets } from './page-assets.ts';
import { reportHtml } from './report-html.ts';

/** Gathers during a replay what its report shows. */
export interface ReportWriter {
  readonly onSealed: CollectedActivity['onSealed'];
  onAlert(event: AnomalyEvent): void;
  write(file: string, outcome: ReplayOutcome): Promise<void>;
}

export function reportWriter({
  settings,
  alertAfter,
}: {
  readonly settings: Settings;
  readonly alertAfter: EpochMs | undefined;
}): ReportWriter {
  const { onSealed, hours, rhythms } = collectActivity();
  const latest = new Map<string, AnomalyEvent>();
  return {
    onSealed,
    onAlert: (event) => void latest.set(event.detail.metadata.id, event),
    async write(file, { state: _, ...counts }) {
      const page = reportHtml(
        {
          alerts: [...latest.values()],
          counts,
          budgetPer100ActorsPerWeek: settings.alerts.budgetPer100ActorsPerWeek,
          hours: hours(),
          alertAfter,
          rhythms,
          guides: DETECTOR_GUIDES,
        },
        await readPageAssets(),
      );
      await writeFile(file, page);
    },
  };
}
