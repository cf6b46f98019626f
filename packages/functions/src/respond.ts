import { respondToAlert } from '@portcullis/respond';
import { leading } from './leading.ts';
import { pointerIn } from './response-pointer.ts';
import { sweepsAfter, wakingsOf } from './schedules.ts';
import { observed } from './telemetry.ts';

const { ports, stores, policy, setWaking } = leading();

/** Responds to an alert, and comes back to it when the logs have told of the race. */
export const handler = observed(async (event: unknown) => {
  const pointer = pointerIn(event);
  if (pointer === undefined) return { answer: undefined, figures: { Unreadable: 1 } };
  const { kind, outcomes } = await respondToAlert(pointer, await policy(), stores, ports);
  const acted = outcomes.filter(({ outcome }) => outcome.kind !== 'observed');
  const wakings = [
    ...(acted.length > 0 && !pointer.isSweep ? sweepsAfter(pointer.id, ports.now()) : []),
    ...(acted.length > 0 ? await wakingsOf(ports.ledger, ports.now()) : []),
  ];
  for (const waking of wakings) await setWaking(waking);
  const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome.kind === wanted).length;
  return {
    answer: undefined,
    figures: {
      Responded: kind === 'responded' ? 1 : 0,
      NotLive: kind === 'not-live' ? 1 : 0,
      NoAlert: kind === 'no-alert' ? 1 : 0,
      Proposed: count('proposed'),
      Verified: count('verified'),
      Failed: count('failed'),
      Held: count('held'),
    },
    errors: outcomes.flatMap(({ cut, outcome }) =>
      outcome.kind === 'failed' ? [`${cut.action} ${cut.id}: ${outcome.step ?? ''} ${outcome.cause}`] : [],
    ),
  };
});
