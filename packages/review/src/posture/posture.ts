import { DAY_MS, type EpochMs, HOUR_MS, isoTime } from '@portcullis/event';
import type { Principal } from '../authorization/authorization.ts';
import { isObject } from '../policy/json.ts';
import type { TrustedPrincipal, TrustStatement } from '../policy/statement.ts';
import { CHECKS, type Check, type PostureFinding } from './check.ts';
import type { CredentialUse, KeyUse, SubjectUse } from './collect-credentials.ts';
import type { UserCredentials } from './credential-report.ts';

/** What a posture report rests on; the more is given, the more it says. */
export interface PostureInput {
  readonly use: CredentialUse;
  readonly principals?: readonly Principal[];
  readonly report?: readonly UserCredentials[];
}

export interface PostureSettings {
  /** Keys older than this should have been replaced. */
  readonly maxKeyAgeDays: number;
  /** Keys and passwords unused for this long can go. */
  readonly unusedDays: number;
}

const DEFAULT_POSTURE: PostureSettings = { maxKeyAgeDays: 90, unusedDays: 90 };

/** Credentials that should expire and do not; a report for a week or any other time. */
export interface Posture {
  readonly version: '1';
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly accounts: readonly string[];
  /** What the report had to look at: without it some checks say nothing. */
  readonly basis: readonly ('events' | 'authorization-details' | 'credential-report')[];
  readonly counts: Readonly<Record<Check, number>>;
  /** In the order of the checks, then by subject. */
  readonly findings: readonly PostureFinding[];
}

export function posture(input: PostureInput, settings: Partial<PostureSettings> = {}): Posture {
  const { use, principals, report } = input;
  const filled = { ...DEFAULT_POSTURE, ...settings };
  const findings = [
    ...eventFindings(use, filled),
    ...(principals ?? []).flatMap(openRoles),
    ...(use.span === undefined ? [] : (report ?? []).flatMap((user) => userFindings(user, use.span?.to ?? 0, filled))),
  ].sort(
    (a, b) =>
      CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check) ||
      compare(a.account, b.account) ||
      compare(a.subject, b.subject) ||
      compare(a.detail, b.detail),
  );
  const counts = Object.fromEntries(CHECKS.map((check) => [check, 0])) as Record<Check, number>;
  for (const { check } of findings) counts[check] += 1;
  return {
    version: '1',
    from: use.span && isoTime(use.span.from),
    to: use.span && isoTime(use.span.to),
    accounts: [...use.accounts].sort(),
    basis: [
      'events',
      ...(principals === undefined ? [] : (['authorization-details'] as const)),
      ...(report === undefined ? [] : (['credential-report'] as const)),
    ],
    counts,
    findings,
  };
}

function eventFindings(use: CredentialUse, settings: PostureSettings): readonly PostureFinding[] {
  const at = use.span?.to ?? 0;
  return [
    ...[...use.roots.values()].map((one) => found('root-use', one, `${times(one.count, 'call')} by the root user`)),
    ...[...use.passwords.values()].map((one) =>
      found('console-without-mfa', one, `signed in ${times(one.count, 'time')} with a password alone`),
    ),
    ...[...use.federation.values()].map((one) =>
      found('federation-token', one, `handed out ${times(one.count, 'federation token')}`),
    ),
    ...[...use.longSessions.values()].map((one) =>
      found('long-session', one, `one session in use for ${Math.floor((one.to - one.from) / HOUR_MS)} hours`),
    ),
    ...[...use.foreign.values()].map((one) =>
      found(
        'role-open-to-outside',
        one,
        `taken up ${times(one.count, 'time')} from account ${[...one.by].sort().join(', ')}`,
      ),
    ),
    ...[...use.keys].flatMap(([id, one]) => keyFindings(id, one, at, settings)),
  ];
}

function keyFindings(
  id: string,
  key: KeyUse,
  at: EpochMs,
  { maxKeyAgeDays }: PostureSettings,
): readonly PostureFinding[] {
  if (key.root) return [found('root-key', key, `${id}, ${times(key.count, 'call')}`)];
  const age = days(at - (key.madeAt ?? key.from));
  const known = key.madeAt === undefined ? `in use for at least ${times(age, 'day')}` : `made ${times(age, 'day')} ago`;
  const where = key.networks.size > 1 ? `, from ${key.networks.size} networks` : '';
  const use = found('long-lived-key', key, `${id}, ${known}, ${times(key.count, 'call')}${where}`);
  return age > maxKeyAgeDays ? [use, found('key-not-rotated', key, `${id}, ${known}`)] : [use];
}

function userFindings(
  { arn, account, root, password, passwordUsedAt, mfa, createdAt, keys }: UserCredentials,
  at: EpochMs,
  { maxKeyAgeDays, unusedDays }: PostureSettings,
): readonly PostureFinding[] {
  const say = (check: Check, detail: string): PostureFinding => ({ check, account, subject: arn, detail });
  const unusedFor = (usedAt: EpochMs | undefined, since: EpochMs | undefined) => days(at - (usedAt ?? since ?? at));
  const ofKeys = keys.flatMap(({ rotatedAt, usedAt }, index) => {
    const name = `access key ${index + 1}`;
    if (root) return [say('root-key', `${name} is active`)];
    const age = days(at - (rotatedAt ?? at));
    const idle = unusedFor(usedAt, rotatedAt);
    return [
      ...(age > maxKeyAgeDays ? [say('key-not-rotated', `${name} is ${times(age, 'day')} old`)] : []),
      ...(idle > unusedDays ? [say('key-unused', `${name} was not used for ${times(idle, 'day')}`)] : []),
    ];
  });
  const idle = unusedFor(passwordUsedAt, createdAt);
  return [
    ...ofKeys,
    ...((password || root) && !mfa ? [say('console-without-mfa', 'could sign in with a password alone')] : []),
    ...(password && !root && idle > unusedDays ? [say('password-unused', `not used for ${times(idle, 'day')}`)] : []),
  ];
}

/** Roles that trust somebody outside: without any condition it takes no more than a name. */
function openRoles({ trust, account, arn }: Principal): readonly PostureFinding[] {
  return trust
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      statement.principals
        .map((principal) => outside(principal, account, statement))
        .filter((detail) => detail !== undefined)
        .map((detail): PostureFinding => ({ check: 'role-open-to-outside', account, subject: arn, detail })),
    );
}

function outside({ kind, name }: TrustedPrincipal, own: string, { written }: TrustStatement): string | undefined {
  const condition = isObject(written.Condition) ? written.Condition : {};
  const keys = Object.values(condition).flatMap((block) => (isObject(block) ? Object.keys(block) : []));
  const isBound = keys.length > 0;
  if (kind === 'Service') return undefined;
  if (kind === 'Federated') {
    const bySubject = keys.some((key) => /:(?:sub|repository|job_workflow_ref|namespace)$/i.test(key));
    const isOidc = name.includes('oidc-provider/');
    return isOidc && !bySubject ? `trusts ${name} for whatever subject` : undefined;
  }
  if (name === '*') return isBound ? 'trusts everybody, on a condition' : 'trusts everybody';
  const account = /^\d{12}$/.test(name) ? name : (name.split(':')[4] ?? '');
  if (account === own || account === '') return undefined;
  return `trusts ${name}${isBound ? ', on a condition' : ', on no condition'}`;
}

function found(check: Check, { account, subject, count, from, to }: SubjectUse, detail: string): PostureFinding {
  return { check, account, subject, detail, count, firstSeen: isoTime(from), lastSeen: isoTime(to) };
}

function days(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

function times(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
