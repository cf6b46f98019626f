import { SignCommand } from '@aws-sdk/client-kms';
import { awsConfigFrom, awsPorts, createClients, readSettings } from '@portcullis/aws';
import { configVersion } from '@portcullis/config';
import { kmsSigner, type SignableEvent, signEvent } from '@portcullis/contract/verify';
import { type LivePorts, type LiveSettings, liveSettings } from '@portcullis/pipeline/live';
import type { Environment } from './environment.ts';

/** What every handler starts with. */
export interface LiveLane {
  readonly ports: LivePorts;
  /** As of the cold start or the last time that somebody asked for fresh ones. */
  readonly settings: () => Promise<LiveSettings>;
  readonly clients: ReturnType<typeof createClients>;
}

/** Settings that a warm container keeps: a new deployment replaces containers anyway, other writers are waited for. */
const SETTINGS_KEPT_MS = 5 * 60_000;

/**
 * Connects to what the stacks have made, at the cold start.
 *
 * @throws {ConfigurationError} naming what is not set
 */
export function liveLane(
  { account, feed, signingKey }: Environment,
  variables = process.env,
  now = Date.now,
): LiveLane {
  const config = awsConfigFrom(variables);
  const home = { account, region: config.region };
  const clients = createClients(config);
  let known: { readonly settings: LiveSettings; readonly at: number } | undefined;
  return {
    clients,
    ports: awsPorts(config, { clients, sign: signingKey ? signer(signingKey, clients) : undefined }),
    async settings() {
      if (known !== undefined && now() - known.at < SETTINGS_KEPT_MS) return known.settings;
      const settings = await readSettings(clients.ssm, config.settingsParameter);
      // The same object for the same settings, so that what hangs on it stays warm
      const same = known !== undefined && configVersion(known.settings.pipeline) === configVersion(settings);
      known = { settings: same && known ? known.settings : liveSettings(settings, { home, feed }), at: now() };
      return known.settings;
    },
  };
}

function signer(keyArn: string, { kms }: LiveLane['clients']) {
  const signing = kmsSigner(keyArn, (request) => kms.send(new SignCommand(request)));
  return <Event extends SignableEvent>(event: Event): Promise<Event> => signEvent(event, signing);
}
