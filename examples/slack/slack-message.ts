import type { AnomalyEvent } from '@portcullis/contract';

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

type Block =
  | { readonly type: 'header' | 'section'; readonly text: PlainText }
  | { readonly type: 'section'; readonly fields: readonly PlainText[] }
  | { readonly type: 'context'; readonly elements: readonly PlainText[] };

export interface SlackMessage {
  /** Shown in notifications. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Limits of Slack, in characters. */
const MAX_HEADER = 150;
const MAX_FIELD = 2000;
const MAX_SECTION = 3000;
const MAX_TEXT = 3000;
const MAX_EVIDENCE = 5;

/**
 * An alert as a message.
 *
 * Titles, names and evidence hold text that an attacker can choose. So all of it is `plain_text`, in which Slack makes no links and
 * calls nobody; only the line for notifications has no such form, and is escaped.
 */
export function slackMessage(event: AnomalyEvent): SlackMessage {
  const { metadata, data } = event.detail;
  const headline = `${data.severity} ${data.title}`;
  const evidence = data.evidence.filter(({ note }) => note === undefined).slice(0, MAX_EVIDENCE);
  return {
    text: escapeMrkdwn(clip(headline, MAX_TEXT / 5)),
    blocks: [
      { type: 'header', text: plain(headline, MAX_HEADER) },
      {
        type: 'section',
        fields: [
          field('Who', data.actor.arn ?? data.actor.name),
          field('Where', `${data.account}, ${data.region}`),
          field('Score', `${data.score} of 100, confidence ${data.confidence}`),
          field('In normal operation', `${data.expectedPerWeek.value} a week`),
        ],
      },
      ...evidence.map(({ observed, usual, reason }): Block => {
        const text = `${observed}\nUsual: ${usual}\n${reason}`;
        return { type: 'section', text: plain(text, MAX_SECTION) };
      }),
      {
        type: 'context',
        elements: [plain(`${event['detail-type']}, episode ${metadata.id}, revision ${metadata.revision}`, MAX_FIELD)],
      },
    ],
  };
}

/** What Slack asks to have escaped; without `<` there are no links and mentions. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function field(name: string, value: string): PlainText {
  return plain(`${name}\n${value}`, MAX_FIELD);
}

function plain(text: string, most: number): PlainText {
  return { type: 'plain_text', text: clip(text, most), emoji: false };
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
