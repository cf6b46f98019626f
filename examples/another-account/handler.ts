import { takeAlert } from './take-alert.ts';

const { PUBLISHER_ACCOUNT = '', PUBLIC_KEYS = '' } = process.env;

export const handler = (event: unknown): Promise<void> =>
  takeAlert(event, {
    publisherAccount: PUBLISHER_ACCOUNT,
    publicKeys: JSON.parse(PUBLIC_KEYS),
    now: Date.now,
    log: console,
  });
