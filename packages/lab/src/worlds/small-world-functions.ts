import type { FunctionProfile } from '../actors/lambda-function.ts';
import { habit } from '../actors/recorded.ts';
import { getObject, putObject, startQuery, tableItem } from '../calls/data.ts';
import { getMetricData } from '../calls/operations.ts';
import { decrypt, getParameter, getSecretValue } from '../calls/secrets.ts';
import type { Account } from '../record/account.ts';

/** Share of an online shop's day per UTC hour: quiet at night, busiest in the evening. */
const SHOPPING = [2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 10, 9, 8, 8, 9, 10, 12, 13, 12, 9, 6, 4];
const EVEN = Array.from({ length: 24 }, () => 1);
const AT_TWO = EVEN.map((_, hour) => (hour === 2 ? 1 : 0));

const SECRETS_KEY = '5f0c1a2e-6a41-4e0a-9d0f-3a7d0d6b8c11';

/** The shop's functions. One of them is first deployed half way. */
export function shopFunctions(account: Account, days: number): readonly FunctionProfile[] {
  const secretAtStart = (secretName: string) => [
    { call: getSecretValue(account, secretName) },
    {
      call: decrypt(account, SECRETS_KEY, { SecretARN: secretName }),
      via: 'secretsmanager.amazonaws.com',
    },
  ];
  return [
    {
      functionName: 'orders-api',
      roleName: 'orders-api-role',
      callsPerDay: 260,
      rhythm: SHOPPING,
      environmentsPerDay: 9,
      habits: [
        habit(6, () => tableItem(account, 'GetItem', 'orders')),
        habit(4, () => tableItem(account, 'Query', 'orders')),
        habit(3, () => tableItem(account, 'PutItem', 'orders')),
        habit(2, () => tableItem(account, 'UpdateItem', 'carts')),
        habit(1, () => getParameter('/shop/features')),
      ],
      onStart: secretAtStart('shop/database'),
      invokedBy: 'apigateway.amazonaws.com',
      named: true,
    },
    {
      functionName: 'payments-webhook',
      roleName: 'payments-webhook-role',
      callsPerDay: 130,
      rhythm: SHOPPING,
      environmentsPerDay: 6,
      habits: [
        habit(5, () => tableItem(account, 'UpdateItem', 'orders')),
        habit(2, () => tableItem(account, 'GetItem', 'orders')),
        habit(1, () => getParameter('/shop/payments/endpoint')),
      ],
      onStart: secretAtStart('payments/provider-key'),
      invokedBy: 'apigateway.amazonaws.com',
      named: true,
    },
    {
      functionName: 'image-resize',
      roleName: 'image-resize-role',
      callsPerDay: 150,
      rhythm: SHOPPING.map((share, hour) => (hour >= 7 && hour <= 18 ? share : share / 4)),
      environmentsPerDay: 6,
      habits: [
        habit(1, (random) => getObject('fern-media', `uploads/${random.hex(8)}.jpg`)),
        habit(1, (random) => putObject('fern-media', `thumbs/${random.hex(8)}.webp`)),
      ],
      onStart: [{ call: getParameter('/shop/media/sizes') }],
      named: false,
    },
    {
      functionName: 'notifier',
      roleName: 'notifier-role',
      callsPerDay: 90,
      rhythm: SHOPPING,
      environmentsPerDay: 5,
      habits: [
        habit(3, () => tableItem(account, 'GetItem', 'customers')),
        habit(1, () => getParameter('/shop/mail/sender')),
      ],
      onStart: secretAtStart('mail/smtp'),
      named: true,
    },
    {
      functionName: 'nightly-report',
      roleName: 'nightly-report-role',
      callsPerDay: 30,
      rhythm: AT_TWO,
      environmentsPerDay: 2,
      habits: [
        habit(4, () => startQuery('reporting')),
        habit(2, (random) => putObject('fern-exports', `daily/${random.hex(6)}.csv`)),
        habit(1, () => getMetricData('AWS/Lambda')),
      ],
      onStart: [],
      invokedBy: 'events.amazonaws.com',
      named: false,
    },
    {
      functionName: 'session-cleaner',
      roleName: 'session-cleaner-role',
      callsPerDay: 48,
      rhythm: EVEN,
      environmentsPerDay: 4,
      habits: [
        habit(2, () => tableItem(account, 'Query', 'sessions')),
        habit(1, () => tableItem(account, 'UpdateItem', 'sessions')),
      ],
      onStart: [],
      invokedBy: 'events.amazonaws.com',
      named: false,
    },
    {
      functionName: 'recommendations',
      roleName: 'recommendations-role',
      callsPerDay: 80,
      rhythm: SHOPPING,
      environmentsPerDay: 4,
      habits: [
        habit(3, () => tableItem(account, 'Query', 'orders')),
        habit(2, (random) => getObject('fern-models', `current/part-${random.int(0, 7)}`)),
      ],
      onStart: [{ call: getParameter('/shop/recommendations/model') }],
      invokedBy: 'apigateway.amazonaws.com',
      named: true,
      deployed: launchDay(days),
    },
  ];
}

/** The day on which `recommendations` goes live; a Tuesday for worlds of 8 and 22 days that begin on a Monday. */
export function launchDay(days: number): number {
  return days > 15 ? 8 : 1;
}
