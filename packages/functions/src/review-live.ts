import type { ReviewStore } from '@portcullis/aws';
import { configVersion, type Settings } from '@portcullis/config';
import { BASELINE_VERSION, eachBaseline, type LivePorts } from '@portcullis/pipeline/live';
import {
  type AuthorizationSource,
  boundedReviewEvent,
  createBaselineUsage,
  DEFAULT_REVIEW,
  permissionReviewEvent,
  type ReviewSettings,
  readAuthorization,
  review,
} from '@portcullis/review';

/** What a review came to. */
export interface LiveReview {
  readonly principals: number;
  /** Proposals, told before or not. */
  readonly proposed: number;
  /** Left alone for want of history, or because it cannot be shown that everything would go on working. */
  readonly refused: number;
}

/**
 * Sets what everybody may do against what live baselines remember, keeps each proposal in full, and leaves word of it to be published.
 *
 * May be repeated: a proposal that stands as it was told is not told again.
 */
export async function reviewLive(
  source: AuthorizationSource,
  ports: Pick<LivePorts, 'snapshots' | 'baselines' | 'alerts'>,
  store: ReviewStore,
  settings: Settings,
): Promise<LiveReview> {
  const principals = await readAuthorization(source);
  const collector = createBaselineUsage();
  for await (const { actorId, baseline, known } of eachBaseline(ports)) collector.add(actorId, baseline, known);
  const reviews = review(principals, collector.usage(), reviewSettings(settings));
  const context = { mode: 'live', configVersion: configVersion(settings), baselineVersion: BASELINE_VERSION } as const;
  let proposed = 0;
  for (const one of reviews) {
    if (one.kind !== 'proposed' && one.kind !== 'unused') continue;
    const event = permissionReviewEvent(one, context);
    if (event === undefined) continue;
    const bounded = boundedReviewEvent(event, await store.put(event));
    await ports.alerts.add([{ key: event.detail.metadata.idempotencyKey, event: bounded }]);
    proposed += 1;
  }
  const refused = reviews.filter(({ kind }) => kind === 'refused').length;
  return { principals: principals.length, proposed, refused };
}

function reviewSettings({ review: { minDays, margin, dataEvents, keep } }: Settings): ReviewSettings {
  const merged = [...DEFAULT_REVIEW.keep, ...keep];
  return { ...DEFAULT_REVIEW, minDays, margin, dataEvents: new Set(dataEvents), keep: merged };
}
