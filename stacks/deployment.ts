/// <reference path="../.sst/platform/config.d.ts" />
import { parseSettings, type Settings } from '@portcullis/config';
import config from '../portcullis.config.ts';

export type Text = $util.Input<string>;

/** All settings, checked; nothing is created from wrong ones. */
export const settings: Settings = parseSettings(config, 'portcullis.config.ts');

export const { deploy } = settings;

const { accountId } = aws.getCallerIdentityOutput({});
export const { partition } = aws.getPartitionOutput({});

export const account: Text = accountId;
/** Deployed into; single events of other regions are forwarded here. */
export const home: Text = aws.getRegionOutput({}).region;

/** Everything is named alike, so that a policy can name everything, and logs of our own are told by their name. */
export const PREFIX = `${$app.name}-${$app.stage}`;

/** Whether what is kept outlives the stage; decided in `sst.config.ts` by its name. */
export const lasting = $app.removal !== 'remove';

/** What encrypts or holds evidence outlives its stage, like the tables and buckets that SST keeps. */
export const kept = { retainOnDelete: lasting };

/** `named('activity')` is portcullis-production-activity. */
export function named(name: string): string {
  return `${PREFIX}-${name}`;
}

/** An ARN of this account and region; for other regions or none, say so. */
export function arn(
  service: string,
  rest: Text,
  { region = home, owner = account }: { region?: Text; owner?: Text } = {},
) {
  return $interpolate`arn:${partition}:${service}:${region}:${owner}:${rest}`;
}
