import type { ActorDescription, FeatureDescription } from '@portcullis/pipeline';
import { amount } from '../amount.ts';
import { printable } from '../terminal-text.ts';

/** Values of one feature shown with their count and days. */
const MAX_VALUES = 12;

/** What is usual for an actor, for people. */
export function baselineText(actor: ActorDescription): string {
  const { id, known, firstDay, lastDay, activeDays, events, confidence, hourly, daily, episode } = actor;
  const name =
    known === undefined ? id : `${known.name} (${known.kind})${known.arn === undefined ? '' : ` ${known.arn}`}`;
  const facts: [string, string][] = [
    ['id', id],
    [
      'known',
      `${firstDay} to ${lastDay}: ${amount(events, 'event')} on ${amount(activeDays, 'active day')}; confidence ${confidence}`,
    ],
    ['per hour', rate(hourly, 'hour')],
    ['per day', rate(daily, 'day')],
  ];
  if (episode !== undefined)
    facts.push(['episode', `${episode} is open; portcullis explain tells more if it was told`]);
  return [
    printable(name),
    ...facts.map(([label, value]) => `  ${label.padEnd(10)}${printable(value)}`),
    '',
    ...actor.features.flatMap((feature) => [...featureLines(feature), '']),
  ].join('\n');
}

function rate({ mean, deviation, activeShare }: ActorDescription['hourly'], noun: string): string {
  if (activeShare === 0) return `not known yet: no finished ${noun}`;
  const share = `active in ${Math.round(activeShare * 100)} % of ${noun}s`;
  return `${short(mean)} calls in an active ${noun}, give or take ${short(deviation)}; ${share}`;
}

function featureLines({ feature, values, newPerActiveDay, named }: FeatureDescription): string[] {
  if (values === 0) return [`${feature}: none yet`];
  const shown = named.slice(0, MAX_VALUES);
  const width = Math.max(...shown.map(({ count: times }) => times.toLocaleString('en-US').length), 1);
  const lines = shown.map(
    ({ value, count: times, firstDay, lastDay }) =>
      `  ${times.toLocaleString('en-US').padStart(width)}  ${printable(value)}  ${firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}`,
  );
  const more = values - shown.length;
  if (more > 0) lines.push(`  and ${more} more${named.length < values ? ', of which the names are not kept' : ''}`);
  return [`${feature}: ${amount(values, 'value')}, ${short(newPerActiveDay)} new on an active day`, ...lines];
}

function short(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}
