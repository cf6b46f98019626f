import type { EpochMs } from '@portcullis/event';
import type { CloudTrailRecord, JsonObject } from '../record/cloudtrail-record.ts';
import type { RecordedEvent } from './read-recordings.ts';

/** Somebody in a background whose credentials an attack may have. */
export interface RecordedPrincipal {
  /** ARN of the role or user. */
  readonly arn: string;
  readonly account: string;
  /** Where it is mostly seen, from where and with what. */
  readonly region: string;
  readonly address: string;
  readonly userAgent: string;
  /** Times of its events, ascending. */
  readonly times: readonly EpochMs[];
  /** Its identity as of the last event until then, else the first. */
  identityAt(time: EpochMs): JsonObject;
}

/** `arn:aws:sts::111122223333:assumed-role/name/session` */
const ASSUMED_ROLE = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)/;
const ADDRESS = /^[\d.]+$|:/;

/**
 * All callers of their own accord in a background, busiest first. What AWS services do for them does not count, as
 * nobody can hold those credentials.
 *
 * @param events - in order of time
 */
export function recordedPrincipals(events: readonly RecordedEvent[]): readonly RecordedPrincipal[] {
  const callers = events.flatMap((event) => {
    const arn = principalOf(event.record);
    return arn === undefined ? [] : [{ arn, event }];
  });
  return [...Map.groupBy(callers, ({ arn }) => arn)]
    .map(([arn, own]) =>
      principal(
        arn,
        own.map(({ event }) => event),
      ),
    )
    .sort((a, b) => b.times.length - a.times.length || (a.arn < b.arn ? -1 : 1));
}

function principalOf({ userIdentity, sourceIPAddress }: CloudTrailRecord): string | undefined {
  const { arn, invokedBy } = userIdentity;
  if (typeof arn !== 'string' || invokedBy !== undefined || !ADDRESS.test(String(sourceIPAddress))) return undefined;
  const [, partition, account, role] = ASSUMED_ROLE.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}

function principal(arn: string, events: readonly RecordedEvent[]): RecordedPrincipal {
  const records = events.map(({ record }) => record);
  const identities = records.map(({ userIdentity }) => userIdentity);
  const times = events.map(({ time }) => time);
  return {
    arn,
    account: String(identities[0]?.accountId ?? records[0]?.recipientAccountId),
    region: mostCommon(records.map(({ awsRegion }) => awsRegion)),
    address: mostCommon(records.map(({ sourceIPAddress }) => sourceIPAddress)),
    userAgent: mostCommon(records.map(({ userAgent }) => userAgent)),
    times,
    identityAt(time) {
      const until = times.findLastIndex((seen) => seen <= time);
      return identities[Math.max(0, until)] ?? {};
    },
  };
}

function mostCommon(values: readonly string[]): string {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0] as const)[0];
}
