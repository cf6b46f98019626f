import { type EpochMs, HOUR_MS, SECOND_MS } from '@portcullis/event';
import { assumeRole, assumeRoleWithWebIdentity } from '../calls/identity.ts';
import type { Random } from '../random.ts';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import { type Client, federatedUser, roleSession } from '../record/caller.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { buildRunnerAddress } from '../record/networks.ts';
import type { Day, SimulatedActor, SimulatedRecord } from '../world.ts';
import { inSequence, recorded } from './recorded.ts';

const PROVIDER = 'token.actions.githubusercontent.com';
const RUNNER_AGENT = 'aws-sdk-js/3.922.0 ua/2.1 os/linux#6.11.0-1018-azure lang/js md/nodejs#24.9.0 api/lambda#3.922.0';

/** The day of a run, and the run's number on that day, counted from 0. */
export type RunDay = Day & { readonly number: number };

export interface PipelineProfile {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly roleName: string;
  /** On average; at least one. */
  readonly runsPerWeekday: number;
  /** UTC hours in which runs start. */
  readonly hours: readonly [from: number, to: number];
  readonly steps: (day: RunDay, random: Random) => readonly Call[];
  /** A further role for the release part of a run. */
  readonly release?: {
    readonly roleName: string;
    readonly steps: (day: RunDay, random: Random) => readonly Call[];
  };
}

/** A GitHub Actions pipeline: each run has a machine, address and session of its own. */
export function pipelineRuns(account: Account, profile: PipelineProfile): SimulatedActor {
  return {
    id: `pipeline/${profile.repository}`,
    act(day, random) {
      const weekday = day.weekday >= 1 && day.weekday <= 5;
      const runs = weekday ? 1 + random.count(profile.runsPerWeekday - 1) : random.count(profile.runsPerWeekday / 12);
      const [from, to] = profile.hours;
      return Array.from({ length: runs }, (_, number) => {
        const start = day.start + (from + random.float() * (to - from)) * HOUR_MS;
        return run(account, profile, { ...day, number }, start, random);
      }).flat();
    },
  };
}

function run(
  account: Account,
  profile: PipelineProfile,
  day: RunDay,
  start: EpochMs,
  random: Random,
): SimulatedRecord[] {
  const client: Client = { address: buildRunnerAddress(random), userAgent: RUNNER_AGENT };
  const runId = random.int(1_000_000_000, 9_999_999_999);
  const assumption = {
    roleName: profile.roleName,
    sessionName: 'GitHubActions',
    accessKeyId: accessKeyIdOf('ASIA', profile.roleName, runId),
    at: start,
  };
  const token = federatedUser(
    account,
    {
      type: 'WebIdentityUser',
      provider: arnOf(account, 'iam', `oidc-provider/${PROVIDER}`),
      subject: `repo:${profile.repository}:ref:refs/heads/main`,
    },
    client,
  );
  const caller = roleSession(
    account,
    { ...assumption, since: start, federatedProvider: arnOf(account, 'iam', `oidc-provider/${PROVIDER}`) },
    client,
  );
  const build = inSequence(caller, profile.steps(day, random), start + 40 * SECOND_MS, 6 * SECOND_MS, random);
  const records = [recorded(token, assumeRoleWithWebIdentity(account, assumption, PROVIDER), start, random), ...build];
  if (profile.release === undefined) return records;

  const released = (build.at(-1)?.time ?? start) + 5 * SECOND_MS;
  const releaseAssumption = {
    roleName: profile.release.roleName,
    sessionName: `release-${runId}`,
    accessKeyId: accessKeyIdOf('ASIA', profile.release.roleName, runId),
    at: released,
  };
  const releaser = roleSession(account, { ...releaseAssumption, since: released }, client);
  return [
    ...records,
    recorded(caller, assumeRole(account, releaseAssumption), released, random),
    ...inSequence(releaser, profile.release.steps(day, random), released + SECOND_MS, 8 * SECOND_MS, random),
  ];
}
