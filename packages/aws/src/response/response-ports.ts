import { setTimeout as sleep } from 'node:timers/promises';
import { STSClient } from '@aws-sdk/client-sts';
import type { EventMode, RevocationEvent } from '@portcullis/contract';
import { DAY_MS, dayOf } from '@portcullis/event';
import type { AlertSink } from '@portcullis/pipeline/live';
import type { CallAws, GuardFacts, LookStore, ResponsePorts, ResponseStores } from '@portcullis/respond';
import { type AwsOptions, awsPorts } from '../aws-ports.ts';
import { type ClientSettings, clientSettings, createClients } from '../clients.ts';
import type { AwsConfig } from '../config.ts';
import { StillRefusedError } from '../errors.ts';
import { looksIn } from './account-looks.ts';
import { blockedAttemptsIn } from './blocked-attempts.ts';
import { awsCaller } from './call-aws.ts';
import { dynamoLedger } from './dynamo-ledger.ts';
import { ssmKillSwitch } from './kill-switch.ts';
import { knownState } from './known-state.ts';
import type { ResponseConfig } from './response-config.ts';
import { responseStores } from './response-stores.ts';
import { roleCredentials } from './role-credentials.ts';

/** Actors that were seen within it count as active. */
const ACTIVE_DAYS = 7;

export interface ResponseOptions extends AwsOptions {
  /** The lane; only `live` acts. */
  readonly mode: EventMode;
  readonly configVersion: string;
  pause?(milliseconds: number): Promise<void>;
  /** Of the clients that act; those that only read our own stores are in `clients`. */
  readonly settings?: ClientSettings;
  /** In place of calls by our roles. */
  readonly call?: CallAws;
}

/** All that acting needs, and all that a plan rests on, on AWS. Makes no call before one of them is used. */
export function responsePorts(
  config: AwsConfig,
  response: ResponseConfig,
  {
    mode,
    configVersion,
    clients = createClients(config),
    now = Date.now,
    sign,
    pause = pauseFor,
    settings = clientSettings(config),
    call = awsCaller(settings, response, roleCredentials(new STSClient(settings), response, now)),
  }: ResponseOptions,
): { readonly ports: ResponsePorts; readonly stores: ResponseStores & GuardFacts; readonly looks: LookStore } {
  const lane = awsPorts(config, { clients, now, sign });
  const known = knownState(lane.snapshots, now);
  const looks = looksIn(clients.s3, config.buckets.state);
  return {
    ports: {
      now,
      pause,
      call,
      mode,
      configVersion,
      ledger: dynamoLedger(clients.dynamo, config.tables),
      publish: (event) => publishOn(lane.sink, event),
      killSwitch: ssmKillSwitch(clients.ssm, response.killSwitchParameter),
      async activeActors(account) {
        const from = dayOf(now() - ACTIVE_DAYS * DAY_MS);
        const { lastDays } = await known.state();
        return [...lastDays].filter(([id, day]) => day >= from && id.startsWith(`${account}/`)).length;
      },
      blockedAttempts: blockedAttemptsIn(lane.evidence),
    },
    stores: responseStores({ s3: clients.s3, bucket: config.buckets.state }, response, lane, known, looks, now),
    looks,
  };
}

/** The caller's line is in the ledger by then: what the bus refuses, whoever comes next tells again. */
async function publishOn(sink: AlertSink, event: RevocationEvent): Promise<void> {
  const refused = await sink.publish([event]);
  const reason = refused.get(0);
  if (reason !== undefined) throw new StillRefusedError(event.detail.metadata.idempotencyKey, 1, reason);
}

async function pauseFor(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}
