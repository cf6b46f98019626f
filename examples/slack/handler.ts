import { setTimeout as wait } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { tellAlert } from './tell-alert.ts';
import { webhookReader } from './webhook-reader.ts';

const client = new SecretsManagerClient({});
const { PUBLISHER_ACCOUNT = '', PUBLIC_KEYS = '', WEBHOOK_SECRET_ARN = '', FORMAT = 'slack' } = process.env;
const SecretId = WEBHOOK_SECRET_ARN;

const readWebhook = webhookReader(
  async () => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString,
  Date.now,
);
/** Newest revision told, as long as this container lives: a repetition after that is one message too many, no more. */
const told = new Map<string, number>();

export const handler = (event: unknown): Promise<void> =>
  tellAlert(event, {
    publisherAccount: PUBLISHER_ACCOUNT,
    publicKeys: JSON.parse(PUBLIC_KEYS),
    format: FORMAT === 'ocsf' ? 'ocsf' : 'slack',
    told,
    readWebhook,
    now: Date.now,
    fetch,
    wait,
    log: console,
  });
