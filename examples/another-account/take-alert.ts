import { toOcsf } from '@portcullis/contract';
import { type PublicKeys, verifyAlert } from '@portcullis/contract/verify';

export interface Taking {
  readonly publisherAccount: string;
  readonly publicKeys: PublicKeys;
  readonly now: () => number;
  readonly log: Pick<Console, 'log' | 'warn'>;
}

/** Writes an alert that is ours to the log, as one line of OCSF; put here what your team does with it. */
export async function takeAlert(event: unknown, { log, now, ...trusted }: Taking): Promise<void> {
  const alert = await verifyAlert(event, { ...trusted, now: now() });
  if (alert.kind === 'refused') log.warn(JSON.stringify({ refused: alert.reason, detail: alert.detail }));
  else log.log(JSON.stringify(toOcsf(alert.event)));
}
