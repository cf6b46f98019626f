import type { EpochMs } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { CloudTrailRecord, JsonObject } from '../record/cloudtrail-record.ts';
import { HOSTING } from '../record/networks.ts';
import type { SimulatedRecord } from '../world.ts';
import type { AttackRecording } from './read-recordings.ts';
import type { RecordedPrincipal } from './recorded-principals.ts';

/** Where a replayed attack seems to come from: an intruder's machine, or the victim's usual place and tool. */
export type Side = 'foreign' | 'own';

const INTRUDER = {
  address: HOSTING.vps,
  userAgent: 'aws-cli/2.28.11 md/awscrt#0.27.6 ua/2.1 os/linux#6.12.38+kali-amd64 md/arch#x86_64 lang/python#3.13.5',
};

/** Names of the tools that made the recordings; in resource names they would give the attack away. */
const TOOL_NAMES = /stratus[-_ ]?red[-_ ]?team|stratus/gi;
const ACCOUNT_ID = /(?<!\d)\d{12}(?!\d)/g;
/** Anonymizing has scrambled `0.0.0.0/0`. */
const WHOLE_INTERNET = /"\d{1,3}(?:\.\d{1,3}){3}\/0"/g;
/** Shorter names of regions occur in other words. */
const LEAST_REGION_LENGTH = 7;
const IN_US_EAST_1 = new Set(['iam.amazonaws.com', 'organizations.amazonaws.com']);

/**
 * Rewrites a recorded attack as if a principal of another account had done it.
 *
 * Identity, account, region, time, address, agent and ids are the victim's or new, gaps between calls are kept. What was
 * called on what, and how it ended, stays as recorded.
 */
export function injectRecording(
  { id, events }: AttackRecording,
  victim: RecordedPrincipal,
  { at, side, random }: { readonly at: EpochMs; readonly side: Side; readonly random: Random },
): readonly SimulatedRecord[] {
  const identity = victim.identityAt(at);
  const first = events[0]?.time ?? at;
  const rewrite = rewriter(
    events.map(({ record }) => record),
    victim,
  );
  const client = side === 'own' ? victim : INTRUDER;
  return events.map(({ time, record }): SimulatedRecord => {
    const now = at + time - first;
    const rewritten: CloudTrailRecord = {
      ...rewrite(record),
      userIdentity: record.eventName === 'ConsoleLogin' ? withoutSession(identity) : identity,
      eventTime: new Date(now - (now % 1000)).toISOString().replace('.000Z', 'Z'),
      eventID: random.uuid(),
      ...(record.requestID !== undefined && { requestID: random.uuid() }),
      awsRegion: IN_US_EAST_1.has(record.eventSource) ? 'us-east-1' : victim.region,
      sourceIPAddress: client.address,
      userAgent: client.userAgent,
      recipientAccountId: victim.account,
    };
    return { time: now, record: rewritten, label: { story: id, step: record.eventName, technique: id } };
  });
}

/** Puts the victim's account and region in the place of the recorded ones, wherever they occur. */
function rewriter(
  records: readonly CloudTrailRecord[],
  { account, region }: RecordedPrincipal,
): (record: CloudTrailRecord) => CloudTrailRecord {
  const accounts = new Set(records.flatMap((record) => [record.recipientAccountId, record.userIdentity.accountId]));
  const regions = new Set(
    records.map(({ awsRegion }) => awsRegion).filter((name) => name.length >= LEAST_REGION_LENGTH),
  );
  return (record) => {
    let text = JSON.stringify(record)
      .replace(ACCOUNT_ID, (found) => (accounts.has(found) ? account : found))
      .replace(WHOLE_INTERNET, '"0.0.0.0/0"')
      .replace(TOOL_NAMES, 'app');
    for (const name of regions) text = text.replaceAll(name, region);
    return JSON.parse(text);
  };
}

/** A login happens before there is a session. */
function withoutSession({ accessKeyId: _, sessionContext: __, ...identity }: JsonObject): JsonObject {
  return identity;
}
