import type { AnomalyEvent, Severity } from '@portcullis/contract';
import { SEVERITIES } from '@portcullis/contract/names';
import { type PublicKeys, verifyAlert } from '@portcullis/contract/verify';
import { ticketText } from './ticket-text.ts';
import type { Priority, TicketStore, Tickets } from './tickets.ts';

export interface Following {
  readonly publisherAccount: string;
  readonly publicKeys: PublicKeys;
  /** Below it no ticket is made; one that exists is followed to its end. */
  readonly minSeverity: Severity;
  readonly tickets: Tickets;
  readonly store: TicketStore;
  readonly now: () => number;
  readonly log: Pick<Console, 'warn'>;
}

const PRIORITIES: Readonly<Record<Severity, Priority>> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Highest',
};

/**
 * One ticket an episode, brought up to each revision and closed with it.
 *
 * Runs one at a time (the template sees to it), and may fail and be repeated anywhere: the revision is remembered last, a ticket
 * whose key was not remembered is found by its label, and a comment that was written twice is the worst that happens. Each revision
 * holds the whole alert, so one that was overtaken has nothing to add.
 */
export async function followAlert(event: unknown, following: Following): Promise<void> {
  const { publisherAccount, publicKeys, store, now, log } = following;
  const alert = await verifyAlert(event, {
    publisherAccount,
    publicKeys,
    now: now(),
    lastRevision: async (series) => (await store.load(series))?.revision,
  });
  if (alert.kind === 'refused') {
    log.warn(JSON.stringify({ refused: alert.reason, detail: alert.detail }));
    return;
  }
  const { id, revision } = alert.event.detail.metadata;
  const before = (await store.load(id))?.key;
  const key = before === undefined ? await begin(alert.event, following) : await goOn(alert.event, before, following);
  // Also where there is no ticket: an older revision that comes after this one must not make it
  await store.save(id, { ...(key === undefined ? {} : { key }), revision });
}

/** @returns nothing where the alert is worth no ticket */
async function begin(event: AnomalyEvent, { tickets, store, minSeverity }: Following): Promise<string | undefined> {
  const { metadata, data } = event.detail;
  if (SEVERITIES.indexOf(data.severity) < SEVERITIES.indexOf(minSeverity)) return undefined;
  if (isOver(event)) return undefined;
  const label = labelOf(metadata.id);
  const key =
    (await tickets.find(label)) ?? (await tickets.create({ label, ...ticketText(event), ...priority(event) }));
  // Remembered at once, so that what fails after it goes on with this ticket
  await store.save(metadata.id, { key, revision: 0 });
  return key;
}

async function goOn(event: AnomalyEvent, key: string, { tickets }: Following): Promise<string> {
  const { title, text } = ticketText(event);
  await tickets.update(key, { title, ...priority(event) });
  await tickets.comment(key, text);
  if (isOver(event)) await tickets.close(key);
  else if (event.detail.data.verdict?.verdict === 'reopened') await tickets.reopen(key);
  return key;
}

/** Ended by itself, or answered as harmless. */
function isOver(event: AnomalyEvent): boolean {
  const verdict = event.detail.data.verdict?.verdict;
  return event['detail-type'] === 'Anomaly Closed' || verdict === 'dismissed' || verdict === 'expected';
}

function priority({ detail: { data } }: AnomalyEvent): { readonly priority: Priority } {
  return { priority: PRIORITIES[data.severity] };
}

/** Labels are searched for, so nothing but letters, digits and dashes goes into one. */
function labelOf(episode: string): string {
  return `portcullis-${episode.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;
}
