import { DAY_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { firstSeenActions } from './first-seen-action.ts';

const alertAfter = MONDAY + 7 * DAY_MS;
const create = anAction('iam:CreateAccessKey');
const orders = anActor({ name: 'orders-api' });
const mail = anActor({ name: 'mail' });

it.each([
  {
    events: [{ actor: orders, action: create, time: MONDAY }],
    alerts: [],
    why: 'first seen while learning',
  },
  {
    events: [
      { actor: orders, action: create, time: MONDAY },
      { actor: orders, action: create, time: alertAfter },
    ],
    alerts: [],
    why: 'known since learning',
  },
  {
    events: [
      { actor: orders, action: create, time: MONDAY },
      { actor: mail, action: create, time: alertAfter, id: 'a' },
    ],
    alerts: [['a']],
    why: 'known to another actor only',
  },
  {
    events: [
      { actor: mail, action: create, time: alertAfter + DAY_MS, id: 'c' },
      { actor: mail, action: create, time: alertAfter + 1, id: 'b' },
      { actor: mail, action: anAction('iam:ListUsers'), time: alertAfter, id: 'a' },
    ],
    alerts: [['a', 'b']],
    why: 'two on one day are one alert; order of arrival does not matter; a second use is not first',
  },
])('first-seen action: $why', ({ events, alerts }) => {
  const raised = firstSeenActions(
    events.map((event) => anActivityEvent(event)),
    alertAfter,
  );

  expect(raised.map(({ eventIds }) => eventIds)).toEqual(alerts);
});
