import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Canary, LiveSettings } from '@portcullis/pipeline/live';

/** Calls under way at a time. */
const AT_ONCE = 10;

/**
 * Makes a call in each place that its trail should bring here.
 *
 * @returns what failed, each once: a call that is refused leaves no event to wait for
 */
export async function callCanaries(
  canaries: readonly Canary[],
  call: (canary: Canary) => Promise<void>,
): Promise<readonly string[]> {
  const errors = new Set<string>();
  const waiting = [...canaries];
  const callNext = async (): Promise<void> => {
    for (let canary = waiting.shift(); canary; canary = waiting.shift()) {
      const { account, region } = canary;
      await call(canary).catch((error: unknown) => errors.add(`canary in ${account}, ${region}: ${String(error)}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, callNext));
  return [...errors];
}

/** Asks STS of the region who we are; in another account, by taking up its member role, which is a call there too. */
export function stsCanary(
  { account: own }: LiveSettings['home'],
  memberRole: string,
): (canary: Canary) => Promise<void> {
  const clients = new Map<string, STSClient>();
  return async ({ account, region }) => {
    const sts = clients.get(region) ?? new STSClient({ region, maxAttempts: 2 });
    clients.set(region, sts);
    if (account === own) {
      await sts.send(new GetCallerIdentityCommand({}));
    } else {
      await sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${account}:role/${memberRole}`,
          RoleSessionName: 'portcullis-canary',
          DurationSeconds: 900,
        }),
      );
    }
  };
}
