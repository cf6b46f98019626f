import type { AnomalyEvent } from '@portcullis/contract';

/** Jira takes 255 characters in a title and 32,767 in a text. */
const MAX_TITLE = 255;
const MAX_TEXT = 30_000;

/** Title and text of a revision, plain: how they are shown safely is the business of the adapter. */
export function ticketText(event: AnomalyEvent): { readonly title: string; readonly text: string } {
  const { metadata, data } = event.detail;
  const { actor, expectedPerWeek, response, verdict } = data;
  const lines = [
    `${event['detail-type']}, revision ${metadata.revision}: ${data.severity}, score ${data.score} of 100, confidence ${data.confidence}`,
    `Who: ${actor.arn ?? actor.name} (${actor.kind})`,
    `Where: account ${data.account}, ${data.region}`,
    `When: ${data.firstSeen} to ${data.lastSeen}, ${data.eventCount} events`,
    `Normal operation gets this far ${expectedPerWeek.value} times a week`,
    ...(verdict === undefined ? [] : [`Answered: ${verdict.verdict} by ${verdict.by}: ${verdict.reason}`]),
    '',
    ...data.evidence.map(
      ({ observed, usual, reason, note }) =>
        `- ${observed}; usual: ${usual}; ${reason}${note === undefined ? '' : ` (${note})`}`,
    ),
    ...response.plan.map(
      ({ action, actions, target }) => `Planned, not done: ${[action, ...actions].join(' ')} on ${target}`,
    ),
    '',
    `Episode ${metadata.id}; events ${data.eventIds.slice(0, 10).join(', ')}`,
  ];
  return { title: clip(oneLine(data.title), MAX_TITLE), text: clip(lines.map(oneLine).join('\n'), MAX_TEXT) };
}

/** Text from logs cannot begin a line of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
