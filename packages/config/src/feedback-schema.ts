import * as z from 'zod';

/** What should hold for longer is looked at again. */
const MAX_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

const NAMES_SOMETHING = /[A-Za-z0-9]/;
const actorPattern = z.string().regex(NAMES_SOMETHING, 'takes an id, ARN or name, with * for a part of it');
const instant = z.iso.datetime({ error: 'takes a time in UTC: 2026-11-23T10:15:00Z' });
const account = z.string().regex(/^\d{12}$/, 'takes a 12-digit account id');

export const teamMembers = z.array(actorPattern).min(1);

/** Declared work that stands in the configuration; in force as soon as its time has come. */
export const changeWindow = z
  .strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    owner: z.string().min(1),
    from: instant,
    to: instant,
    actors: z.array(actorPattern).min(1),
    actions: z
      .array(
        z
          .string()
          .regex(/^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/, 'takes an IAM action: iam:Get*')
          .regex(NAMES_SOMETHING, 'takes an action with a service or a verb: *:* would cover everything'),
      )
      .min(1),
    accounts: z.array(account).default([]),
  })
  .refine(({ from, to }) => isSpan(from, to), {
    path: ['to'],
    message: `takes a time after from, by at most ${MAX_DAYS} days`,
  });

export const suppression = z
  .strictObject({
    id: z.string().min(1),
    owner: z.string().min(1),
    reason: z.string().min(1),
    created: instant,
    expires: instant,
    match: z.strictObject({
      actor: actorPattern,
      detector: z.string().min(1).exactOptional(),
      value: z.string().min(1).exactOptional(),
      account: account.exactOptional(),
    }),
  })
  .refine(({ created, expires }) => isSpan(created, expires), {
    path: ['expires'],
    message: `takes a time after created, by at most ${MAX_DAYS} days`,
  });

function isSpan(from: string, to: string): boolean {
  const span = Date.parse(to) - Date.parse(from);
  return span > 0 && span <= MAX_DAYS * DAY_MS;
}
