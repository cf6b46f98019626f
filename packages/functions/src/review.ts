import { accountAuthorization, awsConfigFrom, s3ReviewStore } from '@portcullis/aws';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { reviewLive } from './review-live.ts';
import { observed } from './telemetry.ts';

const { ports, settings, clients } = liveLane(readEnvironment(process.env, ['account']));
const { region, endpoint, buckets } = awsConfigFrom(process.env);
const store = s3ReviewStore(clients.s3, buckets.evidence);

/** Proposes to allow less, where less was used. Woken once a week or month; changes nothing in any account. */
export const handler = observed(async () => {
  const { pipeline } = await settings();
  const { reviewRoles } = pipeline.deploy;
  const shared = { region, endpoint };
  const source = {
    async *pages() {
      yield* accountAuthorization(shared).pages();
      if (reviewRoles.length > 0) yield* accountAuthorization({ ...shared, roles: reviewRoles }).pages();
    },
  };
  const { principals, proposed, refused } = await reviewLive(source, ports, store, pipeline);
  return { answer: undefined, figures: { Reviewed: principals, ReviewsProposed: proposed, ReviewsRefused: refused } };
});
