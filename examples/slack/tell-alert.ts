import { toOcsf } from '@portcullis/contract';
import { type PublicKeys, revisionSeries, verifyAlert } from '@portcullis/contract/verify';
import { postJson, type Web } from './post-json.ts';
import { slackMessage } from './slack-message.ts';

export interface Telling extends Web {
  readonly publisherAccount: string;
  readonly publicKeys: PublicKeys;
  readonly format: 'slack' | 'ocsf';
  readonly told: Map<string, number>;
  readonly readWebhook: () => Promise<string>;
  readonly now: () => number;
  readonly log: Pick<Console, 'warn'>;
}

/** Tells one alert, once, if it is ours. What is refused is done with: only what could not be delivered is tried again. */
export async function tellAlert(event: unknown, { told, readWebhook, now, log, ...options }: Telling): Promise<void> {
  const { publisherAccount, publicKeys, format } = options;
  const alert = await verifyAlert(event, {
    publisherAccount,
    publicKeys,
    now: now(),
    lastRevision: (series) => told.get(series),
  });
  if (alert.kind === 'refused') {
    log.warn(JSON.stringify({ refused: alert.reason, detail: alert.detail }));
    return;
  }
  const body = format === 'ocsf' ? toOcsf(alert.event) : slackMessage(alert.event);
  await postJson(await readWebhook(), body, options);
  told.set(revisionSeries(alert.event), alert.event.detail.metadata.revision);
}
